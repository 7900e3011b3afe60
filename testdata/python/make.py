"""Records functions as `marshal` writes them, with what Python computes: PYTHON make.py

Run under each Python; writes VERSION.json beside this file. `text` is what the function returns, in its parameters; where it is
null the reader has to refuse, and `refusal` is in its message.
"""
import base64
import json
import marshal
import os
import sys

# name, source of `f`, expected text, arguments to compute with
CASES = [
    ("affine", "f = lambda x: x / 127.5 - 1.", "x / 127.5 - 1.0", [[255.0]]),
    ("precedence", "f = lambda x: -(x + 1) ** 2 / (3 - (x - 2))", "-(x + 1) ** 2 / (3 - (x - 2))", [[4.0]]),
    ("power", "f = lambda x: (-x) ** 2 + 2 ** -x", "(-x) ** 2 + 2 ** -x", [[2.0]]),
    ("remainders", "f = lambda x: [x % 3, x // 3, -x % 3, -x // 3]",
     "[x % 3, x // 3, -x % 3, -x // 3]", [[7.0]]),
    ("integers", "f = lambda n: (n % 5, n // 5, n << 2, n >> 1, n & 6, n | 8, n ^ 3, ~n)",
     "(n % 5, n // 5, n << 2, n >> 1, n & 6, n | 8, n ^ 3, ~n)", [[13], [-13]]),
    ("two", "f = lambda z: z[0] + z[1] * 0.17", "z[0] + z[1] * 0.17", [[[1.0, 2.0]]]),
    ("slices", "f = lambda x: [x[1:3], x[:2], x[-2:], x[::2], x[::-1], x[:]]",
     "[x[1:3], x[:2], x[-2:], x[::2], x[::-1], x[:]]", [[[1, 2, 3, 4]]]),
    ("axes", "f = lambda x: x[:, -1, ...]", "x[:, -1, ...]", []),
    ("newaxis", "f = lambda x: x[:, None, :]", "x[:, None, :]", []),
    ("keywords", "f = lambda x: K.mean(x, axis=[1, 2], keepdims=True)",
     "K.mean(x, axis=[1, 2], keepdims=True)", []),
    ("path", "f = lambda x: tf.image.resize(x, (7, 9), method='nearest')",
     "tf.image.resize(x, (7, 9), method='nearest')", []),
    ("math", "f = lambda x: x / math.sqrt(64.0) + math.pi", "x / math.sqrt(64.0) + math.pi", [[2.0]]),
    ("comparisons", "f = lambda x: (x < 1, x <= 1, x == 1, x != 1, x > 1, x >= 1)",
     "(x < 1, x <= 1, x == 1, x != 1, x > 1, x >= 1)", [[1], [2]]),
    ("conditional", "f = lambda x: x * 2 if x > 3 else -x", "x * 2 if x > 3 else -x", [[2], [5]]),
    ("and", "f = lambda x: x and x + 1", "x + 1 if x else x", [[0], [2]]),
    ("or", "f = lambda x: x or 7", "x if x else 7", [[0], [2]]),
    ("not", "f = lambda x: not x", "not x", [[0], [2]]),
    ("constant branch", "f = lambda x, training=None: x * 0.5 if training else x * 2.0", "x * 2.0", [[3.0]]),
    ("defaults", "f = lambda x, s=2.5, b=(1.5, -1.5): x * s + b[1]", "x * 2.5 + -1.5", [[3.0]]),
    ("closure", "def make(lo, hi):\n    return lambda z: z[lo:hi]\nf = make(1, 3)", "z[1:3]", [[[1, 2, 3, 4]]]),
    ("docstring", "def f(x):\n    'Doubles.'\n    y = x * 2\n    return y + 1", "x * 2 + 1", [[5]]),
    ("in place", "def f(x):\n    x /= 255.\n    x -= 0.5\n    x *= 2\n    return x", "(x / 255.0 - 0.5) * 2", [[51.0]]),
    ("unpacking", "def f(args):\n    a, b = args\n    return a - b", "args[0] - args[1]", [[[5, 3]]]),
    ("swap", "def f(args):\n    a, b = args\n    a, b = b, a\n    return a - b", "args[1] - args[0]", [[[5, 3]]]),
    ("branches", "def f(x, mode='tf'):\n    if mode == 'caffe':\n        return x - 1\n    elif mode == 'tf':\n        return x / 2.\n"
     "    return x", "x / 2.0", [[5.0]]),
    ("is none", "def f(x, mask=None):\n    if mask is not None:\n        x = x * mask\n    return x if x is not None else 0", "x", [[5.0]]),
    ("import", "def f(x):\n    import math as m\n    from math import sqrt\n    return m.floor(sqrt(x))",
     "math.floor(math.sqrt(x))", [[17.0]]),
    ("comprehension", "f = lambda x: sum([x[i:i + 2][0] for i in range(0, 4, 2)])", "x[0:2][0] + x[2:4][0]", [[[1, 2, 3, 4]]]),
    ("comprehension with a closure", "def make(k):\n    return lambda x: [v * x + k for v in (1, 2)]\nf = make(3)",
     "[1 * x + 3, 2 * x + 3]", [[4]]),
    ("filtered", "f = lambda x: [x + i for i in range(6) if i % 2]", "[x + 1, x + 3, x + 5]", [[4]]),
    ("generator", "f = lambda x: tuple(x * i for i in (1, 2, 3))", "(x * 1, x * 2, x * 3)", [[4]]),
    ("loop", "def f(x):\n    parts = []\n    for i in range(3):\n        parts.append(x + i)\n    return parts", "[x + 0, x + 1, x + 2]", [[4]]),
    ("enumerate", "def f(x):\n    y = 0\n    for i, w in enumerate([5, 7]):\n        y += x[i] * w\n    return y",
     "0 + x[0] * 5 + x[1] * 7", [[[2, 3]]]),
    ("zip", "def f(x):\n    return [a * b for a, b in zip((1, 2), (3, 4))] + [x]", "[3, 8, x]", [[4]]),
    ("inner function", "def f(x):\n    def scaled(v, by=2, plus=0):\n        return v * by + plus\n    return scaled(x) + scaled(x, plus=1)",
     "x * 2 + 0 + (x * 2 + 1)", [[4]]),
    ("inner closure", "def f(x):\n    k = 2\n    g = lambda v: v * k + x\n    k = 3\n    return g(x)", "x * 3 + x", [[4]]),
    ("lambda argument", "f = lambda x: K.switch(x > 0, lambda: x, lambda: x * 2)",
     "K.switch(x > 0, lambda: x, lambda: x * 2)", []),
    ("lambda with a parameter", "f = lambda x: tf.map_fn(lambda x: x + 1, x)", "tf.map_fn(lambda x_: x_ + 1, x)", []),
    ("raise", "def f(x):\n    if len(x) != 2:\n        raise ValueError('two')\n    return x[0]", "x[0]", [[[1, 2]]]),
    ("assert", "def f(x):\n    assert len(x) == 2, 'two'\n    return x[1]", "x[1]", [[[1, 2]]]),
    ("many parts", "f = lambda x: [x, 1, 2, 3, 4, 5]", "[x, 1, 2, 3, 4, 5]", [[4]]),
    ("dictionary", "f = lambda x: g(x, {'a': x, 'b': 2})", "g(x, {'a': x, 'b': 2})", []),
    ("keyword dictionary", "f = lambda x: K.mean(x, **{'axis': 1})", "K.mean(x, axis=1)", []),
    ("spread", "f = lambda x: max(*[x, 3, 5])", "max(x, 3, 5)", [[4], [9]]),
    ("tuple sum", "f = lambda x: K.reshape(x, (-1,) + (2, 3))", "K.reshape(x, (-1, 2, 3))", []),
    ("repeated", "f = lambda x: K.tile(x, [1] * 2 + [3])", "K.tile(x, [1, 1, 3])", []),
    ("large", "f = lambda x: x * 1e-07 + 12345678901 - 3e100", "x * 1e-07 + 12345678901 - 3e+100", [[2.0]]),
    ("many arguments", "f = lambda x: g(%s)" % ", ".join("x[%d]" % i for i in range(40)),
     "g(%s)" % ", ".join("x[%d]" % i for i in range(40)), []),
    ("two keywords", "f = lambda x: g(x, 1, a=x, b=2)", "g(x, 1, a=x, b=2)", []),
    ("print", "f = lambda x: x.shape[-1] * x.get_shape().as_list()[1]", "x.shape[-1] * x.get_shape().as_list()[1]", []),
    ("while", "def f(x):\n    i = 0\n    while i < 3:\n        x = x + i\n        i += 1\n    return x", "x + 0 + 1 + 2", [[4]]),
    ("unknown loop", "def f(x):\n    return [v for v in x]", None, "a loop over the elements of 'x'"),
    ("set attribute", "def f(x):\n    x.a = 1\n    return x", None, "an assignment to an attribute in line 2"),
    ("endless", "def f(x):\n    while True:\n        x = x + 1", None, "too long"),
    ("star", "f = lambda *x: x", "(x,)", []),
    ("any arguments", "def f(x, *args, **kwargs):\n    return x * kwargs.get('by', 2) + len(args)", "x * 2 + 0", [[4]]),
    ("any arguments inside", "def f(x):\n    def g(*t, **k):\n        return t[0] + t[1] * k['by']\n    return g(x, 3, by=2)",
     "x + 6", [[4]]),
    ("changed dictionary", "def f(x):\n    d = {'a': 1}\n    d['b'] = 2\n    for k, v in d.items():\n        x = x + v\n"
     "    return x * d['b']", "(x + 1 + 2) * 2", [[4]]),
    ("changed list", "def f(x):\n    p = [1, 2, x]\n    p.insert(0, p.pop())\n    return p", "[x, 1, 2]", [[4]]),
    ("map", "f = lambda x: list(map(lambda v: v * x, (1, 2)))", "[1 * x, 2 * x]", [[4]]),
    ("with", "def f(x):\n    with open('/dev/null'):\n        y = x + 1\n    return y * 2", "(x + 1) * 2", [[4]]),
    ("return in with", "def f(x):\n    with open('/dev/null') as f:\n        return x + 1", "x + 1", [[4]]),
    ("try", "def f(x):\n    try:\n        return x + 1\n    finally:\n        print(x)", 
     "x + 1" if sys.version_info >= (3, 11) else None, [[4]] if sys.version_info >= (3, 11) else "a try"),
    ("global", "def f(x):\n    global y\n\n    y = 3\n    return x", None, "a global variable in line 4"),
    ("raises", "def f(x):\n    raise ValueError(x)", None, "raises an exception in line 2"),
    ("matrix product", "f = lambda x: x[0] @ x[1]", "x[0] @ x[1]", []),
    ("formatted", "f = lambda x: K.foo(x, name=f'{x}_1')", "K.foo(x, name=str(x) + '_1')", []),
    ("format", "f = lambda x: K.foo(x, name=f'{x!r}{x:.2f}')", "K.foo(x, name=str(x) + format(x, '.2f'))", []),
    ("formatted message", "def f(x):\n    print(f'{x} and')\n    return x + 1", "x + 1", [[4]]),
    ("keyword only", "def f(x, *, scale):\n    return x * scale", "x * scale", []),
    ("rest", "def f(x):\n    a, *b = (1, 2, 3)\n    return x + b[1]", "x + 3", [[4]]),
    ("spread twice", "f = lambda x: [*(1, 2), *[x, 3]]", "[1, 2, x, 3]", [[4]]),
    ("walrus", "f = lambda x: (y := x + 1) * y", "(x + 1) * (x + 1)", [[4]]),
]


def record(name, source, text, arguments):
    scope = {"math": __import__("math")}
    try:
        exec(compile(source, "/home/somebody/model.py", "exec"), scope)
    except SyntaxError:
        return None
    f = scope["f"]
    row = {
        "name": name, "text": text,
        "code": base64.b64encode(marshal.dumps(f.__code__)).decode("ascii"),
        "defaults": list(f.__defaults__) if f.__defaults__ else None,
        "closure": [cell.cell_contents for cell in f.__closure__] if f.__closure__ else None,
    }
    if text is None:
        row["refusal"] = arguments
    else:
        row["calls"] = [{"arguments": a, "result": f(*a)} for a in arguments]
    return row


def main():
    rows = [row for row in (record(*case) for case in CASES) if row]
    name = "%d.%d.json" % sys.version_info[:2]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row, sort_keys=True) for row in rows) + "\n]\n")


main()
