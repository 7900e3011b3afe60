"""Records the fixtures of reductions; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("sum", lambda x: [ops.sum(x, axis=1), ops.sum(x, axis=-1, keepdims=True), ops.sum(x, axis=(1, 2))], (3, 4))
graph("mean", lambda x: [ops.mean(x, axis=1), ops.mean(x, axis=-1, keepdims=True), ops.mean(x, axis=(1, 2), keepdims=True)], (3, 4, 2))
graph("max_min", lambda x: [ops.max(x, axis=1), ops.min(x, axis=-1, keepdims=True), ops.amax(x, axis=(1, 2)), ops.amin(x, axis=1)], (3, 4), minimum_std=0.01)
graph("prod", lambda x: [ops.prod(x, axis=1), ops.prod(x, axis=(1, 2), keepdims=True)], (3, 2))
graph("variance", lambda x: [ops.var(x, axis=1), ops.std(x, axis=-1, keepdims=True), ops.var(x, axis=(1, 2))], (4, 5))
graph("batch_axis", lambda x: [ops.mean(x, axis=0), ops.sum(x, axis=(0, 1))], (3, 4))
graph("batch_everything", lambda x: ops.stack([ops.sum(x), ops.mean(x), ops.max(x)]), (3, 4))
graph("argmax", lambda x: [ops.argmax(x, axis=1), ops.argmax(x, axis=-1), ops.argmin(x, axis=-1, keepdims=True)], (5, 4))
graph("cumsum", lambda x: [ops.cumsum(x, axis=1), ops.cumsum(x, axis=-1)], (5, 4))
graph("cumprod", lambda x: ops.cumprod(x, axis=1), (4, 3))
graph("logsumexp", lambda x: [ops.logsumexp(x, axis=1), ops.logsumexp(x, axis=-1, keepdims=True)], (5, 4), scale=5.0)
graph("norm", lambda x: [ops.norm(x, axis=-1), ops.norm(x, ord=1, axis=1), ops.norm(x, axis=-1, keepdims=True)], (5, 4))
graph("norm_infinite", lambda x: [ops.norm(x, ord=np.inf, axis=-1), ops.norm(x, ord=3, axis=1)], (5, 4))
graph("moments", lambda x: list(ops.moments(x, axes=[1])), (5, 4))
graph("median", lambda x: ops.median(x, axis=1), (5, 4))
graph("average_weights", lambda x, y: ops.average(x, axis=1, weights=ops.abs(y)), (5, 4), (5, 4))
graph("integers", lambda x: [ops.sum(x, axis=1), ops.max(x, axis=1), ops.mean(x, axis=1)], (5, 4), dtype="int32", below=30)
graph("free_length", lambda x: [ops.mean(x, axis=1), ops.max(x, axis=1), ops.sum(x, axis=2)], (-5, 4))
