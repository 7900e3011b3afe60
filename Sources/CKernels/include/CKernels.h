#ifndef KCONVERT_CKERNELS_H
#define KCONVERT_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "IntegerKernels.h"

// The inner loops of the fast kernels, compiled for several instruction sets; each call picks the
// best one the processor has, and a pool of threads. All strides and offsets count floats.

// Calls task(context, part) for each part in [0, parts), at most 64 at once, on threads that stay for
// the next call. Parts run one after the other while another thread, or a part, is in this function.
typedef void (*kernels_task)(void *context, size_t part);
void kernels_parallel(size_t parts, kernels_task task, void *context);

// `count` floats of working memory, aligned to 64 bytes, that stay the calling thread's until it calls
// this again. The program ends where there is no memory, as with any other allocation of Swift's.
float *kernels_scratch(size_t count);

// Columns of one packed panel. A matrix [depth, columns] is packed as ceil(columns / width) panels
// of [depth, width], the last one filled up with zeros.
size_t kernels_panel_width(void);

// Packs columns [first, first + count) of a matrix whose element (k, j) is
// source[k * depth_stride + j * column_stride] into one panel of the given width.
void kernels_pack_panel(
    const float *source, size_t depth, ptrdiff_t depth_stride, ptrdiff_t column_stride,
    size_t count, size_t width, float *panel);

// outputs[i][j] = clamp(bias[j] + sum over taps t and k < tap_length of
//                       rows[i][tap_offsets[t] + k] * matrix[t * tap_length + k][j]).
typedef struct {
    const float *const *rows;
    float *const *outputs;
    size_t row_count;
    const ptrdiff_t *tap_offsets;
    size_t tap_count;
    size_t tap_length;
    const float *panels;
    size_t columns;
    const float *bias;  // may be null
    float lower, upper;
} kernels_gemm_job;
void kernels_gemm(const kernels_gemm_job *job);

// output[o] = clamp(bias[o] + sum of input[i] * matrix[o * inputs + i]).
void kernels_gemv(
    const float *input, const float *matrix, size_t inputs, size_t outputs, const float *bias,
    float lower, float upper, float *output);

// The same with panels of kernels_vector_panel_width() columns, packed before: output[j] =
// clamp(bias[j] + sum of input[k] * matrix[k][j]).
size_t kernels_vector_panel_width(void);
void kernels_vector_product(
    const float *input, const float *panels, size_t depth, size_t columns, const float *bias,
    float lower, float upper, float *output);

// A run of output pixels whose windows all have the same taps; channels are independent.
typedef struct {
    const float *input;
    ptrdiff_t input_step;  // between neighbouring pixels
    float *output;
    ptrdiff_t output_step;
    size_t pixels;
    size_t channels;
    const ptrdiff_t *tap_offsets;
    size_t taps;
    // Where the taps come in rows of `row_taps` neighbouring pixels and windows are `row_step` pixels
    // apart; 0 where they do not.
    size_t row_taps, row_step;
    float lower, upper;
} kernels_window_job;
// clamp(bias[c] + sum over taps of input * weights[weight_offsets[t] + c]); bias may be null.
void kernels_depthwise(
    const kernels_window_job *job, const float *weights, const ptrdiff_t *weight_offsets,
    const float *bias);
// clamp(maximum over taps); -infinity without taps.
void kernels_max_window(const kernels_window_job *job);
// clamp(scale * sum over taps).
void kernels_mean_window(const kernels_window_job *job, float scale);

// One tile of a 3 x 3 convolution of stride 1 after Winograd: 16 products give 2 x 2 results.
//
// Term t of channel c is terms[t * term_stride + c]; pixel (i, j) is
// image[i * row_stride + j * column_stride + c].
typedef struct {
    const float *image;
    ptrdiff_t row_stride, column_stride;
    float *terms;
    ptrdiff_t term_stride;
    size_t channels;
} kernels_winograd_tile;
// The 2 x 2 results, of which only the first rows and columns are wanted; bias may be null.
typedef struct {
    float *image;
    size_t rows, columns;
    const float *bias;
    float lower, upper;
} kernels_winograd_results;
// The terms of a 4 x 4 patch of the image.
void kernels_winograd_input(const kernels_winograd_tile *tile);
// The terms of a 3 x 3 filter.
void kernels_winograd_filter(const kernels_winograd_tile *tile);
// The results that belong to sums of products of such terms; the strides are those of the results.
void kernels_winograd_output(
    const kernels_winograd_tile *tile, const kernels_winograd_results *results);

enum kernels_unary_function {
    kernels_exp,
    kernels_tanh,
    kernels_sigmoid,
    kernels_gelu,
    kernels_gelu_approximate,
    kernels_elu,
    kernels_hard_swish,
    kernels_leaky_relu,
    kernels_clamp,
    kernels_abs,
    kernels_neg,
    kernels_square,
    kernels_swish,
    kernels_log,
    kernels_sqrt,
    kernels_rsqrt,
    kernels_sin,
    kernels_cos,
    kernels_floor,
    kernels_ceil,
    kernels_round,  // half to even
    kernels_sign
};
// a: the slope of leaky_relu or the lower bound of clamp; b: the upper bound of clamp.
void kernels_unary(
    enum kernels_unary_function function, float a, float b, size_t count, const float *input,
    float *output);

