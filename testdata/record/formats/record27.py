"""Records merges by functions with Keras 1.2.2 and Theano on Python 2.7.

    python2.7 record27.py

Its code objects and text are those of Python 2, which `record1.py` cannot make.
"""

import os

os.environ["KERAS_BACKEND"] = "theano"

import numpy as np
from keras import backend as K
from keras.layers import Dense, Input, Lambda, merge
from keras.models import Model

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../keras1/formats")
THIRD = 1 / 3.


def difference(x):
    left, right = x
    return K.abs(left - right) / 2


a, b = Input((4,), name="a"), Input((4,), name="b")
c, d = Dense(4, activation="tanh")(a), Dense(4)(b)
parts = [
    merge([c, d], mode=difference, output_shape=lambda s: s[0]),
    merge([c, d], mode=lambda x: K.exp(-K.sum(K.abs(x[0] - x[1]), axis=1, keepdims=True)),
          output_shape=lambda s: (s[0][0], 1)),
    Lambda(lambda x: x[:, 1 / 2:7 / 2] * 1.5, output_shape=(3,))(c),
]
model = Model([a, b], Dense(3)(merge(parts, mode="concat", concat_axis=-1)))
random = np.random.RandomState(27)
model.set_weights([random.normal(0, 0.6, w.shape).astype("float32") for w in model.get_weights()])
inputs = [random.normal(0, 1, (2, 4)).astype("float32") for _ in range(2)]
output = model.predict(inputs)
assert output.std() > 0.01
path = os.path.join(FOLDER, "k1_2_python2")
np.savez_compressed(path + ".npz", in0=inputs[0], in1=inputs[1], out0=output)
with open(path + ".json", "w") as file:
    file.write(model.to_json())
model.save_weights(path + ".legacy.h5", overwrite=True)
model.save(path + ".h5")
