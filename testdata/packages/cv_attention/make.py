"""Records layers of keras-cv-attention-models; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 keras-cv-attention-models==1.4.2 h5py "numpy<1.25" pillow tqdm`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import L, keras, recorder
from keras_cv_attention_models import (
    attention_layers, beit, botnet, cmt, common_layers, edgenext, efficientdet, gpvit, levit, model_surgery, nat, nfnets,
    swin_transformer_v2, volo)
from keras_cv_attention_models.gpt2 import gpt2
from keras_cv_attention_models.llama2 import llama2
from keras_cv_attention_models.mlp_family import res_mlp
from keras_cv_attention_models.swin_transformer_v2 import swin_transformer_v2 as swin
from keras_cv_attention_models.swin_transformer_v2 import swin_transformer_v2_timm as swin_timm


def prepare(model, rng):
    """Weights whose names record/keras2.py does not know, with a spread that shows."""
    for variable in model.weights:
        name = variable.name.split("/")[-1].split(":")[0]
        if name in ("positional_embedding", "tokens", "gain", "weight", "vv", "deploy_bias", "hidden_bias", "r_height", "r_width"):
            variable.assign(rng.normal(0.3, 0.7, variable.shape).astype("float32"))


_, graph = recorder(__file__)


def layer(name, make, *shapes, **options):
    def function(*inputs):
        return make()(list(inputs) if len(inputs) > 1 else inputs[0])

    graph(name, function, *shapes, prepare=prepare, **options)


V = volo.volo
layer("affine", lambda: res_mlp.ChannelAffine(), (5, 6), archive=True)
layer("affine_axis", lambda: res_mlp.ChannelAffine(use_bias=False, axis=1), (5, 6))
layer("bias", lambda: V.BiasLayer(), (5, 6))
layer("bias_axes", lambda: V.BiasLayer(axis=[1, 2]), (5, 6, 3))
layer("positional", lambda: V.PositionalEmbedding(), (4, 5, 3), archive=True)
layer("class_token", lambda: V.ClassToken(num_tokens=2), (5, 6), archive=True)
layer("class_token_end", lambda: V.ClassToken(is_at_end=True), (5, 6))
layer("bias_positional", lambda: cmt.cmt.BiasPositionalEmbedding(), (2, 9, 9))
layer("rotation", lambda: beit.beit.PositionalEncodingFourierRot(), (17, 8))
layer("rotation_heads", lambda: beit.beit.PositionalEncodingFourierRot(with_cls_token=False, num_reg_tokens=4, num_heads=2, attn_height=3), (16, 16))
layer("rotation_batched", lambda: beit.beit.PositionalEncodingFourierRot(ref_feature_shape=-1), (2, 10, 8))
layer("relative_class", lambda: beit.beit.MultiHeadRelativePositionalEmbedding(), (3, 10, 10), archive=True)
layer("relative", lambda: beit.beit.MultiHeadRelativePositionalEmbedding(with_cls_token=False, attn_height=2), (3, 6, 6))
layer("relative_cross", lambda: beit.beit.MultiHeadRelativePositionalEmbedding(with_cls_token=False), (3, 9, 4))
layer("distance", lambda: levit.levit.MultiHeadPositionalEmbedding(), (3, 9, 9))
layer("distance_strided", lambda: levit.levit.MultiHeadPositionalEmbedding(), (3, 4, 16))
layer("distance_flat", lambda: levit.levit.MultiHeadPositionalEmbedding(query_height=2, key_height=4), (4, 16))
layer("standardized", lambda: nfnets.nfnets.ScaledStandardizedConv2D(gamma=1.7, filters=4, kernel_size=3, padding="same"), (6, 5, 3), archive=True)
layer("standardized_groups", lambda: nfnets.nfnets.ScaledStandardizedConv2D(filters=6, kernel_size=3, groups=2, strides=2, use_bias=False,
      activation="relu"), (7, 5, 4))
layer("zero_gain", lambda: nfnets.nfnets.ZeroInitGain(use_bias=True), (5, 4))
layer("evo_batch", lambda: common_layers.EvoNormalization(), (5, 4, 6))
layer("evo_group", lambda: common_layers.EvoNormalization(num_groups=4), (5, 4, 6), archive=True)
layer("evo_group_linear", lambda: common_layers.EvoNormalization(num_groups=3, nonlinearity=False), (5, 4, 6))
layer("patches", lambda: common_layers.CompatibleExtractPatches(sizes=3, strides=2), (7, 6, 2))
layer("patches_apart", lambda: common_layers.CompatibleExtractPatches(sizes=2, strides=2, padding="valid", compressed=False), (6, 4, 3))
layer("patches_dilated", lambda: common_layers.CompatibleExtractPatches(sizes=3, strides=1, rates=2), (7, 6, 2))
layer("divide", lambda: swin_timm.DivideScale(axis=1), (3, 5, 5))
layer("exp_scale", lambda: swin.ExpLogitScale(axis=1), (3, 5, 5), archive=True)
layer("exp_scale_single", lambda: swin.ExpLogitScale(axis=None), (3, 5))
graph("pairwise", lambda x: x + swin_timm.PairWiseRelativePositionalEmbedding()(x)[0, 0, 1], (3, 2, 4))
layer("batch_window_mask", lambda: swin.WindowAttentionMask(4, 3, 2, 3, 1, 0), (2, 6, 6), scale=30.0)
layer("mlp_relative", lambda: swin.MlpPairwisePositionalEmbedding(hidden_dim=8, attn_height=2, attn_width=3), (2, 6, 6), archive=True)
layer("mlp_relative_padded", lambda: swin.MlpPairwisePositionalEmbedding(hidden_dim=8, attn_height=2, attn_width=3, pos_scale=4), (2, 8, 8))
layer("mlp_absolute", lambda: swin.MlpPairwisePositionalEmbedding(hidden_dim=8, use_absolute_pos=True), (3, 4, 5))
layer("mlp_absolute_flat", lambda: swin.MlpPairwisePositionalEmbedding(hidden_dim=8, use_absolute_pos=True), (16, 5))
layer("mlp_deployed", lambda: swin.MlpPairwisePositionalEmbedding(is_deploy_mode=True), (2, 6, 6))
layer("neighbours", lambda: nat.nat.MultiHeadRelativePositionalKernelBias(input_height=4), (20, 2, 1, 9))
layer("neighbours_first", lambda: nat.nat.MultiHeadRelativePositionalKernelBias(is_heads_first=True, dilation_rate=2), (2, 36, 1, 9))
layer("fourier", lambda: edgenext.edgenext.PositionalEncodingFourier(filters=6), (4, 3, 5), archive=True)
layer("query_positions", lambda: botnet.botnet.RelativePositionalEmbedding(), (2, 3, 4, 5), archive=True)
layer("query_positions_absolute", lambda: botnet.botnet.RelativePositionalEmbedding(use_absolute_pos=True), (2, 3, 4, 5))
layer("query_positions_wide", lambda: botnet.botnet.RelativePositionalEmbedding(5, 6), (2, 3, 4, 5))
layer("weighted_sum", lambda: efficientdet.efficientdet.ReluWeightedSum(), (4, 5), (4, 5), (4, 5), archive=True)
layer("drop_connect", lambda: model_surgery.model_surgery.DropConnect(0.2), (4, 5), (4, 5))
layer("causal", lambda: gpt2.CausalMask(7), (2, 5, 5), scale=3e4)
graph("activations", lambda x: [common_layers.activation_by_name(x, name) for name in
      ("hard_swish", "hard_sigmoid_torch", "mish", "phish", "gelu", "swish")], (5, 6))
layer("scale_norm", lambda: llama2.RMSNorm(), (5, 6))
graph("position_numbers", lambda x: L.Embedding(9, 4)(gpt2.PositionalIndex(9)(x)) + L.Embedding(11, 4)(x), (7,), dtype="int32", below=11)
S = model_surgery.model_surgery
layer("split", lambda: S.SplitConv2D(filters=6, kernel_size=3, groups=2, padding="same", strides=2, activation="relu"), (7, 5, 4), archive=True)
layer("split_standardized", lambda: S.SplitScaledStandardizedConv2D(gamma=1.7, filters=6, kernel_size=3, groups=3, use_bias=False), (6, 5, 9))
layer("rotation_sequence", lambda: llama2.PositionalEncodingFourierRot1D(max_block_size=9, temperature=100), (7, 2, 2, 3), archive=True)
layer("rotation_free", lambda: llama2.PositionalEncodingFourierRot1D(max_block_size=9), (None, 2, 2, 3))
