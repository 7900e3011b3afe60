#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "kernels_set.h"

// The best set of the processor, or a lesser one that the environment asks for: KCONVERT_SIMD is
// "baseline" or "avx2".
static const kernels_set *best_set(void) {
#if defined(__x86_64__)
    const char *limit = getenv("KCONVERT_SIMD");
    if (limit && !strcmp(limit, "baseline")) return &kernels_baseline_set;
    int avx2_at_most = limit && !strcmp(limit, "avx2");
    if (!avx2_at_most && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
        return &kernels_avx512_set;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &kernels_avx2_set;
#endif
    return &kernels_baseline_set;
}

static const kernels_set *set(void) {
    static _Atomic(const kernels_set *) chosen;
    const kernels_set *known = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (known) return known;
    known = best_set();
    atomic_store_explicit(&chosen, known, memory_order_relaxed);
    return known;
}

size_t kernels_panel_width(void) { return set()->panel_width(); }

void kernels_pack_panel(
    const float *source, size_t depth, ptrdiff_t depth_stride, ptrdiff_t column_stride,
    size_t count, size_t width, float *panel) {
    set()->pack_panel(source, depth, depth_stride, column_stride, count, width, panel);
}

void kernels_gemm(const kernels_gemm_job *job) { set()->gemm(job); }

void kernels_gemv(
    const float *input, const float *matrix, size_t inputs, size_t outputs, const float *bias,
    float lower, float upper, float *output) {
    set()->gemv(input, matrix, inputs, outputs, bias, lower, upper, output);
}

size_t kernels_vector_panel_width(void) { return set()->vector_panel_width(); }

void kernels_vector_product(
    const float *input, const float *panels, size_t depth, size_t columns, const float *bias,
    float lower, float upper, float *output) {
    set()->vector_product(input, panels, depth, columns, bias, lower, upper, output);
}

void kernels_depthwise(
    const kernels_window_job *job, const float *weights, const ptrdiff_t *weight_offsets,
    const float *bias) {
    set()->depthwise(job, weights, weight_offsets, bias);
}

void kernels_max_window(const kernels_window_job *job) { set()->max_window(job); }

void kernels_mean_window(const kernels_window_job *job, float scale) {
    set()->mean_window(job, scale);
}

void kernels_winograd_input(const kernels_winograd_tile *tile) { set()->winograd_input(tile); }

void kernels_winograd_filter(const kernels_winograd_tile *tile) { set()->winograd_filter(tile); }

void kernels_winograd_output(
    const kernels_winograd_tile *tile, const kernels_winograd_results *results) {
    set()->winograd_output(tile, results);
}

void kernels_unary(
    enum kernels_unary_function function, float a, float b, size_t count, const float *input,
    float *output) {
    set()->unary(function, a, b, count, input, output);
}

void kernels_binary(
    enum kernels_binary_function function, kernels_broadcast_shape shape, const float *a,
    const float *b, float *output) {
    set()->binary(function, shape, a, b, output);
}

void kernels_softmax(size_t rows, size_t count, float beta, const float *input, float *output) {
    set()->softmax(rows, count, beta, input, output);
}

void kernels_reduce(
    enum kernels_reduction reduction, size_t outer, size_t count, size_t inner, float scale,
    const float *input, float *output) {
    set()->reduce(reduction, outer, count, inner, scale, input, output);
}

void kernels_compare(
    enum kernels_comparison comparison, enum kernels_element element,
    kernels_broadcast_shape shape, const void *a, const void *b, uint8_t *output) {
    set()->compare(comparison, element, shape, a, b, output);
}

void kernels_select(
    size_t element_size, kernels_broadcast_shape shape, const uint8_t *condition, const void *a,
    const void *b, void *output) {
    set()->select(element_size, shape, condition, a, b, output);
}

int kernels_cast(
    enum kernels_element source, enum kernels_element target, size_t count, const void *input,
    void *output) {
    return set()->cast(source, target, count, input, output);
}

void kernels_log_softmax(size_t rows, size_t count, const float *input, float *output) {
    set()->log_softmax(rows, count, input, output);
}

void kernels_search(
    int is_minimum, size_t outer, size_t count, size_t inner, const float *input, int is_wide,
    void *output) {
    set()->search(is_minimum, outer, count, inner, input, is_wide, output);
}

void kernels_bilinear(
    size_t columns, size_t channels, const kernels_resize_column *column, const float *top,
    const float *bottom, float fraction, float *output) {
    set()->bilinear(columns, channels, column, top, bottom, fraction, output);
}

void kernels_transpose(kernels_transpose_shape shape, const float *input, float *output) {
    set()->transpose(&shape, 1, 0, 0, input, output);
}

void kernels_transpose_planes(
    kernels_transpose_shape shape, size_t planes, ptrdiff_t input_plane, ptrdiff_t output_plane,
    const float *input, float *output) {
    set()->transpose(&shape, planes, input_plane, output_plane, input, output);
}

void kernels_copy_rows(
    size_t rows, size_t bytes, const void *input, ptrdiff_t input_stride, void *output,
    ptrdiff_t output_stride) {
    set()->copy_rows(rows, bytes, input, input_stride, output, output_stride);
}

void kernels_copy_elements(
    size_t element_size, size_t rows, size_t count, const void *input, ptrdiff_t input_row,
    ptrdiff_t input_step, void *output, ptrdiff_t output_row, ptrdiff_t output_step) {
    set()->copy_elements(
        element_size, rows, count, input, input_row, input_step, output, output_row, output_step);
}
