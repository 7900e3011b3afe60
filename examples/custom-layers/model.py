"""A model with layers of its own, saved as `model.keras`. Needs `pip install keras tensorflow-cpu`."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras


@keras.saving.register_keras_serializable("shop")
class Swish(keras.layers.Layer):
    """x · σ(beta x) with a trained beta."""

    def build(self, shape):
        self.beta = self.add_weight(name="beta", shape=(), initializer="ones")

    def call(self, x):
        return x * keras.activations.sigmoid(self.beta * x)


@keras.saving.register_keras_serializable("shop")
class ResidualBlock(keras.layers.Layer):
    """x + conv(swish(norm(x))), after a projection where the number of channels changes."""

    def __init__(self, filters, kernel_size=3, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.kernel_size = kernel_size
        self.norm = keras.layers.BatchNormalization()
        self.swish = Swish()
        self.conv = keras.layers.Conv2D(filters, kernel_size, padding="same")
        self.project = keras.layers.Conv2D(filters, 1, use_bias=False)

    def call(self, x):
        shortcut = x if x.shape[-1] == self.filters else self.project(x)
        return shortcut + self.conv(self.swish(self.norm(x)))

    def get_config(self):
        config = {"filters": self.filters, "kernel_size": self.kernel_size}
        return {**super().get_config(), **config}


@keras.saving.register_keras_serializable("shop")
def soft_clip(x):
    return 2.0 * keras.activations.tanh(x / 2.0)


if __name__ == "__main__":
    keras.utils.set_random_seed(1)
    x = keras.Input((16, 16, 3), name="image")
    y = ResidualBlock(8, name="block1")(x)
    y = ResidualBlock(8, kernel_size=5, name="block2")(y)
    y = keras.layers.GlobalAveragePooling2D()(y)
    model = keras.Model(x, keras.layers.Dense(4, activation=soft_clip, name="scores")(y))
    for weight in model.weights:
        noise = keras.random.normal(weight.shape, stddev=0.1)
        weight.assign(weight + keras.ops.abs(noise) if "variance" in weight.name else weight + noise)
    folder = os.path.dirname(os.path.abspath(__file__))
    model.save(os.path.join(folder, "model.keras"))
