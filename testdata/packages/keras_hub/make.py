"""Records layers of keras-hub; see record/keras3.py.

Needs `pip install tensorflow-cpu==2.20 "keras<3.12" keras-hub-nightly h5py numpy`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras3 import L, keras, recorder
import keras_hub

H = keras_hub.layers
_, graph = recorder(__file__)
words = dict(dtype="int32", below=11)
padded = dict(zeros=[(0, 5), (0, 6), (1, 6)], **words)


def embedded(x):
    return L.Embedding(11, 6, mask_zero=True)(x)


graph("token_and_position", lambda x: H.TokenAndPositionEmbedding(11, 9, 6)(x), (7,), **words)
graph("token_and_position_masked", lambda x: L.GlobalAveragePooling1D()(
    H.TokenAndPositionEmbedding(11, 7, 6, tie_weights=False, mask_zero=True)(x)), (7,), **padded)
graph("position", lambda x: H.PositionEmbedding(9)(x), (7, 4))
graph("position_free", lambda x: x + H.PositionEmbedding(14)(x), (-7, 4))
graph("sine", lambda x: x + H.SinePositionEncoding(100)(x), (7, 6))
graph("sine_free", lambda x: x + H.SinePositionEncoding()(x), (-7, 6))
graph("rotary", lambda x: H.RotaryEmbedding()(x), (7, 6))
graph("rotary_free", lambda x: H.RotaryEmbedding(max_wavelength=100, scaling_factor=2.0)(x), (-7, 6))
graph("rotary_axes", lambda x: H.RotaryEmbedding(sequence_axis=2, feature_axis=-1)(x), (3, 7, 6))
graph("fnet", lambda x: H.FNetEncoder(8, activation="gelu")(x), (7, 6))
graph("attention", lambda x, y: H.CachedMultiHeadAttention(2, 3)(x, y), (5, 6), (7, 6))
graph("encoder", lambda x: H.TransformerEncoder(8, 2)(x), (7, 6))
graph("encoder_first", lambda x: H.TransformerEncoder(8, 3, activation="gelu", normalize_first=True, layer_norm_epsilon=1e-3)(x), (7, 6))
graph("encoder_masked", lambda x: H.TransformerEncoder(8, 2)(embedded(x)), (7,), **padded)
graph("encoder_padding", lambda x, m: H.TransformerEncoder(8, 2)(x, padding_mask=m), (7, 6), (7,), dtype=["float32", "bool"])
graph("decoder", lambda x: H.TransformerDecoder(8, 2)(x), (7, 6))
graph("decoder_bidirectional", lambda x: H.TransformerDecoder(8, 2, normalize_first=True)(x, use_causal_mask=False), (7, 6))
graph("decoder_cross", lambda x, y: H.TransformerDecoder(8, 2, activation="gelu")(x, y), (7, 6), (5, 6))
graph("decoder_cross_first", lambda x, y: H.TransformerDecoder(8, 2, normalize_first=True)(x, y), (7, 6), (5, 6))
graph("decoder_masked", lambda x: H.TransformerDecoder(8, 2)(embedded(x)), (7,), **padded)
graph("reversible", lambda x: H.ReversibleEmbedding(11, 6)(x), (7,), **words)
graph("alibi", lambda x: H.AlibiBias()(x), (4, 5, 5))
graph("alibi_heads", lambda x: H.AlibiBias(alibi_bias_max=4)(x), (3, 5, 7))
heads = dict(dtype=["float32", "int32"], below=[None, 7])
graph("masked_head", lambda x, at: H.MaskedLMHead(11, activation="softmax")(x, at), (7, 6), (3,), **heads)
graph("masked_head_gelu", lambda x, at: H.MaskedLMHead(5, intermediate_activation="gelu", layer_norm_epsilon=0.1)(x, mask_positions=at), (7, 6), (3,), **heads)
