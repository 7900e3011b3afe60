"""Layers as the examples of keras.io define them, for a Keras of either generation.

    layers = define(keras, ops)

`ops` needs `shape`, `arange`, `reshape`, `not_equal` and `extract_patches(images, size)`. All layers have the attributes
that the examples have, which name the weights in files.
"""


def define(keras, ops):
    """The classes by name."""
    L = keras.layers

    class Configured(L.Layer):
        """A layer whose configuration is the arguments of its constructor."""

        def __init__(self, **arguments):
            base = {k: arguments.pop(k) for k in ("name", "trainable", "dtype") if k in arguments}
            super().__init__(**base)
            self.arguments = arguments
            self.make(**arguments)

        def get_config(self):
            return {**super().get_config(), **self.arguments}

    def feed_forward(hidden, out):
        return keras.Sequential([L.Dense(hidden, activation="relu"), L.Dense(out)])

    class TransformerBlock(Configured):
        def make(self, embed_dim, num_heads, ff_dim, rate=0.1):
            self.att = L.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
            self.ffn = feed_forward(ff_dim, embed_dim)
            self.layernorm1 = L.LayerNormalization(epsilon=1e-6)
            self.layernorm2 = L.LayerNormalization(epsilon=1e-6)
            self.dropout1 = L.Dropout(rate)
            self.dropout2 = L.Dropout(rate)

        def call(self, inputs, training=False):
            attended = self.dropout1(self.att(inputs, inputs), training=training)
            first = self.layernorm1(inputs + attended)
            return self.layernorm2(first + self.dropout2(self.ffn(first), training=training))

    class TokenAndPositionEmbedding(Configured):
        def make(self, maxlen, vocab_size, embed_dim):
            self.token_emb = L.Embedding(input_dim=vocab_size, output_dim=embed_dim)
            self.pos_emb = L.Embedding(input_dim=maxlen, output_dim=embed_dim)

        def call(self, x):
            positions = ops.arange(ops.shape(x)[-1])
            return self.token_emb(x) + self.pos_emb(positions)

    class PositionalEmbedding(Configured):
        def make(self, sequence_length, vocab_size, embed_dim):
            self.token_embeddings = L.Embedding(input_dim=vocab_size, output_dim=embed_dim)
            self.position_embeddings = L.Embedding(input_dim=sequence_length, output_dim=embed_dim)

        def call(self, inputs):
            positions = ops.arange(ops.shape(inputs)[-1])
            return self.token_embeddings(inputs) + self.position_embeddings(positions)

        def compute_mask(self, inputs, mask=None):
            return ops.not_equal(inputs, 0)

    class TransformerEncoder(Configured):
        def make(self, embed_dim, dense_dim, num_heads):
            self.attention = L.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
            self.dense_proj = feed_forward(dense_dim, embed_dim)
            self.layernorm_1 = L.LayerNormalization()
            self.layernorm_2 = L.LayerNormalization()
            self.supports_masking = True

        def call(self, inputs):
            first = self.layernorm_1(inputs + self.attention(inputs, inputs))
            return self.layernorm_2(first + self.dense_proj(first))

    class TransformerDecoder(Configured):
        def make(self, embed_dim, latent_dim, num_heads):
            self.attention_1 = L.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
            self.attention_2 = L.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
            self.dense_proj = feed_forward(latent_dim, embed_dim)
            self.layernorm_1 = L.LayerNormalization()
            self.layernorm_2 = L.LayerNormalization()
            self.layernorm_3 = L.LayerNormalization()
            self.supports_masking = True

        def call(self, inputs, encoder_outputs, mask=None):
            size = ops.shape(inputs)[1]
            rows, columns = ops.reshape(ops.arange(size), (1, -1, 1)), ops.reshape(ops.arange(size), (1, 1, -1))
            causal = rows >= columns
            padding = None if mask is None else causal & ops.reshape(mask, (-1, 1, size))
            first = self.layernorm_1(inputs + self.attention_1(inputs, inputs, attention_mask=causal))
            second = self.layernorm_2(first + self.attention_2(first, encoder_outputs, attention_mask=padding))
            return self.layernorm_3(second + self.dense_proj(second))

    class Patches(Configured):
        def make(self, patch_size):
            self.patch_size = patch_size

        def call(self, images):
            patches = ops.extract_patches(images, self.patch_size)
            shape = patches.shape
            return ops.reshape(patches, (ops.shape(images)[0], shape[1] * shape[2], shape[3]))

    class PatchEncoder(Configured):
        def make(self, num_patches, projection_dim):
            self.num_patches = num_patches
            self.projection = L.Dense(units=projection_dim)
            self.position_embedding = L.Embedding(input_dim=num_patches, output_dim=projection_dim)

        def call(self, patch):
            return self.projection(patch) + self.position_embedding(ops.arange(self.num_patches))

    classes = [
        TransformerBlock, TokenAndPositionEmbedding, PositionalEmbedding, TransformerEncoder, TransformerDecoder, Patches,
        PatchEncoder,
    ]
    return {c.__name__: c for c in classes}


def record(classes, graph, **options):
    """Records a network of each kind."""
    keep = dict(options)

    def text(x):
        y = classes["TokenAndPositionEmbedding"](maxlen=9, vocab_size=11, embed_dim=6)(x)
        return classes["TransformerBlock"](embed_dim=6, num_heads=2, ff_dim=8)(y)

    def translation(x):
        y = classes["PositionalEmbedding"](sequence_length=9, vocab_size=11, embed_dim=6)(x)
        return classes["TransformerEncoder"](embed_dim=6, dense_dim=8, num_heads=2)(y)

    def decoder(x, encoded):
        y = classes["PositionalEmbedding"](sequence_length=7, vocab_size=11, embed_dim=6)(x)
        return classes["TransformerDecoder"](embed_dim=6, latent_dim=8, num_heads=2)(y, encoded)

    def vision(x):
        y = classes["Patches"](patch_size=3)(x)
        return classes["PatchEncoder"](num_patches=6, projection_dim=5)(y)

    class PatchEncoder(classes["PatchEncoder"]):
        """As the example is published: its configuration leaves out the width."""

        def get_config(self):
            return {k: v for k, v in super().get_config().items() if k != "projection_dim"}

    def vision_bare(x):
        y = classes["Patches"](patch_size=2)(x)
        return PatchEncoder(num_patches=12, projection_dim=12)(y)

    graph("vision_bare", vision_bare, (8, 6, 3), **{**keep, "reload": False})
    graph("text", text, (9,), dtype="int32", below=11, **keep)
    graph("block", lambda x: classes["TransformerBlock"](embed_dim=4, num_heads=3, ff_dim=5)(x), (7, 4), **keep)
    graph("translation", translation, (9,), dtype="int32", below=11, zeros=[(0, 7), (0, 8), (1, 8)], **keep)
    graph("vision", vision, (8, 9, 3), **keep)
    graph("decoder", lambda x, y: classes["TransformerDecoder"](embed_dim=4, latent_dim=5, num_heads=2)(x, y), (5, 4), (6, 4), **keep)