enum kernels_binary_function {
    kernels_add,
    kernels_subtract,
    kernels_multiply,
    kernels_divide,
    kernels_maximum,
    kernels_minimum,
    kernels_squared_difference,
    kernels_prelu,
    kernels_power,
    kernels_floor_divide,
    kernels_floor_modulo,
    kernels_arc_tangent  // of the point (b, a)
};
// Two innermost dimensions of a broadcast: each step is 0 or 1.
typedef struct {
    size_t rows, count;
    ptrdiff_t a_row, b_row, c_row;
    int a_step, b_step, c_step;
} kernels_broadcast_shape;
void kernels_binary(
    enum kernels_binary_function function, kernels_broadcast_shape shape, const float *a,
    const float *b, float *output);

// A bool is a byte, 0 or 1.
enum kernels_element {
    kernels_float32,
    kernels_int32,
    kernels_int64,
    kernels_int8,
    kernels_uint8,
    kernels_bool
};

// both and either are the logical functions of bools.
enum kernels_comparison {
    kernels_equal,
    kernels_not_equal,
    kernels_less,
    kernels_less_or_equal,
    kernels_both,
    kernels_either
};
// Elements are float32, int32, int64, uint8 or bool.
void kernels_compare(
    enum kernels_comparison comparison, enum kernels_element element,
    kernels_broadcast_shape shape, const void *a, const void *b, uint8_t *output);

// a where the condition, the operand c of the shape, holds, and b elsewhere; elements of 1, 2, 4 or 8
// bytes.
void kernels_select(
    size_t element_size, kernels_broadcast_shape shape, const uint8_t *condition, const void *a,
    const void *b, void *output);

// Converts elements and returns 1; 0 for pairs of types that have no kernel. Floats are cut off and
// limited to the range of integers, NaN is 0; integers keep their low bits.
int kernels_cast(
    enum kernels_element source, enum kernels_element target, size_t count, const void *input,
    void *output);

// exp(beta * (x - max x)) / sum over each row.
void kernels_softmax(size_t rows, size_t count, float beta, const float *input, float *output);

// x - max x - log(sum of exp(x - max x)) over each row.
void kernels_log_softmax(size_t rows, size_t count, const float *input, float *output);

enum kernels_reduction {
    kernels_reduce_sum,
    kernels_reduce_product,
    kernels_reduce_maximum,
    kernels_reduce_minimum
};
// scale * reduction over the middle of [outer, count, inner]; the scale is for sums.
void kernels_reduce(
    enum kernels_reduction reduction, size_t outer, size_t count, size_t inner, float scale,
    const float *input, float *output);

// The first index of the greatest (or least) value along the middle of [outer, count, inner], as int32
// or, where wide, int64; NaN counts only where it comes first. count is not 0.
void kernels_search(
    int is_minimum, size_t outer, size_t count, size_t inner, const float *input, int is_wide,
    void *output);

// The offsets of the pixels on both sides of a column of a resized image, and how far it is from the
// left one.
typedef struct {
    ptrdiff_t left, right;
    float fraction;
} kernels_resize_column;
// One row of a resized image, `fraction` of the way from the row at `top` to the one at `bottom`.
void kernels_bilinear(
    size_t columns, size_t channels, const kernels_resize_column *column, const float *top,
    const float *bottom, float fraction, float *output);

// Copies rows of some bytes between places that do not overlap; the strides count bytes.
void kernels_copy_rows(
    size_t rows, size_t bytes, const void *input, ptrdiff_t input_stride, void *output,
    ptrdiff_t output_stride);

// output[r * output_row + i * output_step] = input[r * input_row + i * input_step] for elements of 1, 2,
// 4 or 8 bytes, which all strides count.
void kernels_copy_elements(
    size_t element_size, size_t rows, size_t count, const void *input, ptrdiff_t input_row,
    ptrdiff_t input_step, void *output, ptrdiff_t output_row, ptrdiff_t output_step);

// output[j * output_stride + i] = input[i * input_stride + j] * row_scale[i] * column_scale[j];
// a null scale is one.
typedef struct {
    size_t rows, columns;
    ptrdiff_t input_stride, output_stride;
    const float *row_scale, *column_scale;
} kernels_transpose_shape;
void kernels_transpose(kernels_transpose_shape shape, const float *input, float *output);
// The same for several matrices, whose first elements lie a stride apart.
void kernels_transpose_planes(
    kernels_transpose_shape shape, size_t planes, ptrdiff_t input_plane, ptrdiff_t output_plane,
    const float *input, float *output);

#endif
