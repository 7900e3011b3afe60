"""Records SavedModels, checkpoints and YAML of one version of TensorFlow.

    KERAS_MODULE=tf python tensorflow_files.py <prefix> <case>=<form>,<form> ...

Forms are `saved` (the folder that `model.save` writes), `slim` (the same without the functions of
the layers), `ckpt` (`save_weights` beside the architecture in JSON) `h5`, and `yaml` (beside `legacy.h5`).
Recorded with virtual environments of TensorFlow 2.2, 2.6, 2.10, 2.13, 2.15 (`KERAS_MODULE=tf`) and
with tf_keras (`KERAS_MODULE=tf_keras`), lookups also with 2.4:

    tf2_4:  lookup=saved
    tf2_2:  text=saved vision=saved,ckpt steps=ckpt nested=saved,ckpt shared=ckpt chain=yaml merges=yaml image=yaml
    tf2_6:  text=slim vision=slim,ckpt steps=slim shared=ckpt lookup=saved
    tf2_10: text=slim vision=slim,ckpt steps=slim,ckpt frozen=slim,ckpt shared=slim lookup=saved weighted=saved bins=slim
    tf213:  text=saved vision=slim steps=slim,ckpt shared=slim
    tf215:  bins=h5 text=slim,ckpt vision=slim steps=slim nested=ckpt lookup=saved
    tfk:    text=slim vision=saved steps=slim,ckpt lookup=slim
"""

import os
import shutil
import sys
import zlib

import numpy as np

import record2
from record2 import L, keras, randomize, source

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "../../keras2/formats")


def text():
    """Embeddings, attention and merging."""
    x = source(6, dtype="int32")
    y = L.Embedding(9, 5, name="words")(x)
    y = L.Dropout(0.2)(L.Concatenate()([y, L.Conv1D(3, 2, padding="causal")(y)]))
    y = L.Attention(use_scale=True)([y, L.Dense(8)(y)])
    if hasattr(L, "MultiHeadAttention"):
        y = L.Add()([y, L.MultiHeadAttention(2, 3)(y, y)])
    y = L.LayerNormalization()(y)
    y = L.Multiply()([y, L.Activation("sigmoid")(y)])
    return keras.models.Model(x, [L.Dense(3)(L.GlobalAveragePooling1D()(y)), L.Flatten()(y)])


def vision():
    """Convolutions of every kind, normalization, activations with weights, pooling and reshaping."""
    x = source(9, 8, 3)
    y = L.Conv2D(4, 3, padding="same", use_bias=False)(x)
    y = L.PReLU(shared_axes=[1, 2])(L.BatchNormalization()(y))
    y = L.DepthwiseConv2D(3, padding="same")(L.ZeroPadding2D(1)(y))
    y = L.SeparableConv2D(5, 2, activation="relu")(y)
    y = L.Conv2DTranspose(3, 2, strides=2)(L.MaxPooling2D(2)(y))
    y = L.Reshape((24, 6))(L.Cropping2D(1)(y))
    return keras.models.Model(x, L.Dense(4, activation="softmax")(L.Flatten()(y)))


def steps():
    """Recurrent layers and wrappers."""
    x = source(5, 4)
    y = L.LSTM(4, return_sequences=True)(L.Masking(0.0)(x))
    y = L.Bidirectional(L.GRU(3, return_sequences=True))(y)
    y = L.TimeDistributed(L.Dense(4, activation="tanh"))(y)
    y = L.RNN([L.LSTMCell(3), L.GRUCell(2)], return_sequences=True)(y)
    return keras.models.Model(x, L.SimpleRNN(3)(y))


def lookups():
    """The class of integer lookups, which had another place before TensorFlow 2.6."""
    if hasattr(L, "IntegerLookup"):
        return L.IntegerLookup
    return L.experimental.preprocessing.IntegerLookup


