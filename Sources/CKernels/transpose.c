#include <stdatomic.h>

#include "CKernels.h"

typedef float F4 __attribute__((vector_size(16), aligned(4), may_alias));
typedef float F4Aligned __attribute__((vector_size(16), may_alias));

// Rows [i, i + 4) and columns [j, j + 4).
static inline __attribute__((always_inline)) void four_by_four(
    const kernels_transpose_shape *shape, const float *input, float *output, size_t i, size_t j,
    const int streaming) {
    const float *in = input + (ptrdiff_t)i * shape->input_stride + j;
    F4 a = *(const F4 *)in, b = *(const F4 *)(in + shape->input_stride);
    F4 c = *(const F4 *)(in + 2 * shape->input_stride);
    F4 d = *(const F4 *)(in + 3 * shape->input_stride);
    F4 ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    F4 ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    F4 cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    F4 cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    F4 lines[4] = {
        __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5),
        __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7),
        __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5),
        __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7),
    };
    for (int k = 0; k < 4; k++) {
        F4 line = lines[k];
        if (shape->row_scale) line *= *(const F4 *)(shape->row_scale + i);
        if (shape->column_scale) line *= shape->column_scale[j + k];
        float *out = output + (ptrdiff_t)(j + k) * shape->output_stride + i;
        if (streaming)
            __builtin_nontemporal_store((F4Aligned)line, (F4Aligned *)out);
        else
            *(F4 *)out = line;
    }
}

static void plain(
    const kernels_transpose_shape *shape, const float *input, float *output, size_t row,
    size_t row_end, size_t column, size_t column_end) {
    for (size_t j = column; j < column_end; j++)
        for (size_t i = row; i < row_end; i++) {
            float x = input[(ptrdiff_t)i * shape->input_stride + j];
            if (shape->row_scale) x *= shape->row_scale[i];
            if (shape->column_scale) x *= shape->column_scale[j];
            output[(ptrdiff_t)j * shape->output_stride + i] = x;
        }
}

// A 16 x 16 block touches whole cache lines on both sides where they are aligned.
static inline __attribute__((always_inline)) void blocks(
    const kernels_transpose_shape *shape, const float *input, float *output, const int streaming) {
    size_t rows = shape->rows / 16 * 16, columns = shape->columns / 16 * 16;
    const size_t outer = 256;
    for (size_t row = 0; row < rows; row += outer)
        for (size_t column = 0; column < columns; column += 16)
            for (size_t i = row; i < rows && i < row + outer; i += 16)
                for (size_t j = column; j < column + 16; j += 4)
                    for (size_t k = i; k < i + 16; k += 4)
                        four_by_four(shape, input, output, k, j, streaming);
    plain(shape, input, output, rows, shape->rows, 0, columns);
    plain(shape, input, output, 0, shape->rows, columns, shape->columns);
}

void kernels_transpose(kernels_transpose_shape shape, const float *input, float *output) {
    // Results too large for the cache bypass it, which needs 16-byte aligned lines.
    int streaming = shape.rows * shape.columns >= (size_t)1 << 20
        && ((uintptr_t)output | (uintptr_t)shape.output_stride * sizeof(float)) % 16 == 0;
    if (streaming) {
        blocks(&shape, input, output, 1);
        atomic_thread_fence(memory_order_seq_cst);  // streaming stores are not ordered otherwise
    } else {
        blocks(&shape, input, output, 0);
    }
}
