#include "vector.h"

#include "gemm.h"

#include "window.h"

#include "winograd.h"

#include "logarithm.h"

#include "angle.h"

#include "unary.h"

#include "power.h"

#include "binary.h"

#include "reduce.h"

#include "softmax.h"

#include "typed.h"

#include "cast.h"

#include "search.h"

#include "resize.h"

#include "transpose.h"

#include "copy.h"

const kc_set NAME(set) = {
    .panel_width = NAME(panel_width),
    .pack_panel = NAME(pack_panel),
    .gemm = NAME(gemm),
    .gemv = NAME(gemv),
    .vector_panel_width = NAME(vector_panel_width),
    .vector_product = NAME(vector_product),
    .depthwise = NAME(depthwise),
    .max_window = NAME(max_window),
    .mean_window = NAME(mean_window),
    .winograd_input = NAME(winograd_input),
    .winograd_filter = NAME(winograd_filter),
    .winograd_output = NAME(winograd_output),
    .unary = NAME(unary),
    .binary = NAME(binary),
    .compare = NAME(compare),
    .select = NAME(select),
    .cast = NAME(cast),
    .reduce = NAME(reduce),
    .softmax = NAME(softmax),
    .log_softmax = NAME(log_softmax),
    .search = NAME(search),
    .bilinear = NAME(bilinear),
    .transpose = NAME(transpose),
    .copy_rows = NAME(copy_rows),
    .copy_elements = NAME(copy_elements),
};
