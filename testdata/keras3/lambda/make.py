"""Records a whole model with a Lambda, as an archive alone; see record/keras3.py."""

import os
import sys

folder = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(folder, "../../record"))
from keras3 import L, deflate, keras, seeded

path = os.path.join(folder, "doubled")
seeded(path)
x = keras.Input((4,), name="x0")
keras.Model(x, L.Lambda(lambda y: y * 2.0)(L.Dense(3)(x)), name="model").save(path + ".keras")
deflate(path + ".keras")
