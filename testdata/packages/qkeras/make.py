"""Records layers and quantizers of QKeras; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.11.1 qkeras==0.9.0 tensorflow-model-optimization==0.7.5 pyparsing h5py "numpy<1.25"`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import L, keras, recorder
import qkeras
from qkeras import (
    QActivation, QAveragePooling2D, QBatchNormalization, QConv1D, QConv2D, QConv2DBatchnorm, QDense, QDepthwiseConv2D,
    QDepthwiseConv2DBatchnorm, QGlobalAveragePooling2D, QSeparableConv2D, binary, quantized_bits, quantized_po2,
    quantized_relu, quantized_relu_po2, stochastic_binary, stochastic_ternary, ternary)

objects = {}
qkeras.utils._add_supported_quantized_objects(objects)
keras.utils.get_custom_objects().update(objects)
_, graph = recorder(__file__)


def layer(name, make, *shapes, **options):
    graph(name, lambda x: make()(x), *shapes, **options)


def network(x):
    y = QConv2D(4, 3, kernel_quantizer=quantized_bits(4, 0, 1, alpha=1), bias_quantizer=quantized_bits(4, 0, 1, alpha=1), name="conv")(x)
    y = QActivation("quantized_relu(4,1)", name="relu")(y)
    y = QDepthwiseConv2D(3, depthwise_quantizer="quantized_bits(6,1,1,alpha=1)", bias_quantizer="quantized_bits(6,1)", name="depthwise")(y)
    y = QActivation(quantized_relu(6, 2), name="relu_1")(y)
    y = L.Flatten()(y)
    return QDense(3, kernel_quantizer="quantized_bits(5,0,1,alpha='auto_po2')", bias_quantizer=quantized_bits(8, 1), name="dense")(y)


graph("network", network, (7, 6, 3))
layer("bits", lambda: QDense(4, kernel_quantizer=quantized_bits(4, 1, alpha=1.5), bias_quantizer=quantized_bits(3)), (9,))
layer("bits_default", lambda: QDense(4, kernel_quantizer=quantized_bits(4, 0), bias_quantizer=quantized_bits(4)), (9,))
layer("bits_auto", lambda: QDense(4, kernel_quantizer=quantized_bits(5, 1, alpha="auto"), use_bias=False), (9,))
layer("bits_one", lambda: QDense(4, kernel_quantizer=quantized_bits(1, 0, alpha=1)), (9,))
layer("bits_unsigned", lambda: QDense(4, kernel_quantizer=quantized_bits(4, 0, keep_negative=False, alpha=1)), (9,))
layer("binary", lambda: QDense(4, kernel_quantizer=binary(alpha=1)), (9,))
layer("binary_auto", lambda: QConv2D(4, 3, kernel_quantizer=binary(alpha="auto")), (6, 5, 3))
layer("binary_po2", lambda: QConv2D(4, 3, kernel_quantizer=binary()), (6, 5, 3))
layer("ternary", lambda: QDense(4, kernel_quantizer=ternary(alpha=1, threshold=0.2)), (9,))
layer("conv1d", lambda: QConv1D(4, 3, kernel_quantizer=quantized_bits(4, 0, 1, alpha=1), activation=quantized_relu(3, 1)), (9, 3))
layer("separable", lambda: QSeparableConv2D(4, 3, depthwise_quantizer=quantized_bits(4, 0, 1, alpha=1),
      pointwise_quantizer=quantized_bits(4, 0, 1, alpha=1), bias_quantizer=quantized_bits(4)), (7, 6, 3))

def folded(x):
    y = QConv2DBatchnorm(4, 3, kernel_quantizer=quantized_bits(6, 1, 1, alpha=1), bias_quantizer=quantized_bits(6, 2, alpha=1), activation=quantized_relu(5, 2))(x)
    y = QDepthwiseConv2DBatchnorm(3, depth_multiplier=2, use_bias=False, depthwise_quantizer=quantized_bits(5, 1, 1, alpha=1), folding_mode="batch_stats_folding")(y)
    return QConv2DBatchnorm(3, 1, kernel_quantizer="quantized_bits(4,0,1,alpha='auto_po2')", activation="relu", use_bias=False, scale=False)(y)


graph("folded", folded, (9, 8, 3))
layer("normalization", lambda: QBatchNormalization(), (6, 5, 3))
layer("normalization_bits", lambda: QBatchNormalization(gamma_quantizer=quantized_bits(4, 1, alpha=1), beta_quantizer=quantized_bits(4, 1, alpha=1), mean_quantizer=quantized_bits(5, 1, alpha=1), variance_quantizer=None), (6, 5, 3))
layer("pooling", lambda: QAveragePooling2D((3, 2), average_quantizer=quantized_bits(4, 0, 1, alpha=1), activation=quantized_relu(6, 1)), (6, 6, 3))
layer("pooling_global", lambda: QGlobalAveragePooling2D(average_quantizer=quantized_bits(8, 0, 1, alpha=1)), (5, 3, 4))
layer("po2", lambda: QDense(4, kernel_quantizer=quantized_po2(4), bias_quantizer=quantized_po2(4, max_value=0.5)), (9,))
layer("po2_floor", lambda: QDense(4, kernel_quantizer=quantized_po2(4, 1, quadratic_approximation=True), bias_quantizer=quantized_po2(5, log2_rounding="floor")), (9,))
layer("stochastic", lambda: QDense(4, kernel_quantizer=stochastic_ternary(alpha="auto"), bias_quantizer=stochastic_binary(alpha=1)), (9,))
layer("no_quantizer", lambda: QDense(4, activation="tanh"), (9,))
for name, text in [
    ("relu", "quantized_relu(3,1)"), ("bits", "quantized_bits(4,1)"), ("tanh", "quantized_tanh(4)"),
    ("real_tanh", "quantized_tanh(4,use_real_tanh=True)"), ("sigmoid", "quantized_sigmoid(4)"), ("binary", "binary(alpha=1)"),
    ("ternary", "ternary(alpha=1,threshold=0.4)"), ("plain", "relu"), ("po2", "quantized_po2(4)"),
    ("relu_po2", "quantized_relu_po2(4,4)"), ("relu_po2_slope", "quantized_relu_po2(5,negative_slope=0.25)"),
    ("relu_slope", "quantized_relu(5,2,negative_slope=0.25)"), ("ulaw", "quantized_ulaw(5,1)"), ("hswish", "quantized_hswish(6,2,alpha=1)"),
]:
    layer("activation_" + name, lambda: QActivation(text), (9, 4))
for name in ("hard_sigmoid", "hard_tanh", "smooth_sigmoid", "smooth_tanh", "binary_sigmoid", "binary_tanh"):
    layer(name, lambda: QActivation(name), (9, 4), scale=2)
layer("hard_inside", lambda: QDense(4, kernel_quantizer="quantized_bits(4,0,1,alpha=1)", activation="hard_sigmoid"), (9,))
layer("relu_bounded", lambda: QActivation("quantized_relu(5,1,1)"), (9, 4), scale=2)
layer("relu_bounded_slope", lambda: QActivation("quantized_relu(5,1,1,0.25)"), (9, 4), scale=2)
