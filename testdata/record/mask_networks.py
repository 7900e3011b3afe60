"""Models in which masks travel from layer to layer, the same for Keras 2 and Keras 3."""

MASKED = dict(dtype="int32", below=3, minimum_std=0.02)


def record_networks(case, keras, L):
    """Records each with `case`, made of the layers `L`; returns what embeds a sequence with its mask."""

    def chain(*layers):
        return lambda: [L.Embedding(5, 4, mask_zero=True)] + [make() for make in layers] + [L.GRU(3)]

    def embed(x):
        return L.Embedding(5, 4, mask_zero=True)(x)

    case("dropout", chain(lambda: L.Dropout(0.3), lambda: L.SpatialDropout1D(0.2), lambda: L.GaussianNoise(0.1)), (7,), **MASKED)
    case("dense", chain(lambda: L.Dense(3), lambda: L.Activation("tanh")), (7,), **MASKED)
    case("batch_normalization", chain(lambda: L.BatchNormalization(), lambda: L.LeakyReLU()), (7,), **MASKED)
    case("layer_normalization", chain(lambda: L.LayerNormalization()), (7,), **MASKED)
    case("time_distributed", chain(lambda: L.TimeDistributed(L.Dense(3))), (7,), **MASKED)
    case("conv1d", chain(lambda: L.Conv1D(3, 2, padding="same")), (7,), **MASKED)
    case("cropping", chain(lambda: L.ZeroPadding1D(1), lambda: L.Cropping1D(1)), (7,), **MASKED)
    case("reshape", chain(lambda: L.Reshape((14, 2))), (7,), **MASKED)
    case("permute", chain(lambda: L.Permute((1, 2))), (7,), **MASKED)
    case("lstm_between", chain(lambda: L.LSTM(4, return_sequences=True)), (7,), **MASKED)
    case("bidirectional_between", chain(lambda: L.Bidirectional(L.GRU(4, return_sequences=True), merge_mode="mul")), (7,), **MASKED)
    case("unroll", chain(lambda: L.LSTM(4, return_sequences=True, unroll=True)), (7,), **MASKED)
    case("backwards", chain(lambda: L.GRU(4, return_sequences=True, go_backwards=True)), (7,), **MASKED)
    case("no_bias", chain(lambda: L.LSTM(4, return_sequences=True, use_bias=False)), (7,), **MASKED)

    def add(tensors):
        return L.GRU(3)(L.Add()([embed(tensors[0]), L.Dense(4)(embed(tensors[1]))]))

    def concatenate(tensors):
        return L.GRU(3)(L.Concatenate()([embed(tensors[0]), embed(tensors[1])]))

    def concatenate_time(tensors):
        return L.GRU(3)(L.Concatenate(axis=1)([embed(tensors[0]), embed(tensors[1])]))

    def concatenate_half(tensors):
        return L.GRU(3)(L.Concatenate()([embed(tensors[0]), L.Embedding(5, 4)(tensors[1])]))

    def average(tensors):
        x = L.Average()([embed(tensors[0]), L.Embedding(5, 4)(tensors[1])])
        return L.GlobalAveragePooling1D()(x)

    def multiply(tensors):
        return L.LSTM(3)(L.Multiply()([embed(tensors[0]), embed(tensors[1])]))

    def attention(tensors):
        x = L.LSTM(4, return_sequences=True)(embed(tensors[0]))
        y = L.GRU(4, return_sequences=True)(embed(tensors[1]))
        return L.GlobalAveragePooling1D()(L.Attention()([x, y]))

    def additive_attention(tensors):
        x, y = embed(tensors[0]), L.Bidirectional(L.LSTM(2, return_sequences=True))(embed(tensors[1]))
        return L.GRU(3)(L.AdditiveAttention()([x, y]))

    def multi_head(tensors):
        x, y = embed(tensors[0]), embed(tensors[1])
        return L.GlobalAveragePooling1D()(L.MultiHeadAttention(2, 3)(x, y))

    def encoder_decoder(tensors):
        _, h, c = L.LSTM(4, return_state=True)(embed(tensors[0]))
        y = L.LSTM(4, return_sequences=True)(embed(tensors[1]), initial_state=[h, c])
        return L.TimeDistributed(L.Dense(5, activation="softmax"))(y)

    def bidirectional_encoder(tensors):
        _, a, b, c, d = L.Bidirectional(L.LSTM(3, return_state=True))(embed(tensors[0]))
        state = [L.Concatenate()([a, c]), L.Concatenate()([b, d])]
        y, h, c = L.LSTM(6, return_sequences=True, return_state=True)(embed(tensors[1]), initial_state=state)
        return [L.Dense(4)(y), h, c]

    def nested(tensors):
        x = keras.Input((None, 4))
        inner = keras.Model(x, L.Dense(3)(L.LSTM(4, return_sequences=True)(x)))
        return L.GRU(3)(inner(embed(tensors[0])))

    for make in (add, concatenate, concatenate_time, concatenate_half, average, multiply, attention, additive_attention, multi_head, encoder_decoder, bidirectional_encoder):
        case(make.__name__, lambda: make, (6,), (6,), **MASKED)
    case("nested_model", lambda: lambda x: nested([x]), (6,), **MASKED)

    def documents(words, sentences):
        return lambda: [
            L.TimeDistributed(L.Embedding(5, 4, mask_zero=True)), L.TimeDistributed(words()),
            sentences(),
        ]

    case("hierarchical", documents(lambda: L.LSTM(4), lambda: L.GRU(3)), (3, 5), **MASKED)
    case("hierarchical_bidirectional", documents(lambda: L.Bidirectional(L.GRU(4)), lambda: L.LSTM(3)), (3, 5), **MASKED)

    def sentence_model():
        x = keras.Input((5,), dtype="int32")
        return keras.Model(x, L.Dense(3)(L.LSTM(4)(embed(x))))

    case("hierarchical_model", lambda: [L.TimeDistributed(sentence_model()), L.GRU(3)], (3, 5), **MASKED)
    case("pooling", lambda: lambda x: [L.GlobalAveragePooling1D()(embed(x)), L.GlobalMaxPooling1D()(embed(x))], (7,), **MASKED)
    case("flattened", lambda: lambda x: L.Dense(3)(L.Flatten()(L.LSTM(4, return_sequences=True)(embed(x)))), (5,), **MASKED)
    return embed
