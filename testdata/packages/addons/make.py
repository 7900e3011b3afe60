"""Records layers and activations of tensorflow-addons; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 tensorflow-addons==0.21.0 h5py "numpy<1.25"`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import L, keras, recorder, tf
import tensorflow_addons as tfa
from tensorflow_addons.layers import embedding_bag
from tensorflow_addons.layers.netvlad import NetVLAD

A = tfa.layers


def prepare(model, rng):
    """Weights that are not what the layers make of their first call."""
    for variable in model.weights:
        name = variable.name.split("/")[-1].split(":")[0]
        if name in ("g", "frequency"):
            variable.assign(rng.uniform(0.5, 1.5, variable.shape))
        elif name == "initialized":
            variable.assign(True)


case, graph = recorder(__file__)


def layer(name, make, *shapes, **options):
    def function(*inputs):
        return make()(list(inputs) if len(inputs) > 1 else inputs[0])

    graph(name, function, *shapes, prepare=prepare, **options)


layer("instance_normalization", lambda: A.InstanceNormalization(epsilon=1e-5), (5, 6, 4), archive=True)
layer("instance_normalization_first", lambda: A.InstanceNormalization(axis=1, center=False), (4, 5, 6))
layer("group_normalization", lambda: A.GroupNormalization(groups=3), (5, 4, 6))
layer("group_normalization_first", lambda: A.GroupNormalization(groups=2, axis=1, scale=False), (6, 5, 4))
layer("group_normalization_sequence", lambda: A.GroupNormalization(groups=2, axis=2), (7, 4))
layer("filter_response", lambda: A.FilterResponseNormalization(), (5, 6, 4))
layer("filter_response_learned", lambda: A.FilterResponseNormalization(learned_epsilon=True), (5, 6, 4), archive=True)
layer("tlu", lambda: A.TLU(), (5, 4))
layer("tlu_affine", lambda: A.TLU(affine=True), (5, 4))
layer("weight_normalization_dense", lambda: A.WeightNormalization(L.Dense(5, activation="tanh"), data_init=False), (6,), archive=True)
layer("weight_normalization_conv", lambda: A.WeightNormalization(L.Conv2D(4, 3)), (6, 5, 3), archive=True)
layer("weight_normalization_lstm", lambda: A.WeightNormalization(L.LSTM(4), data_init=False), (6, 3), reload=False)
layer("spectral_normalization_conv", lambda: A.SpectralNormalization(L.Conv2D(4, 3)), (6, 5, 3), archive=True)
layer("spectral_normalization_embedding", lambda: A.SpectralNormalization(L.Embedding(7, 3)), (6,), dtype="int32", below=7)
layer("gelu", lambda: A.GELU(), (6, 5))
layer("gelu_exact", lambda: A.GELU(approximate=False), (6, 5))
layer("maxout", lambda: A.Maxout(4), (5, 12))
layer("maxout_first", lambda: A.Maxout(2, axis=1), (6, 5, 3))
layer("sparsemax", lambda: A.Sparsemax(), (5, 6))
layer("sparsemax_first", lambda: A.Sparsemax(axis=1), (5, 6))
layer("snake", lambda: A.Snake(), (5, 6))
layer("stochastic_depth", lambda: A.StochasticDepth(0.3), (5, 6), (5, 6))
layer("noisy_dense", lambda: A.NoisyDense(4, activation="relu"), (6,))
layer("polynomial_crossing", lambda: A.PolynomialCrossing(diag_scale=0.4), (6,), (6,))
layer("polynomial_crossing_projected", lambda: A.PolynomialCrossing(projection_dim=2), (6,), (6,))
layer("poincare", lambda: A.PoincareNormalize(), (6, 4))
layer("pyramid", lambda: A.SpatialPyramidPooling2D([1, [2, 3], 4]), (9, 8, 3))
layer("pyramid_first", lambda: A.SpatialPyramidPooling2D([1, 2], data_format="channels_first"), (3, 6, 5))
for kind, function in [("average", "Average"), ("max", "Max")]:
    for rank in (1, 2, 3):
        pooling = getattr(A, f"Adaptive{function}Pooling{rank}D")
        layer(f"adaptive_{kind}_{rank}d", lambda: pooling([2, 3, 1][:rank]), (4, 6, 2)[:rank] + (3,))
layer("adaptive_first", lambda: A.AdaptiveAveragePooling2D([2, 3], data_format="channels_first"), (3, 4, 6))
layer("attention", lambda: A.MultiHeadAttention(head_size=3, num_heads=2), (5, 4), (6, 7), archive=True)
layer("attention_coefficients", lambda: A.MultiHeadAttention(head_size=3, num_heads=2, output_size=5, use_projection_bias=False,
      return_attn_coef=True), (5, 4), (6, 7), (6, 3))
for name in ("hardshrink", "lisht", "mish", "rrelu", "snake", "softshrink", "sparsemax", "tanhshrink"):
    layer(f"activation_{name}", lambda: L.Activation(getattr(tfa.activations, name)), (4, 6))
layer("activation_inside", lambda: L.Dense(5, activation=tfa.activations.mish), (6,), archive=True)
layer("netvlad", lambda: NetVLAD(3), (7, 5))
layer("esn", lambda: A.ESN(5, leaky=0.7, return_sequences=True), (6, 3), reload=False)
layer("esn_last", lambda: A.ESN(4, use_bias=False, activation="relu"), (6, 3), reload=False)


def crf(x, **options):
    tags, scores, _, _ = A.CRF(4, **options)(x)
    return [L.Embedding(4, 3)(tags), scores]


# The wheels lack the operation of EmbeddingBag for this TensorFlow; its documentation says what it equals.
embedding_bag._embedding_bag = lambda indices, params, weights=None, combiner="sum": (
    tf.reduce_mean if combiner == "mean" else tf.reduce_sum)(
        tf.gather(params, indices) * (1.0 if weights is None else weights[..., None]), axis=-2)
layer("embedding_bag", lambda: A.EmbeddingBag(9, 4), (5,), dtype="int32", below=9)
layer("embedding_bag_mean", lambda: A.EmbeddingBag(9, 4, combiner="mean"), (2, 5), dtype="int32", below=9)
graph("embedding_bag_weighted", lambda x, w: A.EmbeddingBag(9, 4)(x, w), (5,), (5,), dtype=["int32", "float32"], below=[9, None])
graph("crf", crf, (7, 5), prepare=prepare)
graph("crf_plain", lambda x: crf(x, use_boundary=False, use_kernel=False), (6, 4), prepare=prepare)
graph("crf_masked", lambda x: crf(L.Masking()(x)), (6, 5), prepare=prepare, zeros=[(0, 4), (0, 5), (1, 5)])
for name, make in [
    ("esn", lambda: tfa.rnn.ESNCell(4)), ("normalized_lstm", lambda: tfa.rnn.LayerNormLSTMCell(4)), ("peephole_lstm", lambda: tfa.rnn.PeepholeLSTMCell(4)),
    ("normalized_simple", lambda: tfa.rnn.LayerNormSimpleRNNCell(4)),
]:
    layer(f"cell_{name}", lambda: L.RNN(make(), return_sequences=True), (6, 3), reload=False)
layer("cell_no_bias", lambda: L.RNN(tfa.rnn.PeepholeLSTMCell(4, use_bias=False)), (6, 3), reload=False)
layer("cell_both_ways", lambda: L.Bidirectional(L.RNN(tfa.rnn.LayerNormLSTMCell(3, norm_epsilon=0.1), return_sequences=True)), (6, 3), reload=False)
layer("cell_architecture", lambda: L.RNN(tfa.rnn.NASCell(4, use_bias=True), return_sequences=True), (6, 3), reload=False)
layer("cell_architecture_projected", lambda: L.RNN(tfa.rnn.NASCell(4, projection=3)), (6, 5), reload=False)
graph("cell_architecture_states", lambda x: L.RNN(tfa.rnn.NASCell(3, projection=2), return_state=True)(x), (6, 5), reload=False)
