"""Records the fixture of the layer of keras.applications.InceptionResNetV2; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer
from keras3 import recorder

case, _ = recorder(__file__)
case("scaled", lambda: CustomScaleLayer(0.17), (4, 5, 3), (4, 5, 3))
