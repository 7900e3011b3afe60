#ifndef KCONVERT_CKERNELS_H
#define KCONVERT_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

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
    kernels_swish
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
    kernels_prelu
};
// Two innermost dimensions of a broadcast: a_step and b_step are 0 or 1.
typedef struct {
    size_t rows, count;
    ptrdiff_t a_row, b_row;
    int a_step, b_step;
} kernels_binary_shape;
void kernels_binary(
    enum kernels_binary_function function, kernels_binary_shape shape, const float *a,
    const float *b, float *output);

// exp(beta * (x - max x)) / sum over each row.
void kernels_softmax(size_t rows, size_t count, float beta, const float *input, float *output);

enum kernels_reduction { kernels_reduce_sum, kernels_reduce_maximum, kernels_reduce_minimum };
// scale * reduction over the middle of [outer, count, inner]; the scale is for sums.
void kernels_reduce(
    enum kernels_reduction reduction, size_t outer, size_t count, size_t inner, float scale,
    const float *input, float *output);

// output[j * output_stride + i] = input[i * input_stride + j] * row_scale[i] * column_scale[j];
// a null scale is one.
typedef struct {
    size_t rows, columns;
    ptrdiff_t input_stride, output_stride;
    const float *row_scale, *column_scale;
} kernels_transpose_shape;
void kernels_transpose(kernels_transpose_shape shape, const float *input, float *output);

#endif
