"""Records layers of keras-cv; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.15.1 keras-cv==0.9.0 h5py`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import recorder
import keras_cv
from keras_cv.src.layers.vit_det_layers import AddPositionalEmbedding

K = keras_cv.layers
_, graph = recorder(__file__)


def layer(name, make, *shapes, **options):
    graph(name, lambda *x: make()(list(x) if len(x) > 1 else x[0]), *shapes, **options)


def colors(name, make):
    layer(name, make, (6, 8, 3), below=256)


colors("grayscale", lambda: K.Grayscale())
colors("grayscale_three", lambda: K.Grayscale(output_channels=3))
colors("posterization", lambda: K.Posterization(value_range=(0, 255), bits=3))
colors("solarization", lambda: K.Solarization(value_range=(0, 255), threshold_factor=(100, 100), addition_factor=(10, 10)))
colors("contrast", lambda: K.AutoContrast(value_range=(0, 255)))
colors("rescaling", lambda: K.Rescaling(1 / 127.5, -1.0))
colors("resizing", lambda: K.Resizing(4, 5))
colors("resizing_cropped", lambda: K.Resizing(4, 4, crop_to_aspect_ratio=True, interpolation="nearest"))
layer("squeeze", lambda: K.SqueezeAndExcite2D(4, 2), (6, 5, 4))
layer("drop_path", lambda: K.DropPath(0.3), (6, 5, 4))
layer("depth", lambda: K.StochasticDepth(0.3), (6, 5, 4), (6, 5, 4))
layer("resizing_padded", lambda: K.Resizing(6, 9, pad_to_aspect_ratio=True), (7, 5, 3), below=256, reload=False)
layer("resizing_padded_nearest", lambda: K.Resizing(9, 8, pad_to_aspect_ratio=True, interpolation="nearest"), (6, 10, 3), below=256, reload=False)
layer("transformer", lambda: K.TransformerEncoder(project_dim=8, num_heads=2, mlp_dim=12), (7, 8), reload=False)
layer("patches", lambda: K.PatchingAndEmbedding(project_dim=6, patch_size=4), (12, 12, 3), reload=False)
layer("bottleneck", lambda: K.MBConvBlock(input_filters=4, output_filters=4, expand_ratio=2, se_ratio=0.25), (6, 5, 4), reload=False)
layer("bottleneck_strided", lambda: K.MBConvBlock(input_filters=4, output_filters=6, strides=2, activation="relu"), (6, 5, 4), reload=False)
layer("bottleneck_fused", lambda: K.FusedMBConvBlock(input_filters=4, output_filters=4, expand_ratio=2, se_ratio=0.5), (6, 5, 4), reload=False)
layer("bottleneck_fused_plain", lambda: K.FusedMBConvBlock(input_filters=4, output_filters=6), (6, 5, 4), reload=False)
graph("equalization", lambda x: K.Equalization((0, 255))(x), (24, 25, 3), below=256, reload=False)
graph("equalization_dark", lambda x: K.Equalization((0, 255))(x * 0.2 + 40.0), (24, 25, 2), below=256, reload=False)
graph("equalization_small", lambda x: K.Equalization((0, 255))(x), (9, 8, 3), below=256, reload=False)
layer("spatial_pyramid", lambda: K.SpatialPyramidPooling([2, 3], num_channels=5), (7, 6, 4), reload=False)
layer("spatial_pyramid_elu", lambda: K.SpatialPyramidPooling([1], num_channels=3, activation="elu", dropout=0.2), (5, 6, 2), archive=True, reload=False)
layer("positions", lambda: AddPositionalEmbedding(img_size=12, patch_size=4, embed_dim=5), (3, 3, 5), archive=True)


def pyramid(*levels):
    outputs = K.FeaturePyramid(min_level=3, max_level=5, num_channels=6, name="fpn")(dict(zip((3, 4, 5), levels)))
    return [outputs[level] for level in (3, 4, 5)]


graph("pyramid", pyramid, (8, 12, 3), (4, 6, 4), (2, 3, 5), archive=True, reload=False)
