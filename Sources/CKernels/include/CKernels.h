#ifndef KCONVERT_CKERNELS_H
#define KCONVERT_CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "IntegerKernels.h"

// The inner loops of the fast kernels, compiled for several instruction sets; each call picks the
// best one the processor has, and a pool of threads. All strides and offsets count floats.

// Calls task(context, part) for each part in [0, parts), at most 64 at once, on threads that stay for
// the next call. Parts run one after the other while another thread, or a part, is in this function.
typedef void (*kc_task)(void *context, size_t part);
void kc_parallel(size_t parts, kc_task task, void *context);

// `count` floats of working memory, aligned to 64 bytes, that stay the calling thread's until it calls
// this again. The program ends where there is no memory, as with any other allocation of Swift's.
float *kc_scratch(size_t count);

// Brings the beginning of a message down to 16 bytes with the same CRC-32 (that of zip and zlib).
//
// `state` is the register before the message: ~0, or the complement of the checksum so far. The register before the 16 bytes is 0.
// Returns how many bytes those stand for; 0 if the processor cannot multiply without carries, or for less than 64 bytes.
size_t kc_crc32_fold(const uint8_t *bytes, size_t count, uint32_t state, uint8_t *folded);

// Columns of one packed panel. A matrix [depth, columns] is packed as ceil(columns / width) panels
// of [depth, width], the last one filled up with zeros.
size_t kc_panel_width(void);

// Packs columns [first, first + count) of a matrix whose element (k, j) is
// source[k * depth_stride + j * column_stride] into one panel of the given width.
void kc_pack_panel(
    const float *source, size_t depth, ptrdiff_t depth_stride, ptrdiff_t column_stride,
    size_t count, size_t width, float *panel);

// outputs[i][j] = clamp(bias[j] + sum over taps t and k < tap_length of
//                       rows[i][tap_offsets[t] + k] * matrix[t * tap_length + k][j]),
// or the clamped sum of outputs[i][j] and the products.
typedef struct {
    const float *const *rows;
    float *const *outputs;
    size_t row_count;
    const ptrdiff_t *tap_offsets;
    size_t tap_count;
    size_t tap_length;
    const float *panels;
    size_t panel_depth;  // rows of the packed matrix, of which the job may read a part
    size_t columns;
    bool accumulates;    // whether sums start with what is in the outputs, not with the bias
    const float *bias;   // may be null
    float lower, upper;
} kc_gemm_job;
void kc_gemm(const kc_gemm_job *job);

// output[o] = clamp(bias[o] + sum of input[i] * matrix[o * inputs + i]).
void kc_gemv(
    const float *input, const float *matrix, size_t inputs, size_t outputs, const float *bias,
    float lower, float upper, float *output);

// The same with panels of kc_vector_panel_width() columns, packed before: output[j] =
// clamp(bias[j] + sum of input[k] * matrix[k][j]).
size_t kc_vector_panel_width(void);
void kc_vector_product(
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
} kc_window_job;
// clamp(bias[c] + sum over taps of input * weights[weight_offsets[t] + c]); bias may be null.
void kc_depthwise(
    const kc_window_job *job, const float *weights, const ptrdiff_t *weight_offsets,
    const float *bias);
// clamp(maximum over taps); -infinity without taps.
void kc_max_window(const kc_window_job *job);
// clamp(scale * sum over taps).
void kc_mean_window(const kc_window_job *job, float scale);

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
} kc_winograd_tile;
// The 2 x 2 results, of which only the first rows and columns are wanted; bias may be null.
typedef struct {
    float *image;
    size_t rows, columns;
    const float *bias;
    float lower, upper;
} kc_winograd_results;
// The terms of a 4 x 4 patch of the image.
void kc_winograd_input(const kc_winograd_tile *tile);
// The terms of a 3 x 3 filter.
void kc_winograd_filter(const kc_winograd_tile *tile);
// The results that belong to sums of products of such terms; the strides are those of the results.
void kc_winograd_output(
    const kc_winograd_tile *tile, const kc_winograd_results *results);

enum kc_unary_function {
    kc_exp,
    kc_tanh,
    kc_sigmoid,
    kc_gelu,
    kc_gelu_approximate,
    kc_elu,
    kc_hard_swish,
    kc_leaky_relu,
    kc_clamp,
    kc_abs,
    kc_neg,
    kc_square,
    kc_swish,
    kc_log,
    kc_sqrt,
    kc_rsqrt,
    kc_sin,
    kc_cos,
    kc_floor,
    kc_ceil,
    kc_round,  // half to even
    kc_sign
};
// a: the slope of leaky_relu or the lower bound of clamp; b: the upper bound of clamp.
void kc_unary(
    enum kc_unary_function function, float a, float b, size_t count, const float *input,
    float *output);

