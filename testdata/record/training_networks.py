"""Models whose calls state training=True, the same for Keras 2 and Keras 3."""


def record_networks(graph, keras, L, prefix=""):
    """Records each with `graph`, made of the layers `L`; returns what makes a model whose layers state another thing.

    `prefix` begins the names of those whose values depend on the batch.
    """

    def block(rate):
        x = a = keras.Input((6, 5, 3))
        x = L.BatchNormalization()(L.Conv2D(4, 3)(x))
        x = L.BatchNormalization()(L.ReLU()(x), training=False)
        return keras.Model(a, L.Dropout(rate)(x), name="block")

    def frozen():
        layer = L.BatchNormalization()
        layer.trainable = False
        return layer

    def images(x):
        return L.LeakyReLU()(L.BatchNormalization()(L.Conv2D(4, 3, strides=2)(x), training=True))

    graph(prefix + "images", images, (8, 7, 3))
    graph(prefix + "nested", lambda x: block(0.0)(x, training=True), (6, 5, 3))
    graph(prefix + "steps", lambda x: L.TimeDistributed(L.BatchNormalization())(x, training=True), (3, 4, 4, 2))
    graph("frozen", lambda x: frozen()(L.Conv2D(4, 3)(x), training=True), (6, 5, 3))
    return block
