"""Records models with the wrappers of tensorflow-model-optimization; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 tensorflow-model-optimization==0.8.0 h5py "numpy<1.25"`. The models are as they are
in training, before `strip_pruning` and `strip_clustering`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import L, keras, recorder
import tensorflow_model_optimization as tfmot
from tensorflow_model_optimization.python.core.clustering.keras.cluster_wrapper import (
    ClusterWeights, ClusterWeightsRNN)
from tensorflow_model_optimization.python.core.sparsity.keras.pruning_wrapper import PruneLowMagnitude

prune = tfmot.sparsity.keras.prune_low_magnitude
cluster = tfmot.clustering.keras
keras.utils.get_custom_objects().update(
    PruneLowMagnitude=PruneLowMagnitude, ClusterWeights=ClusterWeights,
    ClusterWeightsRNN=ClusterWeightsRNN)


def randomize_masks(model, rng):
    """Masks with zeros and centroids that are not those of the kernels."""
    for variable in model.weights:
        name = variable.name.split("/")[-1]
        if name.startswith("mask"):
            variable.assign(rng.integers(0, 2, variable.shape).astype("float32"))
        elif name.startswith("threshold"):
            variable.assign(0.25)
        elif name.startswith("pruning_step"):
            variable.assign(70)
        elif name.startswith("cluster_centroids"):
            variable.assign(rng.normal(0, 0.4, variable.shape).astype("float32"))
        elif name.startswith("pulling_indices"):
            variable.assign(rng.integers(0, 2, variable.shape))


def clustered(layer, x, **options):
    layer.build(x.shape)
    return cluster.cluster_weights(
        layer, number_of_clusters=6, cluster_centroids_init=cluster.CentroidInitialization.RANDOM, **options)(x)


def pruned(layer, x):
    return prune(layer)(x)


_, graph = recorder(__file__)


def network(wrap):
    def function(x):
        y = wrap(L.Conv2D(6, 3, padding="same", name="conv"), x)
        y = wrap(L.BatchNormalization(name="norm"), y)
        y = wrap(L.ReLU(name="relu"), y)
        y = wrap(L.DepthwiseConv2D(3, name="depthwise"), y)
        y = wrap(L.SeparableConv2D(5, 3, name="separable"), y)
        y = wrap(L.Flatten(name="flatten"), y)
        return wrap(L.Dense(4, activation="tanh", name="dense"), y)

    return function


def sequence(wrap, cell):
    def function(x):
        y = wrap(L.Embedding(9, 6, name="embedding"), x)
        return wrap(cell(5, name="recurrent"), y)

    return function


options = dict(prepare=randomize_masks, archive=True)
graph("pruned", network(pruned), (8, 8, 3), **options)
graph("pruned_lstm", sequence(pruned, L.LSTM), (7,), dtype="int32", below=9, parts=False, reload=False, **options)
graph("pruned_gru", sequence(pruned, L.GRU), (7,), dtype="int32", below=9, parts=False, reload=False, **options)
graph("clustered", network(clustered), (8, 8, 3), **options)
graph("clustered_embedding", lambda x: L.Flatten()(clustered(L.Embedding(9, 6, name="embedding"), x)), (7,),
      dtype="int32", below=9, **options)
graph("clustered_channels", lambda x: clustered(L.Conv2D(5, 3, name="conv"), x, cluster_per_channel=True),
      (8, 8, 3), **options)
graph("clustered_lstm", sequence(clustered, L.LSTM), (7,), dtype="int32", below=9, reload=False, **options)
