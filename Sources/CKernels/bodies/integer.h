// Included once per instruction set with LANES (sums per vector), TILE_ROWS, TILE_VECTORS, GROUP (elements per word) and
// NAME(x) defined.

#include "integer_vector.h"

#include "integer_scaling.h"

#include "integer_rows.h"

#include "integer_float.h"

#include "integer_gemm.h"

#include "integer_window.h"

#include "integer_strip.h"

#include "integer_pair.h"

const integer_set NAME(set) = {
    .group = GROUP,
    .element_size = sizeof(ROW),
    .panel_width = PANEL,
    .strip_block = BLOCK,
    .correction = NAME(correction),
    .widen = NAME(widen),
    .fill = NAME(fill),
    .pack = NAME(pack),
    .scaling_terms = NAME(scaling_terms),
    .gemm = NAME(gemm),
    .depthwise = NAME(depthwise),
    .strip = NAME(strip),
    .sum = NAME(sum),
    .product = NAME(product),
    .express = NAME(express),
    .range = NAME(range),
    .round = NAME(round),
    .round_row = NAME(round_row),
    .quantize = NAME(quantize),
};
