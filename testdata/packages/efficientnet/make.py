"""Records models of the packages efficientnet and segmentation-models; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 efficientnet==1.1.1 segmentation-models==1.0.1 h5py "numpy<1.25"`. The networks are cut
down: `block` is one of the blocks that the package builds them from.
"""

import os
import sys

os.environ["SM_FRAMEWORK"] = "tf.keras"
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import L, keras, recorder
import efficientnet
from efficientnet.model import BlockArgs, EfficientNet

build = efficientnet.inject_tfkeras_modules(EfficientNet)
efficientnet.init_tfkeras_custom_objects()

_, graph = recorder(__file__)
options = dict(archive=True)


def network(x):
    blocks = [
        BlockArgs(3, 1, 32, 24, 1, True, [1, 1], 0.25),
        BlockArgs(3, 2, 24, 32, 2, True, [2, 2], 0.25),
    ]
    return build(
        0.25, 1, 32, drop_connect_rate=0.4, depth_divisor=2, blocks_args=blocks, include_top=True, weights=None, classes=5)(x)


graph("block", network, (32, 32, 3), **options)