def adapted(**options):
    layer = lookups()(**options)
    layer.adapt(np.array([7, 7, 7, 7, 3, 3, 12, 12, 12, 9]).reshape(-1, 1))
    return layer


def embedding(size):
    return L.Embedding(size, 4, embeddings_initializer=keras.initializers.RandomNormal(stddev=1.0))


def lookup():
    """Vocabularies that were counted, that were given, and that are a file."""
    with open("numbers.txt", "w") as file:
        file.write("4\n8\n1\n")
    x = source(3, dtype="int64")
    y = [
        embedding(6)(adapted()(x)),
        embedding(7)(lookups()(vocabulary=[5, 2, 7], num_oov_indices=2)(x)),
        embedding(5)(lookups()(vocabulary="numbers.txt")(x)),
    ]
    return keras.models.Model(x, L.Dense(3)(L.Flatten()(L.Concatenate()(y))))


def weighted():
    """A vocabulary with the weights of its numbers."""
    x = source(2, dtype="int64")
    return keras.models.Model(x, L.Dense(3)(adapted(output_mode="tf_idf")(x)))


def bins():
    """Boundaries that were found in data."""
    layer = L.Discretization(num_bins=5)
    layer.adapt(np.random.RandomState(3).normal(0, 1, (500, 1)).astype("float32"))
    x = source(6)
    return keras.models.Model(x, L.Dense(3)(L.Flatten()(embedding(5)(layer(x)))))


def variants(model, rng):
    shapes = [keras.backend.int_shape(x) for x in model.inputs]
    return [
        rng.randint(0, 9, (2,) + shape[1:]).astype(x.dtype.name) if "int" in str(x.dtype)
        else rng.normal(0, 1, (2,) + shape[1:]).astype("float32")
        for shape, x in zip(shapes, model.inputs)]


def record(path, make, forms):
    rng = np.random.RandomState(zlib.crc32(os.path.basename(path).encode()) & 0x7FFFFFFF)
    keras.backend.clear_session()
    model = make()
    # Vocabularies are not numbers to choose at random.
    if all("lookup" not in layer.name and "discretization" not in layer.name for layer in model.layers):
        randomize(model, rng)
    inputs = variants(model, rng)
    outputs = model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    for output in outputs:
        assert np.all(np.isfinite(output)) and output.std() > 0.01, path
    arrays = {"in%d" % i: x for i, x in enumerate(inputs)}
    arrays.update({"out%d" % i: np.asarray(y) for i, y in enumerate(outputs)})
    np.savez_compressed(path + ".npz", **arrays)
    for form in forms:
        if form in ("saved", "slim"):
            shutil.rmtree(path + ".saved", ignore_errors=True)
            options = {"save_traces": False} if form == "slim" else {}
            model.save(path + ".saved", save_format="tf", **options)
            if os.path.isdir(path + ".saved/assets") and not os.listdir(path + ".saved/assets"):
                os.rmdir(path + ".saved/assets")
        elif form == "h5":
            model.save(path + ".h5")
        elif form == "ckpt":
            write(path + ".json", model.to_json())
            model.save_weights(path + ".ckpt", save_format="tf")
            os.remove(os.path.join(FOLDER, "checkpoint"))
        elif form == "yaml":
            write(path + ".yaml", model.to_yaml())
            model.save_weights(path + ".legacy.h5")


def write(path, content):
    with open(path, "w") as file:
        file.write(content)


CASES = {
    "text": text, "vision": vision, "steps": steps, "nested": record2.nested,
    "shared": record2.shared, "chain": record2.chain, "merges": record2.merges,
    "image": record2.image, "frozen": record2.frozen, "lookup": lookup, "weighted": weighted,
    "bins": bins,
}

if __name__ == "__main__":
    for argument in sys.argv[2:]:
        case, forms = argument.split("=")
        record(os.path.join(FOLDER, sys.argv[1] + "_" + case), CASES[case], forms.split(","))
    print("recorded", *sys.argv[1:])
