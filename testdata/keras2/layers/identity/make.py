"""Records the fixtures of layers that are the identity at inference; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, keras, recorder, tf

case, graph = recorder(__file__)
IMAGE = (6, 6, 3)
case("dropout", lambda: L.Dropout(0.4), IMAGE)
case("spatial_dropout1d", lambda: L.SpatialDropout1D(0.4), (6, 3))
case("spatial_dropout2d", lambda: L.SpatialDropout2D(0.4), IMAGE)
case("spatial_dropout3d", lambda: L.SpatialDropout3D(0.4), (3, 3, 3, 2))
case("gaussian_noise", lambda: L.GaussianNoise(0.4), IMAGE)
case("gaussian_dropout", lambda: L.GaussianDropout(0.4), IMAGE)
case("alpha_dropout", lambda: L.AlphaDropout(0.4), (7,))
case("activity_regularization", lambda: L.ActivityRegularization(0.1, 0.2), IMAGE)
case("identity", lambda: L.Identity(), IMAGE)
case("random_flip", lambda: L.RandomFlip(), IMAGE)
case("random_rotation", lambda: L.RandomRotation(0.2), IMAGE)
case("random_translation", lambda: L.RandomTranslation(0.2, 0.1), IMAGE)
case("random_zoom", lambda: L.RandomZoom(0.2), IMAGE)
case("random_contrast", lambda: L.RandomContrast(0.2), IMAGE)
case("random_brightness", lambda: L.RandomBrightness(0.2), IMAGE)
case("between_layers", lambda: [L.Dense(6), L.Dropout(0.3), L.ReLU(), L.GaussianNoise(0.1), L.Dense(4)], (5,))
case("random_layers_first", lambda: [L.RandomFlip("horizontal"), L.RandomZoom(0.1), L.Conv2D(4, 3)], IMAGE)
case("random_height", lambda: L.RandomHeight(0.2), IMAGE)
case("random_width", lambda: L.RandomWidth(0.2), IMAGE)


def losses(x):
    """A loss and a metric of the model, which Keras records as layers."""
    y = L.Dense(4)(x)
    model = keras.Model(x, y)
    model.add_loss(tf.reduce_mean(tf.abs(y)))
    model.add_metric(tf.reduce_max(y), name="largest")
    return model


def add_loss_and_metric(x):
    return losses(x)(x)


graph("add_loss_and_metric", add_loss_and_metric, (5,))
case("layer", lambda: L.Layer(), IMAGE)
