"""Layers of a user's own, the same for both generations of Keras.

`Tests/LayerAuthoringTests/CustomLayers+Recorded.swift` describes them to the converter.
"""


def define(keras, mean, concatenate):
    """The classes and functions for a module `keras` and its functions on tensors."""
    register = keras.saving.register_keras_serializable
    L = keras.layers

    @register("my_package")
    class Swish(L.Layer):
        """x · σ(beta x) with one weight."""

        def build(self, shape):
            self.beta = self.add_weight(name="beta", shape=(), initializer="ones")

        def call(self, x):
            return x * keras.activations.sigmoid(self.beta * x)

    class Scale(L.Layer):
        """(x − centre) · factor along an axis; the weight that is not trained comes first."""

        def __init__(self, axis=-1, **kwargs):
            super().__init__(**kwargs)
            self.axis = axis

        def build(self, shape):
            extents = [1] * (len(shape) - 1)
            axis = self.axis if self.axis < 0 else self.axis - 1
            extents[axis] = shape[self.axis]
            self.centre = self.add_weight(
                name="centre", shape=extents, initializer="zeros", trainable=False
            )
            self.factor = self.add_weight(name="factor", shape=extents, initializer="ones")

        def call(self, x):
            return (x - self.centre) * self.factor

        def compute_output_shape(self, shape):
            return shape

        def get_config(self):
            return {**super().get_config(), "axis": self.axis}

    @register("my_package")
    class Residual(L.Layer):
        """Sublayers whose attributes are not in alphabetical order, a list and a custom one among them."""

        def __init__(self, filters, activation="relu", **kwargs):
            super().__init__(**kwargs)
            self.filters = filters
            self.activation = keras.activations.get(activation)
            self.wide = L.Conv2D(filters, 3, padding="same")
            self.norm = L.BatchNormalization()
            self.blocks = [L.Dense(filters), L.LayerNormalization(), L.Dense(filters)]
            self.narrow = L.Conv2D(filters, 1, use_bias=False)
            self.last = Scale()

        def call(self, x, training=False):
            y = self.activation(self.norm(self.wide(x), training=training))
            for block in self.blocks:
                y = block(y)
            return self.last(y + self.narrow(x))

        def get_config(self):
            activation = keras.activations.serialize(self.activation)
            return {**super().get_config(), "filters": self.filters, "activation": activation}

    @register("my_package")
    class Gate(L.Layer):
        """Two inputs, one of them by name, a constant argument, two outputs."""

        def build(self, x_shape, gate_shape=None):
            units = x_shape[-1]
            self.kernel = self.add_weight(name="kernel", shape=(units, units))
            self.bias = self.add_weight(name="bias", shape=(units,))

        def call(self, x, gate=None, sharpness=1.0):
            weights = keras.activations.softmax(sharpness * (x @ self.kernel + self.bias))
            mixed = weights * x + (1.0 - weights) * gate
            return mixed, mean(mixed, axis=1)

    @register("my_package")
    class Tower(L.Layer):
        """A custom layer in a custom layer, and a layer that its configuration holds."""

        def __init__(self, head, **kwargs):
            super().__init__(**kwargs)
            self.inner = Residual(4, activation=shifted_relu)
            self.head = (
                keras.layers.deserialize(head) if isinstance(head, dict) else head
            )

        def call(self, x):
            return self.head(self.inner(x))

        def get_config(self):
            return {**super().get_config(), "head": keras.layers.serialize(self.head)}

    @register("my_package")
    def shifted_relu(x):
        return keras.activations.relu(x - 0.1) * 1.5

    @register("my_package")
    class Dense(L.Dense):
        """A class with the name of one of Keras' own."""

    @register("my_package")
    class Norm(L.BatchNormalization):
        """A class that is another one but for its name."""

    @register("my_package")
    def squash(x):
        return keras.activations.tanh(x)

    custom = {"Scale": Scale}

    def swish():
        x = keras.Input((7, 5), name="x")
        return keras.Model(x, Swish(name="second")(L.Dense(6)(Swish(name="first")(x))))

    def scale():
        x = keras.Input((4, 5, 3), name="x")
        y = Scale(axis=1, name="rows")(x)
        return keras.Model(x, L.Conv2D(4, 3, activation="relu")(Scale(name="channels")(y)))

    def residual():
        x = keras.Input((6, 5, 3), name="x")
        y = Residual(4, name="one")(x)
        return keras.Model(x, Residual(2, activation="tanh", name="two")(y))

    def gate():
        x, g = keras.Input((5, 4), name="x"), keras.Input((5, 4), name="g")
        mixed, average = Gate(name="gate")(x, gate=g, sharpness=2.5)
        return keras.Model([x, g], [average, L.Dense(3)(mixed)])

    def tower():
        x = keras.Input((5, 4, 3), name="x")
        return keras.Model(x, Tower(L.Conv2D(2, 2, activation="elu"), name="tower")(x))

    def activation():
        x = keras.Input((6, 4), name="x")
        y = L.Dense(5, activation=shifted_relu)(x)
        y = L.LSTM(4, activation=shifted_relu, return_sequences=True)(y)
        return keras.Model(x, L.Activation(shifted_relu)(y))

    def distributed():
        x = keras.Input((3, 4, 5), name="x")
        return keras.Model(x, L.TimeDistributed(Scale(), name="steps")(x))

    def renamed():
        x = keras.Input((3, 4), name="x")
        y = Norm(name="norm")(L.TimeDistributed(Dense(5), name="steps")(x))
        return keras.Model(x, Dense(2, activation=squash, name="last")(y))

    return custom, [swish, scale, residual, gate, tower, activation, distributed, renamed]
