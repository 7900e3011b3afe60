"""Records the fixtures of whole graphs; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
import numpy as np
from keras3 import BATCH, keras, L, random_input, randomize, run, save, seeded

folder = os.path.dirname(os.path.abspath(__file__))


def record(name, build, policy=None, **options):
    """`build` returns the model; an input named `*_ids` takes integers below 5."""
    path = os.path.join(folder, name)
    if os.environ.get("MISSING") and os.path.exists(path + ".npz"):
        return
    rng = seeded(path)
    outputs = None
    if policy:
        keras.config.set_dtype_policy(policy)
    model = build()
    keras.config.set_dtype_policy("float32")
    randomize(model, rng)
    inputs = [
        random_input(x, [BATCH if n is None else n for n in x.shape], rng, 1.0, 5 if x.name.endswith("_ids") else None)
        for x in model.inputs
    ]
    if policy:
        # What is wanted of a 16-bit or 64-bit model is its function in float32.
        keras.backend.clear_session()
        twin = build()
        twin.set_weights([np.asarray(w).astype("float32") for w in model.get_weights()])
        outputs = run(twin, [x.astype("float32") for x in inputs])
        options["reload"] = False
    save(model, path, inputs, outputs=outputs, **options)
    print(f"models/{name}", file=sys.stderr)


def block(shape=(6, 6, 4), name="block"):
    return keras.Sequential(
        [
            keras.Input(shape),
            L.Conv2D(4, 3, padding="same"),
            L.BatchNormalization(),
            L.ReLU(),
            L.Conv2D(4, 3, padding="same"),
            L.BatchNormalization(),
        ],
        name=name,
    )


def tower(name="tower"):
    x = a = keras.Input((5,), name=name + "_in")
    x = L.Dense(6, activation="elu")(x)
    x = L.BatchNormalization()(x)
    return keras.Model(a, L.Dense(4)(x), name=name)


def sequential():
    return keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            L.Conv2D(4, 3, padding="same"),
            L.BatchNormalization(),
            L.Activation("relu"),
            L.MaxPooling2D(),
            L.Flatten(),
            L.Dropout(0.5),
            L.Dense(3, activation="softmax"),
        ]
    )


def sequential_built_late():
    model = keras.Sequential([L.Conv1D(4, 3, activation="relu"), L.GlobalMaxPooling1D(), L.Dense(3)])
    model.build((None, 9, 2))
    return model


def sequential_in_sequential():
    return keras.Sequential([keras.Input((6, 6, 4)), block(), L.MaxPooling2D(), L.Flatten(), L.Dense(3)])


def nested_sequential():
    image = keras.Input((6, 6, 3))
    x = L.Conv2D(4, 1)(image)
    x = L.Add()([block()(x), x])
    return keras.Model(image, L.Dense(3)(L.Flatten()(x)))


def nested_sequential_called_twice():
    image = keras.Input((6, 6, 4))
    inner = block()
    x = inner(L.ReLU()(inner(image)))
    return keras.Model(image, [L.GlobalAveragePooling2D()(x), inner(image)])


def nested_called_twice():
    inner = tower()
    a, b = keras.Input((5,), name="left"), keras.Input((5,), name="right")
    x, y = inner(a), inner(b)
    joined = L.Concatenate()([x, y, L.Subtract()([x, y])])
    return keras.Model([a, b], L.Dense(2)(joined))


def nested_is_output():
    inner = tower()
    a, b = keras.Input((5,), name="left"), keras.Input((5,), name="right")
    return keras.Model([a, b], [inner(b), inner(a)])


def nested_second_call_is_output():
    inner = tower()
    a = keras.Input((5,), name="left")
    return keras.Model(a, inner(L.Dense(5)(inner(a))))


def nested_two_deep():
    inner = tower()
    x = a = keras.Input((5,))
    x = L.Dense(5, activation="relu")(L.BatchNormalization()(inner(x)))
    middle = keras.Model(a, x, name="middle")
    b = keras.Input((5,))
    return keras.Model(b, L.Dense(3)(middle(middle(b))))


def nested_frozen():
    inner = tower()
    inner.layers[1].trainable = False
    b = keras.Input((5,))
    return keras.Model(b, L.Dense(3)(inner(b)))


def nested_model_frozen():
    inner = tower()
    inner.trainable = False
    b = keras.Input((5,))
    return keras.Model(b, L.Dense(3)(inner(L.Dense(5)(b))))


def nested_two_outputs():
    a, b = keras.Input((4,), name="p"), keras.Input((3,), name="q")
    inner = keras.Model([a, b], [L.Dense(2)(b), L.Dense(5)(a)], name="pair")
    x, y = keras.Input((4,), name="x"), keras.Input((3,), name="y")
    first, second = inner([x, y])
    return keras.Model([x, y], [second, L.ReLU()(first)])


def nested_dict():
    a, b = keras.Input((4,), name="zebra"), keras.Input((3,), name="apple")
    inner = keras.Model(
        {"zebra": a, "apple": b}, {"sum": L.Dense(2)(a), "difference": L.Dense(2)(b)}, name="inner"
    )
    x, y = keras.Input((4,), name="x"), keras.Input((3,), name="y")
    found = inner({"zebra": x, "apple": y})
    return keras.Model([x, y], [L.ReLU()(found["sum"]), found["difference"]])


def dict_inputs_and_outputs():
    age, cost = keras.Input((4,), name="age"), keras.Input((3,), name="cost")
    x = L.Concatenate()([age, cost])
    return keras.Model(
        {"cost": cost, "age": age}, {"wide": L.Dense(3)(x), "narrow": L.Dense(1)(x), "mid": L.ReLU()(x)}
    )


def nested_lists():
    a, b, c = (keras.Input((n,), name=f"n{n}") for n in (2, 3, 4))
    x = L.Concatenate()([a, b, c])
    return keras.Model([[a, b], {"c": c}], {"u": [L.Dense(2)(x), L.Dense(3)(x)], "a": L.Dense(1)(a)})


def many_outputs():
    x = a = keras.Input((4,))
    results = []
    for n in range(12):
        x = L.Dense(3 + n % 3, activation="tanh")(x)
        results.append(x)
    return keras.Model(a, [results[i] for i in (3, 0, 11, 7, 1, 10, 2, 9, 4, 8, 6, 5)])


def many_inputs():
    inputs = [keras.Input((2 + n % 3,), name=f"i{(n * 7) % 12}") for n in range(12)]
    return keras.Model(inputs, L.Concatenate()([L.Dense(2)(inputs[(n * 5) % 12]) for n in range(12)]))


def shared_layer():
    a, b = keras.Input((7, 6, 3)), keras.Input((7, 6, 3))
    conv = L.Conv2D(4, 3)
    return keras.Model([a, b], [L.Subtract()([conv(a), conv(b)]), conv(b)])


def layer_in_two_models():
    dense = L.Dense(5, activation="tanh")
    a = keras.Input((5,))
    inner = keras.Model(a, L.Dense(5)(dense(a)), name="inner")
    b = keras.Input((5,))
    return keras.Model(b, dense(inner(dense(b))))


def input_is_output():
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    return keras.Model([a, b], [b, L.Add()([a, b]), a])


def same_output_twice():
    a = keras.Input((4,))
    x = L.Dense(3)(a)
    return keras.Model(a, [x, x])


def input_unused_by_output():
    a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
    return keras.Model([a, b], L.Dense(3)(a))


def cut_out():
    x = a = keras.Input((6, 6, 2))
    middle = L.Conv2D(4, 3)(x)
    x = L.Flatten()(L.ReLU()(L.BatchNormalization()(middle)))
    whole = keras.Model(a, L.Dense(3)(x))
    return keras.Model(middle, whole.output)


def renamed_layers():
    x = a = keras.Input((4,), name="query input")
    x = L.Dense(5, name="block.0-dense")(x)
    return keras.Model(a, L.Dense(2, name="Block 0: output")(L.PReLU(name="äußere")(x)))


def residual():
    x = a = keras.Input((8, 8, 3))
    x = L.Conv2D(4, 3, strides=2, padding="same", use_bias=False)(x)
    x = y = L.ReLU()(L.BatchNormalization()(x))
    y = L.SeparableConv2D(4, 3, padding="same", activation="silu")(y)
    y = L.DepthwiseConv2D(3, padding="same")(y)
    y = L.BatchNormalization()(y)
    x = L.Add()([x, y])
    return keras.Model(a, L.Dense(3)(L.GlobalAveragePooling2D()(x)))


def text_classifier():
    x = a = keras.Input((6,), dtype="int32", name="token_ids")
    x = L.Embedding(5, 4, mask_zero=True)(x)
    x = L.Bidirectional(L.LSTM(3, return_sequences=True))(x)
    x = L.GlobalAveragePooling1D()(x)
    return keras.Model(a, L.Dense(2, activation="softmax")(x))


def subclassed_names():
    x = a = keras.Input((4, 6))
    x = L.MultiHeadAttention(2, 3)(x, x)
    x = L.GroupQueryAttention(3, 2, 1)(x, x)
    x = L.PReLU(shared_axes=[1])(x)
    x = L.TimeDistributed(L.Dense(3))(x)
    x = L.RMSNormalization()(x)
    x = L.Conv1DTranspose(3, 2)(x)
    return keras.Model(a, L.RNN([L.GRUCell(2), L.LSTMCell(2)])(x))


def fixed_batch():
    a = keras.Input(batch_shape=(BATCH, 4))
    return keras.Model(a, L.Dense(3)(a))


def small_net():
    x = a = keras.Input((6, 6, 2))
    x = L.Conv2D(4, 3)(x)
    x = L.BatchNormalization()(x)
    return keras.Model(a, L.Dense(3)(L.Flatten()(L.ReLU()(x))))


BOTH = dict(parts=True, whole=True)
record("sequential", sequential, **BOTH)
record("sequential_built_late", sequential_built_late, **BOTH)
record("sequential_in_sequential", sequential_in_sequential, **BOTH)
record("nested_sequential", nested_sequential, parts=True)
record("nested_sequential_called_twice", nested_sequential_called_twice)
record("nested_called_twice", nested_called_twice, **BOTH)
record("nested_is_output", nested_is_output, parts=True)
record("nested_second_call_is_output", nested_second_call_is_output)
record("nested_two_deep", nested_two_deep, **BOTH)
record("nested_frozen", nested_frozen, **BOTH)
record("nested_model_frozen", nested_model_frozen, whole=True)
record("nested_two_outputs", nested_two_outputs)
record("nested_dict", nested_dict)
record("dict_inputs_and_outputs", dict_inputs_and_outputs, parts=True)
record("nested_lists", nested_lists)
record("many_outputs", many_outputs)
record("many_inputs", many_inputs)
record("shared_layer", shared_layer, **BOTH)
record("layer_in_two_models", layer_in_two_models, parts=True, reload=False)
record("input_is_output", input_is_output)
record("same_output_twice", same_output_twice)
record("input_unused_by_output", input_unused_by_output)
record("cut_out", cut_out)
record("renamed_layers", renamed_layers, **BOTH)
record("residual", residual, **BOTH)
record("text_classifier", text_classifier, parts=True)
record("subclassed_names", subclassed_names, minimum_std=0.01, **BOTH)
record("fixed_batch", fixed_batch)
for policy in ("mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float64"):
    record(f"policy_{policy}", small_net, policy=policy, parts=policy != "float64", whole="bfloat" not in policy)
