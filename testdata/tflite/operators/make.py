"""Records single operators; see record/litert.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from litert import In, Var, generator, np, operators, table

case = operators(__file__)
rng = generator("operators")


def x(*shape, scale=1.0):
    return In(scale * rng.normal(0, 1, shape))


def c(*shape, scale=1.0):
    return (scale * rng.normal(0, 1, shape)).astype(np.float32)


def ints(values, dtype="int32"):
    return np.asarray(values, dtype)


def whole(low, high, shape, dtype="int32"):
    return In(rng.integers(low, high, shape), dtype)


# Indices, segments and positions
case("gather_nd_rows", "GATHER_ND", [x(4, 3, 2), whole(0, 3, (5, 2))])
case("gather_nd_int64_bool", "GATHER_ND", [whole(0, 2, (4, 3), "bool"), whole(0, 3, (2, 3, 1), "int64")], ["bool"], version=5)
case("scatter_nd_adds", "SCATTER_ND", [ints([[1], [3], [1]]), x(3, 4), ints([5, 4])])
case("scatter_nd_int32", "SCATTER_ND", [ints([[1, 0], [2, 1]]), whole(1, 9, (2, 3)), ints([3, 2, 3])], ["int32"])
case("segment_sum", "SEGMENT_SUM", [x(5, 3), ints([0, 0, 1, 2, 2])])
for code in "SUM PROD MAX MIN".split():
    case(f"unsorted_segment_{code.lower()}", f"UNSORTED_SEGMENT_{code}", [x(6, 2), ints([2, 0, 2, -1, 1, 0]), ints(3)])
case("embedding_lookup", "EMBEDDING_LOOKUP", [whole(0, 6, (4,)), c(6, 5)])
case("embedding_lookup_int8", "EMBEDDING_LOOKUP", [whole(0, 6, (4,)), rng.integers(-127, 127, (6, 5)).astype(np.int8)], scales={1: ([0.02], 0)}, version=3)
case("reverse_sequence", "REVERSE_SEQUENCE", [x(3, 5, 2), whole(0, 6, (3,))], options=table("ReverseSequenceOptions", seqDim=1, batchDim=0))
case("reverse_sequence_time_major", "REVERSE_SEQUENCE", [x(5, 2, 3), whole(1, 6, (3,), "int64")], options=table("ReverseSequenceOptions", seqDim=0, batchDim=2))
case("top_k_int32", "TOPK_V2", [whole(-9, 9, (2, 7)), ints(3)], ["int32", "int32"])
case("one_hot_int64", "ONE_HOT", [whole(-1, 5, (2, 3), "int64"), ints(4), c(), c()], options=table("OneHotOptions", axis=1))
case("bucketize", "BUCKETIZE", [x(3, 4)], ["int32"], table("BucketizeOptions", boundaries=[-1.0, -0.2, 0.2, 1.0]))
case("bucketize_int32", "BUCKETIZE", [whole(-5, 6, (9,))], ["int32"], table("BucketizeOptions", boundaries=[-2.5, 0.5, 3.0]))

case("bucketize_between", "BUCKETIZE", [In(np.arange(-4, 5), "int32")], ["int32"], table("BucketizeOptions", boundaries=[-1.0, 0.5, 2.0]))

# Moving elements
for name, shape, blocks, widths, crops in [
    ("rank4", (2, 4, 6, 3), [2, 3], [[0, 0], [0, 0]], [[0, 0], [0, 0]]),
    ("padded", (1, 5, 4, 2), [2, 2], [[1, 2], [0, 2]], [[1, 0], [0, 1]]),
    ("rank3", (2, 6, 3), [3], [[1, 2]], [[1, 1]]),
]:
    case(f"space_to_batch_{name}", "SPACE_TO_BATCH_ND", [x(*shape), ints(blocks), ints(widths)], version=3 if len(shape) == 3 else 1)
    count = int(np.prod(blocks))
    case(f"batch_to_space_{name}", "BATCH_TO_SPACE_ND", [x(count * 2, *shape[1:]), ints(blocks), ints(crops)], version=3 if len(shape) == 3 else 1)
case("mirror_pad_reflect", "MIRROR_PAD", [x(3, 4, 2), ints([[2, 1], [0, 3], [0, 0]])], options=table("MirrorPadOptions", mode=0))
case("mirror_pad_symmetric", "MIRROR_PAD", [x(3, 4), ints([[3, 1], [2, 4]], "int64")], options=table("MirrorPadOptions", mode=1))
case("matrix_diag", "MATRIX_DIAG", [x(2, 3)])
case("matrix_set_diag", "MATRIX_SET_DIAG", [x(2, 3, 4), c(2, 3)])
case("space_to_depth", "SPACE_TO_DEPTH", [x(1, 4, 6, 3)], options=table("SpaceToDepthOptions", blockSize=2))
case("depth_to_space", "DEPTH_TO_SPACE", [x(1, 2, 3, 12)], options=table("DepthToSpaceOptions", blockSize=2))
case("dynamic_update_slice", "DYNAMIC_UPDATE_SLICE", [x(4, 5), x(2, 3), whole(1, 5, (2,))])
case("broadcast_args", "BROADCAST_ARGS", [whole(3, 4, (1,)), ints([2, 1])], ["int32"])
case("bitcast_narrower", "BITCAST", [x(2, 3)], ["uint8"], table("BitcastOptions"))
case("reverse_v2", "REVERSE_V2", [x(3, 4, 2), ints([1, 2])], version=3)
case("split_int32", "SPLIT", [ints(1), whole(-9, 9, (2, 6))], ["int32"] * 3, table("SplitOptions", numSplits=3), version=3)

# Arithmetic
case("add_n", "ADD_N", [x(2, 3), x(2, 3), x(2, 3)])
case("atan2", "ATAN2", [x(3, 4), x(3, 4)])
case("bitwise_xor", "BITWISE_XOR", [whole(-99, 99, (3, 4)), whole(-99, 99, (4,))], ["int32"])
case("right_shift", "RIGHT_SHIFT", [whole(-999, 999, (3, 4)), whole(0, 9, (3, 4))], ["int32"])
case("floor_mod_int32", "FLOOR_MOD", [whole(-9, 9, (3, 4)), ints([3, -4, 5, -2])], ["int32"])
case("floor_mod_float", "FLOOR_MOD", [x(3, 4, scale=5), c(3, 4)])
case("floor_div_float", "FLOOR_DIV", [x(3, 4, scale=5), c(3, 4)], version=2)
case("pow_int32", "POW", [whole(-3, 4, (3, 4)), ints([0, 1, 2, 3])], ["int32"])
case("sign", "SIGN", [x(3, 4)])
case("squared_difference", "SQUARED_DIFFERENCE", [x(2, 3, 4), x(3, 1)])
case("cumsum_exclusive_reverse", "CUMSUM", [x(2, 5, 3), ints(1)], options=table("CumsumOptions", exclusive=True, reverse=True))
case("fake_quant", "FAKE_QUANT", [x(4, 5)], options=table("FakeQuantOptions", min=-1.3, max=1.7, numBits=4), version=1)
for name, function in [("tanh_is_ignored", 4), ("relu_n1", 2), ("relu6", 3)]:
    case(f"add_{name}", "ADD", [x(3, 4, scale=4), c(4)], options=table("AddOptions", fusedActivationFunction=function))
case("mul_int64", "MUL", [whole(-9, 9, (3, 4), "int64"), whole(-9, 9, (4,), "int64")], ["int64"], table("MulOptions"), version=5)
case("div_relu", "DIV", [x(3, 4), c(3, 4)], options=table("DivOptions", fusedActivationFunction=1))
case("l2_normalization", "L2_NORMALIZATION", [x(2, 3, 4)], options=table("L2NormOptions"))
case("local_response", "LOCAL_RESPONSE_NORMALIZATION", [x(1, 2, 3, 7)], options=table("LocalResponseNormalizationOptions", radius=2, bias=1.0, alpha=0.3, beta=0.6))
case("softmax_beta", "SOFTMAX", [x(3, 5)], options=table("SoftmaxOptions", beta=0.5))
case("arg_min_int64", "ARG_MIN", [x(3, 5, 2), ints(1)], ["int64"], table("ArgMinOptions", outputType=4))
case("reduce_prod", "REDUCE_PROD", [x(3, 4, 2), ints([0, 2])], options=table("ReducerOptions", keepDims=True))
case("prelu", "PRELU", [x(2, 3, 3, 4), c(1, 1, 4)])
case("relu_0_to_1", "RELU_0_TO_1", [x(3, 4)])

# Matrices and windows
case("conv_grouped", "CONV_2D", [x(1, 5, 5, 4), c(6, 3, 3, 2), c(6)], options=table("Conv2DOptions", padding=0, strideW=2, strideH=1, fusedActivationFunction=1, dilationWFactor=1, dilationHFactor=1), version=6)
case("conv_dilated", "CONV_2D", [x(1, 7, 8, 3), c(4, 3, 2, 3), c(4)], options=table("Conv2DOptions", padding=0, strideW=1, strideH=1, dilationWFactor=3, dilationHFactor=2))
case("depthwise_dilated", "DEPTHWISE_CONV_2D", [x(1, 7, 8, 3), c(1, 3, 3, 6), c(6)], options=table("DepthwiseConv2DOptions", padding=0, strideW=1, strideH=1, depthMultiplier=2, fusedActivationFunction=3, dilationWFactor=2, dilationHFactor=2), version=2)
case("conv_3d", "CONV_3D", [x(1, 4, 5, 6, 2), c(2, 3, 2, 2, 3), c(3)], options=table("Conv3DOptions", padding=0, strideD=1, strideW=2, strideH=1, fusedActivationFunction=1))
case("conv_3d_transpose", "CONV_3D_TRANSPOSE", [ints([1, 7, 6, 8, 2]), c(2, 3, 3, 2, 3), x(1, 4, 3, 4, 3), c(2)], options=table("Conv3DOptions", padding=0, strideD=2, strideW=2, strideH=2))
case("transpose_conv_bias_relu", "TRANSPOSE_CONV", [ints([1, 7, 8, 2]), c(2, 3, 3, 4), x(1, 4, 4, 4), c(2)], options=table("TransposeConvOptions", padding=0, strideW=2, strideH=2, fusedActivationFunction=1), version=4)
case("batch_matmul_adjoint", "BATCH_MATMUL", [x(2, 1, 4, 3), x(3, 5, 4)], options=table("BatchMatMulOptions", adjX=True, adjY=True))
case("fully_connected_keep_dims", "FULLY_CONNECTED", [x(2, 3, 4), c(5, 4), c(5)], options=table("FullyConnectedOptions", keepNumDims=True, fusedActivationFunction=2), version=5)
case("average_pool_same", "AVERAGE_POOL_2D", [x(1, 5, 6, 3)], options=table("Pool2DOptions", padding=0, strideW=2, strideH=2, filterWidth=3, filterHeight=2, fusedActivationFunction=1))
for name, fields in [("legacy", {}), ("corners", {"alignCorners": True}), ("half_pixel", {"halfPixelCenters": True})]:
    case(f"resize_bilinear_{name}", "RESIZE_BILINEAR", [x(1, 4, 5, 2), ints([7, 3])], options=table("ResizeBilinearOptions", **fields), version=3)
    case(f"resize_nearest_{name}", "RESIZE_NEAREST_NEIGHBOR", [x(1, 4, 5, 2), ints([7, 3])], options=table("ResizeNearestNeighborOptions", **fields), version=3)

# Boxes, windows and tables
corners = np.sort(rng.uniform(0, 1, (9, 2, 2)), 1).reshape(9, 4).astype(np.float32)
case(
    "non_max_suppression_v4", "NON_MAX_SUPPRESSION_V4",
    [In(np.concatenate([corners, corners[:3] + 0.02])), In(rng.uniform(0, 1, 12)), ints(6), np.float32(0.4), np.float32(0.2)],
    ["int32", "int32"])
case(
    "non_max_suppression_v5", "NON_MAX_SUPPRESSION_V5",
    [In(np.concatenate([corners, corners[:3, [2, 1, 0, 3]] + 0.02])), In(rng.uniform(0, 1, 12)), ints(9), np.float32(0.8),
     np.float32(0.2), np.float32(0.5)], ["int32", "float32", "int32"])
case("l2_pool_same", "L2_POOL_2D", [x(1, 5, 6, 3)], options=table("Pool2DOptions", padding=0, strideW=2, strideH=2, filterWidth=3, filterHeight=2))
case("sparse_to_dense_rows", "SPARSE_TO_DENSE", [ints([[0, 2], [3, 1], [1, 0]]), ints([4, 3]), x(3), c()])
case("sparse_to_dense_int64", "SPARSE_TO_DENSE", [whole(0, 2, (1,), "int64"), ints([6], "int64"), np.int64(7), whole(-5, 5, (), "int64")], ["int64"], version=2)
case("dilate", "DILATE", [x(3, 4, 2), ints([2, 1, 3]), c()])
for name, function in [("add", 1), ("mul", 2), ("minimum", 3), ("maximum", 4)]:
    case(
        f"reduce_window_{name}", "REDUCE_WINDOW",
        [x(5, 6, 2), c(), ints([3, 2, 1], "int64"), ints([1, 2, 1], "int64"), ints([1, 3, 1], "int64")],
        options=table("ReduceWindowOptions", reduceFunction=function))
case("reduce_window_any", "REDUCE_WINDOW", [whole(0, 2, (5, 6), "bool"), np.zeros((), bool), ints([2, 2], "int64"), ints([2, 1], "int64"), ints([1, 1], "int64")], ["bool"], table("ReduceWindowOptions", reduceFunction=6))
case("hashtable_lookup", "HASHTABLE_LOOKUP", [whole(0, 9, (5,)), ints([1, 3, 4, 7]), c(4, 3)], ["float32", "uint8"])
for name, combiner in [("sum", 0), ("mean", 1), ("sqrtn", 2)]:
    case(
        f"embedding_lookup_sparse_{name}", "EMBEDDING_LOOKUP_SPARSE",
        [whole(0, 6, (5,)), ints([[0, 0, 0], [0, 0, 1], [0, 1, 0], [2, 0, 0], [2, 0, 1]]), ints([3, 2, 2]), In(rng.uniform(0.5, 2, 5)), c(6, 4)],
        options=table("EmbeddingLookupSparseOptions", combiner=combiner))

# Random numbers
for name, code in [("uniform", "RANDOM_UNIFORM"), ("normal", "RANDOM_STANDARD_NORMAL")]:
    case(f"random_{name}", code, [ints([3, 7])], options=table("RandomOptions", seed=5, seed2=-9))
case("multinomial", "MULTINOMIAL", [x(2, 4), ints(25)], ["int32"], table("RandomOptions", seed=7, seed2=3))
case("multinomial_int64", "MULTINOMIAL", [x(1, 4), ints(9)], ["int64"], table("RandomOptions", seed=0, seed2=3))
for name in "ADD MULTIPLY MAXIMUM MINIMUM".split():
    case(f"stablehlo_{name.lower()}", f"STABLEHLO_{name}", [x(3, 4), x(3, 4)])
