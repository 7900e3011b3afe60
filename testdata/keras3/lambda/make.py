"""Records whole models with Lambdas, as archives alone; see record/keras3.py."""

import os
import sys

folder = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(folder, "../../record"))
from keras3 import L, deflate, keras, seeded
from record import placed

path = os.path.join(folder, "doubled")
seeded(path)
x = keras.Input((4,), name="x0")
keras.Model(x, L.Lambda(lambda y: y * 2.0)(L.Dense(3)(x)), name="model").save(path + ".keras")
deflate(path + ".keras")

# A layer has the name of a variable that the code of another one reads.
factor = 3.0
path = os.path.join(folder, "ambiguous")
seeded(path)
x = keras.Input((4,), name="x0")
y = L.Lambda(placed(lambda y: y * 2.0), name="factor")(x)
y = L.Lambda(placed(lambda y: y * factor), name="scale")(y)
keras.Model(x, y, name="model").save(path + ".keras")
deflate(path + ".keras")