enum kc_binary_function {
    kc_add,
    kc_subtract,
    kc_multiply,
    kc_divide,
    kc_maximum,
    kc_minimum,
    kc_squared_difference,
    kc_prelu,
    kc_power,
    kc_floor_divide,
    kc_floor_modulo,
    kc_arc_tangent  // of the point (b, a)
};
// Two innermost dimensions of a broadcast: each step is 0 or 1.
typedef struct {
    size_t rows, count;
    ptrdiff_t a_row, b_row, c_row;
    int a_step, b_step, c_step;
} kc_broadcast_shape;
void kc_binary(
    enum kc_binary_function function, kc_broadcast_shape shape, const float *a,
    const float *b, float *output);

// A bool is a byte, 0 or 1.
enum kc_element {
    kc_float32,
    kc_int32,
    kc_int64,
    kc_int8,
    kc_uint8,
    kc_bool
};

// both and either are the logical functions of bools.
enum kc_comparison {
    kc_equal,
    kc_not_equal,
    kc_less,
    kc_less_or_equal,
    kc_both,
    kc_either
};
// Elements are float32, int32, int64, uint8 or bool.
void kc_compare(
    enum kc_comparison comparison, enum kc_element element,
    kc_broadcast_shape shape, const void *a, const void *b, uint8_t *output);

// a where the condition, the operand c of the shape, holds, and b elsewhere; elements of 1, 2, 4 or 8
// bytes.
void kc_select(
    size_t element_size, kc_broadcast_shape shape, const uint8_t *condition, const void *a,
    const void *b, void *output);

// Converts elements and returns 1; 0 for pairs of types that have no kernel. Floats are cut off and
// limited to the range of integers, NaN is 0; integers keep their low bits.
int kc_cast(
    enum kc_element source, enum kc_element target, size_t count, const void *input,
    void *output);

// exp(beta * (x - max x)) / sum over each row.
void kc_softmax(size_t rows, size_t count, float beta, const float *input, float *output);

// x - max x - log(sum of exp(x - max x)) over each row.
void kc_log_softmax(size_t rows, size_t count, const float *input, float *output);

enum kc_reduction {
    kc_reduce_sum,
    kc_reduce_product,
    kc_reduce_maximum,
    kc_reduce_minimum
};
// scale * reduction over the middle of [outer, count, inner]; the scale is for sums.
void kc_reduce(
    enum kc_reduction reduction, size_t outer, size_t count, size_t inner, float scale,
    const float *input, float *output);

// The first index of the greatest (or least) value along the middle of [outer, count, inner], as int32
// or, where wide, int64; NaN counts only where it comes first. count is not 0.
void kc_search(
    int is_minimum, size_t outer, size_t count, size_t inner, const float *input, int is_wide,
    void *output);

// The offsets of the pixels on both sides of a column of a resized image, and how far it is from the
// left one.
typedef struct {
    ptrdiff_t left, right;
    float fraction;
} kc_resize_column;
// One row of a resized image, `fraction` of the way from the row at `top` to the one at `bottom`.
void kc_bilinear(
    size_t columns, size_t channels, const kc_resize_column *column, const float *top,
    const float *bottom, float fraction, float *output);

// Copies rows of some bytes between places that do not overlap; the strides count bytes.
void kc_copy_rows(
    size_t rows, size_t bytes, const void *input, ptrdiff_t input_stride, void *output,
    ptrdiff_t output_stride);

// output[r * output_row + i * output_step] = input[r * input_row + i * input_step] for elements of 1, 2,
// 4 or 8 bytes, which all strides count.
void kc_copy_elements(
    size_t element_size, size_t rows, size_t count, const void *input, ptrdiff_t input_row,
    ptrdiff_t input_step, void *output, ptrdiff_t output_row, ptrdiff_t output_step);

// output[j * output_stride + i] = input[i * input_stride + j] * row_scale[i] * column_scale[j];
// a null scale is one.
typedef struct {
    size_t rows, columns;
    ptrdiff_t input_stride, output_stride;
    const float *row_scale, *column_scale;
} kc_transpose_shape;
void kc_transpose(kc_transpose_shape shape, const float *input, float *output);
// The same for several matrices, whose first elements lie a stride apart.
void kc_transpose_planes(
    kc_transpose_shape shape, size_t planes, ptrdiff_t input_plane, ptrdiff_t output_plane,
    const float *input, float *output);

#endif
