"""Records layers and quantizers of larq; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 larq==0.13.3 h5py "numpy<1.25"`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import L, recorder
import larq

Q = larq.layers
_, graph = recorder(__file__)


def layer(name, make, *shapes, **options):
    graph(name, lambda x: make()(x), *shapes, **options)


def network(x):
    y = Q.QuantConv2D(4, 3, kernel_quantizer="ste_sign", kernel_constraint="weight_clip", use_bias=False)(x)
    y = L.BatchNormalization()(y)
    y = Q.QuantConv2D(5, 3, input_quantizer="ste_sign", kernel_quantizer="ste_sign", padding="same", pad_values=1.0)(y)
    y = L.BatchNormalization()(y)
    y = L.Flatten()(y)
    return Q.QuantDense(3, input_quantizer="ste_sign", kernel_quantizer="ste_sign", activation="softmax")(y)


graph("network", network, (7, 6, 3), archive=True)
layer("magnitude", lambda: Q.QuantConv2D(4, 3, strides=2, padding="same", input_quantizer="approx_sign",
      kernel_quantizer="magnitude_aware_sign", pad_values=-1.0), (7, 6, 3))
layer("ternary", lambda: Q.QuantDense(4, kernel_quantizer=larq.quantizers.SteTern(threshold_value=0.2), input_quantizer="swish_sign"), (9,))
layer("ternary_networks", lambda: Q.QuantDense(4, kernel_quantizer=larq.quantizers.SteTern(ternary_weight_networks=True)), (9,))
layer("dorefa", lambda: Q.QuantDense(4, kernel_quantizer=larq.quantizers.DoReFa(k_bit=3, mode="weights"),
      input_quantizer=larq.quantizers.DoReFa(k_bit=2)), (9,))
layer("heaviside", lambda: Q.QuantConv1D(4, 3, kernel_quantizer="ste_sign", input_quantizer="ste_heaviside"), (9, 3))
layer("depthwise", lambda: Q.QuantDepthwiseConv2D(3, depthwise_quantizer="ste_sign", input_quantizer="ste_sign"), (7, 6, 3))
layer("separable", lambda: Q.QuantSeparableConv2D(4, 3, depthwise_quantizer="ste_sign", pointwise_quantizer="ste_tern"), (7, 6, 3))
layer("transposed", lambda: Q.QuantConv2DTranspose(4, 3, strides=2, kernel_quantizer="magnitude_aware_sign"), (4, 5, 3))
layer("volume", lambda: Q.QuantConv3D(2, 2, kernel_quantizer="ste_sign", input_quantizer="ste_sign"), (4, 5, 3, 2))
layer("no_quantizer", lambda: Q.QuantDense(4, kernel_quantizer=larq.quantizers.NoOp(precision=4)), (9,))
layer("sign", lambda: larq.quantizers.SteSign(), (9,))
layer("activation", lambda: L.Dense(4, activation="leaky_tanh"), (9,))
layer("activation_hard", lambda: L.Activation("hard_tanh"), (9,))
layer("volume_transposed", lambda: Q.QuantConv3DTranspose(2, 2, kernel_quantizer="ste_sign", input_quantizer="ste_sign"), (3, 4, 3, 2))
layer("local", lambda: Q.QuantLocallyConnected1D(4, 3, kernel_quantizer="ste_sign", input_quantizer="ste_sign"), (7, 3))
layer("local_images", lambda: Q.QuantLocallyConnected2D(4, 3, kernel_quantizer="ste_tern"), (6, 5, 2))
