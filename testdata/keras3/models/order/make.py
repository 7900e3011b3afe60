"""Records models whose inputs and outputs only their order tells apart; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

_, graph = recorder(__file__)
graph("many", lambda *x: [x[i] * (i + 1.5) for i in (7, 3, 11, 0, 9, 1, 10, 5, 2, 8, 6, 4)], *[(4,)] * 12)
graph("nested", lambda x, y: {"b": {"z": x + 1.0, "a": [y * 2.0, x - y]}, "a": y + 3.0}, (4,), (4,))
graph("layers", lambda x, y: [L.Dense(3, name="z")(x), L.Dense(3, name="m")(y), L.Dense(3, name="a")(x), y], (3,), (3,))
