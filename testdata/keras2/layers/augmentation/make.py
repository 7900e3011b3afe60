"""Records the fixtures of the augmentation layers, which do nothing at inference; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
for name, layer in {
    "random_brightness": lambda: L.RandomBrightness(0.3, value_range=(0, 1)),
    "random_contrast": lambda: L.RandomContrast(0.3),
    "random_flip": lambda: L.RandomFlip(),
    "random_height": lambda: L.RandomHeight(0.3),
    "random_rotation": lambda: L.RandomRotation(0.2),
    "random_translation": lambda: L.RandomTranslation(0.2, 0.2),
    "random_width": lambda: L.RandomWidth(0.3),
    "random_zoom": lambda: L.RandomZoom(0.2),
}.items():
    case(name, layer, (6, 5, 3))
