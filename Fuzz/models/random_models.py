"""Random models of small tensors, for Keras 3 and for tf_keras.

A model starts with inputs of random ranks; then random layers are applied to random tensors of it, each of a list for its rank, and
tensors of one shape are merged. What Keras refuses is left out.
"""

import numpy as np

MOST_ELEMENTS = 4096
ACTIVATIONS = ["relu", "tanh", "sigmoid", "elu", "selu", "softplus", "softsign", "swish", "gelu", "linear", "hard_sigmoid", "relu6"]


class Generator:
    """Makes one model from a seed."""

    def __init__(self, keras, seed):
        self.keras = keras
        self.layers = keras.layers
        self.rng = np.random.default_rng(seed)
        self.inputs = []
        self.tensors = []

    # Choices

    def one(self, *choices):
        return choices[self.rng.integers(len(choices))]

    def number(self, low, high):
        return int(self.rng.integers(low, high + 1))

    def maybe(self, chance=0.5):
        return bool(self.rng.random() < chance)

    @property
    def activation(self):
        return self.one(*ACTIVATIONS)

    @property
    def padding(self):
        return self.one("same", "valid")

    def window(self, rank, high=3):
        return tuple(self.number(1, high) for _ in range(rank))

    def convolution(self, rank):
        """Arguments of a convolution: strides or dilation, not both."""
        arguments = {"kernel_size": self.window(rank), "padding": self.padding, "activation": self.activation, "use_bias": self.maybe(0.8)}
        if self.maybe(0.4):
            arguments["strides"] = self.number(1, 2)
        elif self.maybe(0.3):
            arguments["dilation_rate"] = self.number(1, 2)
        return arguments

    # The layers for tensors of each rank, without the batch

    def any_layer(self):
        layers = self.layers
        return self.one(
            lambda: layers.Activation(self.activation),
            lambda: layers.BatchNormalization(scale=self.maybe(0.8), center=self.maybe(0.8)),
            lambda: layers.LayerNormalization(),
            lambda: layers.Dropout(0.3),
            lambda: layers.LeakyReLU(0.2),
            lambda: layers.ELU(0.7),
            lambda: layers.PReLU(),
            lambda: layers.ReLU(max_value=self.one(None, 6.0), negative_slope=self.one(0.0, 0.1)),
            lambda: layers.Softmax(),
            lambda: layers.Rescaling(0.5, 0.1),
            lambda: layers.Dense(self.number(1, 8), activation=self.activation, use_bias=self.maybe(0.8)),
            lambda: layers.UnitNormalization(),
            lambda: layers.GaussianNoise(0.1),
            lambda: layers.ActivityRegularization(l2=0.1),
            lambda: layers.Flatten(),
            lambda: self.affine,
            lambda: self.slice)()

    def affine(self, tensor):
        return tensor * float(self.one(0.5, 2, -1)) + float(self.one(0, 0.25))

    def slice(self, tensor):
        return tensor[:, 1:] if tensor.shape[1] and tensor.shape[1] > 1 else tensor[..., :1]

    def vector_layer(self):
        layers = self.layers
        return self.one(
            lambda: layers.Dense(self.number(1, 12), activation=self.activation, use_bias=self.maybe(0.8)),
            lambda: layers.RepeatVector(self.number(1, 4)),
            lambda: self.reshape,
            lambda: layers.GroupNormalization(groups=1))()

    def recurrent(self, **more):
        layers = self.layers
        kind = self.one(layers.LSTM, layers.GRU, layers.SimpleRNN)
        arguments = {"return_sequences": self.maybe(), "go_backwards": self.maybe(0.2), "use_bias": self.maybe(0.9)}
        if kind is layers.GRU:
            arguments["reset_after"] = self.maybe()
        if self.maybe(0.2):
            arguments["activation"] = self.one("relu", "sigmoid", "softsign")
        return kind(self.number(1, 6), **arguments, **more)

    def sequence_layer(self):
        layers = self.layers
        return self.one(
            lambda: layers.Conv1D(self.number(1, 6), **self.convolution(1)),
            lambda: layers.Conv1D(self.number(1, 6), self.number(1, 3), padding="causal", dilation_rate=self.number(1, 2)),
            lambda: layers.SeparableConv1D(self.number(1, 6), self.number(1, 3), padding=self.padding),
            lambda: layers.DepthwiseConv1D(self.number(1, 3), depth_multiplier=self.number(1, 2), padding=self.padding),
            lambda: layers.Conv1DTranspose(self.number(1, 4), self.number(1, 3), strides=self.number(1, 2), padding=self.padding),
            lambda: layers.MaxPooling1D(self.number(1, 3), strides=self.one(None, 1, 2), padding=self.padding),
            lambda: layers.AveragePooling1D(self.number(1, 3), strides=self.one(None, 1, 2), padding=self.padding),
            lambda: layers.GlobalMaxPooling1D(keepdims=self.maybe(0.3)),
            lambda: layers.GlobalAveragePooling1D(),
            lambda: self.recurrent(),
            lambda: self.recurrent(),
            lambda: layers.Bidirectional(self.recurrent(), merge_mode=self.one("concat", "sum", "mul", "ave")),
            lambda: layers.TimeDistributed(layers.Dense(self.number(1, 6), activation=self.activation)),
            lambda: layers.ZeroPadding1D((self.number(0, 2), self.number(0, 2))),
            lambda: layers.Cropping1D((self.number(0, 1), self.number(0, 1))),
            lambda: layers.UpSampling1D(2),
            lambda: layers.Permute((2, 1)),
            lambda: layers.SpatialDropout1D(0.2),
            lambda: layers.Masking(0.0),
            lambda: self.self_attention,
            lambda: self.reshape)()

    def self_attention(self, tensor):
        layers = self.layers
        if self.maybe():
            # With keys of one number, Keras 3.15 on TensorFlow adds the bias along time if there are as many steps as heads.
            return layers.MultiHeadAttention(self.number(1, 3), self.number(2, 4))(tensor, tensor)
        return self.one(layers.Attention, layers.AdditiveAttention)()([tensor, tensor])

    def image_layer(self):
        layers = self.layers
        return self.one(
            lambda: layers.Conv2D(self.number(1, 6), **self.convolution(2)),
            lambda: layers.Conv2D(self.number(1, 6), **self.convolution(2)),
            lambda: layers.DepthwiseConv2D(self.number(1, 3), depth_multiplier=self.number(1, 2), padding=self.padding),
            lambda: layers.SeparableConv2D(self.number(1, 6), self.number(1, 3), padding=self.padding, activation=self.activation),
            lambda: layers.Conv2DTranspose(self.number(1, 4), self.number(1, 3), strides=self.number(1, 2), padding=self.padding),
            lambda: layers.MaxPooling2D(self.window(2), strides=self.one(None, 1, 2), padding=self.padding),
            lambda: layers.AveragePooling2D(self.window(2), strides=self.one(None, 1, 2), padding=self.padding),
            lambda: layers.GlobalAveragePooling2D(keepdims=self.maybe(0.3)),
            lambda: layers.GlobalMaxPooling2D(),
            lambda: layers.ZeroPadding2D(((self.number(0, 2), 1), (0, self.number(0, 2)))),
            lambda: layers.Cropping2D(((self.number(0, 1), 0), (0, self.number(0, 1)))),
            lambda: layers.UpSampling2D(2, interpolation=self.one("nearest", "bilinear")),
            lambda: layers.PReLU(shared_axes=[1, 2]),
            lambda: layers.SpatialDropout2D(0.2),
            lambda: layers.Permute(self.one((2, 1, 3), (3, 1, 2), (2, 3, 1))),
            lambda: layers.TimeDistributed(layers.Conv1D(self.number(1, 4), self.number(1, 2), activation=self.activation)),
            lambda: layers.ConvLSTM1D(self.number(1, 3), self.number(1, 2), return_sequences=self.maybe(), padding="same"),
            lambda: layers.Resizing(self.number(2, 6), self.number(2, 6), interpolation=self.one("nearest", "bilinear")),
            lambda: self.reshape)()

    def volume_layer(self):
        layers = self.layers
        return self.one(
            lambda: layers.Conv3D(self.number(1, 4), self.window(3, 2), padding=self.padding, activation=self.activation),
            lambda: layers.Conv3DTranspose(self.number(1, 3), self.window(3, 2), padding=self.padding),
            lambda: layers.MaxPooling3D(self.window(3, 2), padding=self.padding),
            lambda: layers.AveragePooling3D(self.window(3, 2), padding=self.padding),
            lambda: layers.GlobalAveragePooling3D(),
            lambda: layers.GlobalMaxPooling3D(),
            lambda: layers.UpSampling3D((1, 2, 1)),
            lambda: layers.ZeroPadding3D((1, 0, 1)),
            lambda: layers.Cropping3D(((0, 1), (0, 0), (1, 0))),
            lambda: layers.ConvLSTM2D(self.number(1, 3), self.number(1, 2), return_sequences=self.maybe(), padding=self.padding),
            lambda: layers.TimeDistributed(layers.Conv2D(self.number(1, 4), self.window(2, 2), padding=self.padding)),
            lambda: layers.TimeDistributed(layers.Flatten()),
            lambda: self.reshape)()

    def reshape(self, tensor):
        """The elements of a tensor in a shape of other factors."""
        count = int(np.prod(tensor.shape[1:]))
        shape = []
        for _ in range(self.number(0, 2)):
            factors = [n for n in range(1, count + 1) if count % n == 0]
            shape.append(factors[self.rng.integers(len(factors))])
            count //= shape[-1]
        return self.layers.Reshape((*shape, count))(tensor)

    # Models

    def new_input(self):
        rank = self.one(1, 2, 2, 3, 3, 3, 4)
        if rank == 1 and self.maybe(0.5):
            tokens = self.keras.Input((self.number(2, 8),), dtype="int32")
            self.inputs.append(tokens)
            size = self.number(3, 20)
            return self.layers.Embedding(size, self.number(1, 8), mask_zero=self.maybe(0.4))(tokens)
        extents = [self.number(3, 10 if rank < 4 else 4) for _ in range(rank - 1)]
        tensor = self.keras.Input((*extents, self.number(1, 6)))
        self.inputs.append(tensor)
        return tensor

    def is_small(self, tensor):
        shape = tensor.shape[1:]
        return 0 < len(shape) < 5 and None not in shape and 0 < np.prod(shape) <= MOST_ELEMENTS

    def unary(self, tensor):
        rank = len(tensor.shape) - 1
        special = {1: self.vector_layer, 2: self.sequence_layer, 3: self.image_layer, 4: self.volume_layer}[rank]
        return (special if self.maybe(0.65) else self.any_layer)()(tensor)

    def merge(self, tensor):
        layers = self.layers
        twins = [other for other in self.tensors if tuple(other.shape) == tuple(tensor.shape)]
        other = twins[self.rng.integers(len(twins))]
        if len(tensor.shape) == 2 and self.maybe(0.2):
            return layers.Dot(axes=1, normalize=self.maybe())([tensor, other])
        kind = self.one(layers.Add, layers.Multiply, layers.Average, layers.Maximum, layers.Minimum, layers.Subtract, None)
        if kind is None:
            return layers.Concatenate(axis=self.number(1, len(tensor.shape) - 1))([tensor, other])
        return kind()([tensor, other])

    def nested(self, tensor):
        """A model of two layers, called once or twice."""
        start = self.keras.Input(tuple(tensor.shape[1:]))
        kind = self.one(self.layers.Dense(tensor.shape[-1]), self.layers.BatchNormalization(), self.layers.Activation("tanh"))
        inner = self.keras.Model(start, self.layers.Activation(self.activation)(kind(start)))
        result = inner(tensor)
        return inner(result) if self.maybe(0.3) else result

    def step(self):
        tensor = self.tensors[-1 if self.maybe(0.6) else self.rng.integers(len(self.tensors))]
        action = self.rng.random()
        result = self.merge(tensor) if action < 0.2 else self.nested(tensor) if action < 0.25 else self.unary(tensor)
        if self.is_small(result):
            self.tensors.append(result)

    def model(self):
        """The model; None if too little of it came about."""
        for _ in range(self.one(1, 1, 1, 2)):
            self.tensors.append(self.new_input())
        length = self.number(2, 14)
        for _ in range(3 * length):
            if len(self.tensors) >= length + len(self.inputs):
                break
            try:
                self.step()
            except (ValueError, TypeError, ZeroDivisionError, KeyError, IndexError, AttributeError, NotImplementedError):
                # Keras has its own reasons; tensors that came before are whole.
                continue
        outputs = [self.tensors[-1]]
        if self.maybe(0.2) and len(self.tensors) > 2:
            outputs.append(self.tensors[-2])
        try:
            model = self.keras.Model(self.inputs, outputs)
        except (ValueError, TypeError):
            return None
        return model if len(model.layers) > len(self.inputs) else None

    def randomize(self, model):
        """Gives all weights values that keep activations alive."""
        values = []
        for weight, value in zip(model.weights, model.get_weights()):
            name = getattr(weight, "path", weight.name)
            if value.dtype.kind != "f" or "seed" in name:
                values.append(value)
            elif "variance" in name or "gamma" in name:
                values.append(self.rng.uniform(0.5, 1.5, value.shape).astype(value.dtype))
            else:
                fan_in = max(int(np.prod(value.shape[:-1])), 1)
                deviation = 1.2 / np.sqrt(fan_in) if value.ndim > 1 else 0.3
                values.append(self.rng.normal(0, deviation, value.shape).astype(value.dtype))
        model.set_weights(values)

    def samples(self, batch):
        """An array for each input."""
        return [
            self.rng.integers(0, 3, (batch, *tensor.shape[1:])).astype(np.int32)
            if "int" in str(tensor.dtype) else self.rng.normal(0, 1, (batch, *tensor.shape[1:])).astype(np.float32)
            for tensor in self.inputs]
