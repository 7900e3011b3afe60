#ifndef KCONVERT_INTEGER_KERNELS_H
#define KCONVERT_INTEGER_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// The inner loops of the fast integer kernels. Sums wrap at 32 bits, so that the order of additions does not matter and
// all instruction sets give the same results.
//
// Rows of 8-bit elements are widened to what the dot products of the instruction set take: words of 32 bits with two or
// four elements each.

// How sums become elements: a mantissa of 31 bits and shifts to the left before and to the right after it, for each
// channel; then the zero point is added and the result limited.
typedef struct {
    const int32_t *mantissas, *left_shifts, *right_shifts;
    int32_t zero_point, lower, upper;
    const int64_t *terms;  // of `kc_integer_scaling_terms`, or null
} kc_requantization;

// Writes what a fast form of the scaling of `count` channels, a multiple of 16, needs, 3 numbers for each channel; returns 0 if
// the processor or the shifts have no such form.
size_t kc_integer_scaling_terms(
    size_t count, const kc_requantization *scaling, int64_t *terms);

// Elements in a word of a widened row, and bytes of an element.
size_t kc_integer_group(void);
size_t kc_integer_element_size(void);
// Columns of one packed panel.
size_t kc_integer_panel_width(void);
// What has to be taken from the sums of a column for each unit of its weights.
int32_t kc_integer_correction(int32_t zero_point);
// Widens elements, or writes as many elements that stand for 0.
void kc_integer_widen(size_t count, const int8_t *input, int32_t zero_point, void *row);
void kc_integer_fill(size_t count, int32_t zero_point, void *row);

// Packs columns [first, first + count) of weights, of which element k of column j is
// source[k * depth_stride + j * column_stride], into a panel of words [ceil(depth / group)][width].
void kc_integer_pack(
    const int8_t *source, size_t depth, ptrdiff_t depth_stride, ptrdiff_t column_stride, size_t count,
    int32_t *panel);

// What sums stand for: (sum - corrections[row] * column_sums[column]) * row_factors[row] * factors[column] + bias[column], limited.
// The factors are multiplied with each other first, or with the sum one after the other. Column sums, factors and bias may be
// null, for 0, 1 and 0.
typedef struct {
    const int32_t *corrections;
    const float *row_factors;
    size_t row_step;  // 0 if the first elements of both are those of all rows, else 1
    const int32_t *column_sums;
    const float *factors, *bias;
    int factor_first;
    float lower, upper;
} kc_integer_expression;

// Sum j of row i is offsets[j] + sum over taps t and k of rows[i][tap_offsets[t] + k] * weights[t][k][j].
//
// Offsets and the arrays of the scaling reach up to the end of the last panel.
typedef struct {
    const void *const *rows;
    size_t row_count;
    const ptrdiff_t *tap_offsets;  // in elements
    size_t tap_count;
    size_t tap_words;
    const int32_t *panels;  // panels of [tap_count][tap_words][width]
    size_t columns;
    const int32_t *offsets;
    const kc_requantization *scaling;  // null if sums or floats are wanted
    int8_t *const *outputs;
    const kc_integer_expression *expression;  // null if sums are wanted
    float *const *floats;
    int32_t *const *sums;
} kc_integer_gemm_job;
void kc_integer_gemm(const kc_integer_gemm_job *job);

// A run of output pixels whose windows all have the same taps; channels are independent.
typedef struct {
    const int8_t *input;
    ptrdiff_t input_step;
    int8_t *output;
    ptrdiff_t output_step;
    size_t pixels, channels;
    const ptrdiff_t *tap_offsets, *weight_offsets;
    size_t taps;
    // Where the taps come in rows of `row_taps` neighbouring pixels and windows are `row_step` pixels apart; 0 where they
    // do not.
    size_t row_taps, row_step;
    const int8_t *weights;
    const int32_t *bias;
    int32_t zero_point;  // of the input
    const kc_requantization *scaling;  // null if sums are wanted
    int32_t *sums;
} kc_integer_window_job;
// Results are `output_step` elements or sums apart.
void kc_integer_depthwise(const kc_integer_window_job *job);

// Elements that `kc_integer_strip` computes together; 0 if the processor has no such form. In a block of B they are in
// the order of B / 4 places for each v from 0 to 3, of which place p is the element 16 * (p / 4) + 4 * v + p % 4.
size_t kc_integer_strip_block(void);

// Depthwise convolution of widened rows, in which up to 64 bytes behind the last element can be read. Element i of a pixel
// belongs to block i / B, modulo `blocks`.
typedef struct {
    const void *input;
    size_t pixels, count;  // elements of a pixel
    ptrdiff_t input_step, output_step;
    const ptrdiff_t *tap_offsets;  // in elements, four for each group
    size_t tap_groups, blocks;
    const int32_t *weights;  // [blocks][tap_groups][B] words of four taps
    const int32_t *offsets;  // [blocks][B], what sums start with
    const kc_requantization *scaling;  // [blocks][B]
    int8_t *output;
} kc_integer_strip_job;
void kc_integer_strip(const kc_integer_strip_job *job);

// Two operands and what each is multiplied with.
typedef struct {
    const int8_t *a, *b;
    int a_step, b_step;  // 0 or 1
    int32_t a_zero_point, b_zero_point;
    int32_t shift;  // to the left before the multipliers
    int32_t a_mantissa, a_right_shift, b_mantissa, b_right_shift;
    int subtracts;
} kc_integer_pair;
// The scaled sum or difference of both operands, each multiplied with its mantissa; the arrays of the scaling have one element.
void kc_integer_sum(
    size_t count, const kc_integer_pair *pair, const kc_requantization *scaling,
    int8_t *output);
// The scaled product of both operands.
void kc_integer_product(
    size_t count, const kc_integer_pair *pair, const kc_requantization *scaling,
    int8_t *output);

// Writes what sums, `[rows, columns]`, stand for; rows of the output are `output_step` floats apart.
void kc_integer_express(
    const kc_integer_expression *expression, const int32_t *sums, size_t rows, size_t columns,
    size_t output_step, float *output);

// The least and the greatest of some floats and 0; the greatest is NaN if one of them is not finite.
void kc_integer_range(size_t count, const float *input, float *least, float *greatest);
// input * factor, rounded half away from 0, + zero_point, limited to [lower, 127].
void kc_integer_round(
    size_t count, const float *input, float factor, int32_t zero_point, int32_t lower,
    int8_t *output);
// Writes the same integers as elements of a widened row, whose zero point is `zero_point`.
void kc_integer_round_row(
    size_t count, const float *input, float factor, int32_t zero_point, int32_t lower, void *row);
// input / scale, rounded half away from 0, + zero_point, limited to 8 bits; the zero point for NaN.
void kc_integer_quantize(
    size_t count, const float *input, float scale, int32_t zero_point, int8_t *output);

#endif
