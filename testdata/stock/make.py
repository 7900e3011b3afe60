"""Records how large TensorFlow's own converter makes the models of the fixtures.

    python make.py [FOLDER ...]

Needs `pip install tensorflow-cpu keras numpy`. Converts every `.keras` archive below
`testdata/keras3/layers`, `operators` and `models` (or those below the folders given)
with `tf.lite.TFLiteConverter` from a concrete function whose batch is 1, or that of the
model if it has one, without the model if that works: the converter's best form, whose
variables are constants. Writes a line for each to `operators.tsv`:

    model       path below `testdata`, without `.keras`
    operators   of all subgraphs of the file
    executed    operators of one run: those of loops in every round
    bytes       of the file
    verdict     `right` if LiteRT computes the recorded outputs with it, call after call,
                `wrong` if it does not, `unproven` if the recording has another batch,
                `fails` if there is no file or it does not run
    names       of the operators, with counts

Models that are in the table already are left alone with MISSING=1 in the environment.
"""

import multiprocessing
import os
import sys
import zipfile

from counting import Counting

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ["KERAS_BACKEND"] = "tensorflow"

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
TABLE = os.path.join(HERE, "operators.tsv")
COLUMNS = ["model", "operators", "executed", "bytes", "verdict", "names"]
# Relative to the spread of an output.
TOLERANCE = 1e-3


def concrete_function(model):
    import keras
    import tensorflow as tf

    structure = getattr(model, "_inputs_struct", None)
    shapes = [(x.shape[0] or 1, *x.shape[1:]) for x in model.inputs]
    types = [keras.backend.standardize_dtype(x.dtype) for x in model.inputs]
    specs = [tf.TensorSpec(s, t, name=f"x{i}") for i, (s, t) in enumerate(zip(shapes, types))]

    @tf.function
    def call(*inputs):
        if structure is not None:
            return model(tf.nest.pack_sequence_as(structure, inputs), training=False)
        return model(inputs[0] if len(inputs) == 1 else list(inputs), training=False)

    return call.get_concrete_function(*specs)


def numbered(data, prefix):
    return [data[f"{prefix}{i}"] for i in range(sum(x.startswith(prefix) for x in data.files))]


def ordered(details):
    """Tensors by the numbers that the signature gives them."""
    return [details[name] for name in sorted(details, key=lambda x: int(x.split("_")[-1].lstrip("x")))]


def verdict(content, path):
    import numpy as np
    import tensorflow as tf

    if not os.path.exists(path + ".npz"):
        return "unproven"
    data = np.load(path + ".npz")
    inputs, expected = numbered(data, "in"), numbered(data, "out")
    interpreter = tf.lite.Interpreter(model_content=content, num_threads=1)
    places, results = interpreter.get_input_details(), interpreter.get_output_details()
    places.sort(key=lambda x: x["name"])
    if len(places) != len(inputs) or not inputs or any(x.shape == () for x in inputs):
        return "unproven"
    batch = places[0]["shape"][0] if len(places[0]["shape"]) else 0
    rows = len(inputs[0])
    if not batch or rows % batch or any(len(x) != rows for x in inputs + expected):
        return "unproven"
    for place, value in zip(places, inputs):
        interpreter.resize_tensor_input(place["index"], [batch, *value.shape[1:]])
    interpreter.allocate_tensors()
    worst = 0.0
    for start in range(0, rows, batch):
        for place, value in zip(places, inputs):
            interpreter.set_tensor(place["index"], value[start:start + batch])
        interpreter.invoke()
        found = [interpreter.get_tensor(x["index"]) for x in results]
        for target in expected:
            spread = max(float(np.ptp(target.astype(np.float64))), 1e-6)
            part = target[start:start + batch]
            errors = [
                np.max(np.abs(x.astype(np.float64) - part)) / spread
                for x in found if x.shape == part.shape
            ]
            worst = max(worst, min(errors, default=np.inf))
    return "right" if worst < TOLERANCE else "wrong"


def converted(path):
    """The bytes of the file; variables that change are variables only if the converter knows the model."""
    import keras
    import tensorflow as tf

    model = keras.saving.load_model(path + ".keras", compile=False, safe_mode=False)
    make = tf.lite.TFLiteConverter.from_concrete_functions
    function = concrete_function(model)
    try:
        return make([function]).convert()
    except Exception:  # the converter's own refusals have no common type
        return make([function], model).convert()


def measure(path):
    from tensorflow.lite.python import schema_py_generated

    content = converted(path)
    counting = Counting(content, schema_py_generated)
    try:
        is_right = verdict(content, path)
    except Exception:
        is_right = "fails"
    found = counting.names
    counts = " ".join(f"{name}×{n}" if n > 1 else name for name, n in sorted(found.items()))
    return [str(found.total()), str(counting.executed()), str(len(content)), is_right, counts]


def worker(paths, answers):
    """Measures models until the process dies of one."""
    for path in iter(paths.get, None):
        try:
            answers.put(measure(path))
        except BaseException as error:
            answers.put(["-1", "-1", "-1", "fails", type(error).__name__])


class Worker:
    """A process that measures, renewed if a model kills it."""

    def __init__(self):
        self.start()

    def start(self):
        context = multiprocessing.get_context("spawn")
        self.paths, self.answers = context.Queue(), context.Queue()
        self.process = context.Process(
            target=worker, args=(self.paths, self.answers), daemon=True)
        self.process.start()

    def measure(self, path):
        self.paths.put(path)
        for _ in range(600):
            try:
                return self.answers.get(timeout=0.5)
            except Exception:
                if not self.process.is_alive():
                    break
        self.process.kill()
        self.start()
        return ["-1", "-1", "-1", "fails", "crash"]


def fixtures(folders):
    for folder in folders:
        for place, _, files in sorted(os.walk(folder)):
            for file in sorted(files):
                if file.endswith(".keras") and zipfile.is_zipfile(os.path.join(place, file)):
                    yield os.path.join(place, file)[:-len(".keras")]


def table():
    if not os.path.exists(TABLE):
        return {}
    with open(TABLE) as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return {row[0]: row[1:] for row in rows[1:]}


def main():
    folders = sys.argv[1:] or [
        os.path.join(ROOT, "keras3", x) for x in ("layers", "operators", "models")]
    rows = table()
    process = Worker()
    for path in fixtures([os.path.abspath(x) for x in folders]):
        name = os.path.relpath(path, ROOT)
        if os.environ.get("MISSING") and name in rows:
            continue
        rows[name] = process.measure(path)
        print(name, *rows[name], file=sys.stderr)
        with open(TABLE + ".part", "w") as file:
            for row in [COLUMNS, *([key, *rows[key]] for key in sorted(rows))]:
                file.write("\t".join(row) + "\n")
        os.replace(TABLE + ".part", TABLE)
    process.paths.put(None)


if __name__ == "__main__":
    main()
