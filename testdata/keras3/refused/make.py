"""Records models which a converter has to refuse, as archives alone; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras3 import L, deflate, keras, seeded

folder = os.path.dirname(os.path.abspath(__file__))


@keras.saving.register_keras_serializable("fixtures")
class Doubled(L.Layer):
    def call(self, inputs):
        return 2.0 * inputs


def record(name, function, shape, dtype="float32"):
    path = os.path.join(folder, name)
    seeded(path)
    x = keras.Input(shape, name="x0", dtype=dtype)
    keras.Model(x, function(x), name="model").save(path + ".keras")
    deflate(path + ".keras")
    print(f"refused/{name}", file=sys.stderr)


record("string_lookup", lambda x: L.StringLookup(vocabulary=["a", "b"])(x), (3,), "string")
record("hashed_crossing", lambda x: L.HashedCrossing(num_bins=5)((x[:, :1], x[:, 1:])), (2,), "int32")
record("hashing", lambda x: L.Hashing(num_bins=5)(x), (3,), "int32")
record("text_vectorization", lambda x: L.TextVectorization(vocabulary=["a", "b"])(x), (1,), "string")
record("custom_layer", lambda x: Doubled(name="twice")(L.Dense(3)(x)), (4,))
record(
    "several_problems",
    lambda x: Doubled(name="twice")(L.Lambda(lambda y: y + 1.0, name="shift")(L.Hashing(num_bins=5, name="hash")(x))),
    (4,),
    "int32",
)
