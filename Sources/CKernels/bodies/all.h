#include "vector.h"

#include "gemm.h"

#include "window.h"

#include "winograd.h"

#include "unary.h"

#include "binary.h"

#include "reduce.h"

const kernels_set NAME(set) = {
    NAME(panel_width), NAME(pack_panel), NAME(gemm),    NAME(gemv),   NAME(vector_panel_width),
    NAME(vector_product), NAME(depthwise),
    NAME(max_window),  NAME(mean_window), NAME(winograd_input), NAME(winograd_filter),
    NAME(winograd_output), NAME(unary),  NAME(binary), NAME(softmax), NAME(reduce),
};
