"""Records the fixtures of products of matrices and tensors; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("matmul", lambda x, y: ops.matmul(x, y), (3, 4), (4, 5))
graph("matmul_operator", lambda x, y: x @ y, (2, 3, 4), (2, 4, 5))
graph("matmul_broadcast", lambda x, y: ops.matmul(x, y), (2, 3, 4), (1, 4, 5))
graph("matmul_constant", lambda x: [ops.matmul(x, np.arange(20, dtype="float32").reshape(4, 5) / 10), ops.matmul(np.arange(6, dtype="float32").reshape(2, 3) / 5, x)], (3, 4))
graph("matmul_transposed", lambda x, y: ops.matmul(x, ops.transpose(y, (0, 2, 1))), (3, 4), (5, 4))
graph("matmul_vector", lambda x: ops.matmul(x, np.array([1.0, -2.0, 0.5, 0.3], "float32")), (3, 4))
graph("einsum", lambda x, y: [ops.einsum("bij,bjk->bik", x, y), ops.einsum("bij,bjk->bki", x, y)], (3, 4), (4, 5))
graph("einsum_attention", lambda x, y: ops.einsum("bthd,bshd->bhts", x, y), (3, 2, 4), (5, 2, 4))
graph("einsum_reduces", lambda x, y: [ops.einsum("bij,bij->b", x, y), ops.einsum("bij,bik->bjk", x, y), ops.einsum("bij,bj->bi", x, y[:, 0])], (3, 4), (3, 4))
graph("einsum_outer", lambda x, y: ops.einsum("bi,bj->bij", x, y), (3,), (4,))
graph("einsum_one_operand", lambda x: [ops.einsum("bij->bji", x), ops.einsum("bij->bj", x)], (3, 4))
graph("einsum_ellipsis", lambda x, y: ops.einsum("...ij,...jk->...ik", x, y), (2, 3, 4), (2, 4, 5))
graph("einsum_constant", lambda x: ops.einsum("bij,jk->bik", x, np.arange(8, dtype="float32").reshape(4, 2) / 4), (3, 4))
graph("dot", lambda x: ops.dot(x, np.arange(8, dtype="float32").reshape(4, 2) / 4), (3, 4))
graph("tensordot", lambda x: [ops.tensordot(x, np.arange(24, dtype="float32").reshape(3, 4, 2) / 9, axes=2), ops.tensordot(x, np.arange(6, dtype="float32").reshape(3, 2) / 4, axes=[[1], [0]])], (3, 4))
graph("outer_inner", lambda x, y: [ops.matmul(x[:, :, None], y[:, None, :]), ops.sum(x * y, axis=-1)], (3,), (3,))
