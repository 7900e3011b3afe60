#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "kernels_set.h"

// The best set of the processor, or a lesser one that the environment asks for: KCONVERT_SIMD is
// "baseline" or "avx2".
static const kc_set *best_set(void) {
#if defined(__x86_64__)
    const char *limit = getenv("KCONVERT_SIMD");
    if (limit && !strcmp(limit, "baseline")) return &kc_baseline_set;
    int avx2_at_most = limit && !strcmp(limit, "avx2");
    if (!avx2_at_most && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
        return &kc_avx512_set;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &kc_avx2_set;
#endif
    return &kc_baseline_set;
}

static const kc_set *set(void) {
    static _Atomic(const kc_set *) chosen;
    const kc_set *known = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (known) return known;
    known = best_set();
    atomic_store_explicit(&chosen, known, memory_order_relaxed);
    return known;
}

size_t kc_panel_width(void) { return set()->panel_width(); }

void kc_pack_panel(
    const float *source, size_t depth, ptrdiff_t depth_stride, ptrdiff_t column_stride,
    size_t count, size_t width, float *panel) {
    set()->pack_panel(source, depth, depth_stride, column_stride, count, width, panel);
}

void kc_gemm(const kc_gemm_job *job) { set()->gemm(job); }

void kc_gemv(
    const float *input, const float *matrix, size_t inputs, size_t outputs, const float *bias,
    float lower, float upper, float *output) {
    set()->gemv(input, matrix, inputs, outputs, bias, lower, upper, output);
}

size_t kc_vector_panel_width(void) { return set()->vector_panel_width(); }

void kc_vector_product(
    const float *input, const float *panels, size_t depth, size_t columns, const float *bias,
    float lower, float upper, float *output) {
    set()->vector_product(input, panels, depth, columns, bias, lower, upper, output);
}

void kc_depthwise(
    const kc_window_job *job, const float *weights, const ptrdiff_t *weight_offsets,
    const float *bias) {
    set()->depthwise(job, weights, weight_offsets, bias);
}

void kc_max_window(const kc_window_job *job) { set()->max_window(job); }

void kc_mean_window(const kc_window_job *job, float scale) {
    set()->mean_window(job, scale);
}

void kc_winograd_input(const kc_winograd_tile *tile) { set()->winograd_input(tile); }

void kc_winograd_filter(const kc_winograd_tile *tile) { set()->winograd_filter(tile); }

void kc_winograd_output(
    const kc_winograd_tile *tile, const kc_winograd_results *results) {
    set()->winograd_output(tile, results);
}

void kc_unary(
    enum kc_unary_function function, float a, float b, size_t count, const float *input,
    float *output) {
    set()->unary(function, a, b, count, input, output);
}

void kc_binary(
    enum kc_binary_function function, kc_broadcast_shape shape, const float *a,
    const float *b, float *output) {
    set()->binary(function, shape, a, b, output);
}

void kc_softmax(size_t rows, size_t count, float beta, const float *input, float *output) {
    set()->softmax(rows, count, beta, input, output);
}

void kc_reduce(
    enum kc_reduction reduction, size_t outer, size_t count, size_t inner, float scale,
    const float *input, float *output) {
    set()->reduce(reduction, outer, count, inner, scale, input, output);
}

void kc_compare(
    enum kc_comparison comparison, enum kc_element element,
    kc_broadcast_shape shape, const void *a, const void *b, uint8_t *output) {
    set()->compare(comparison, element, shape, a, b, output);
}

void kc_select(
    size_t element_size, kc_broadcast_shape shape, const uint8_t *condition, const void *a,
    const void *b, void *output) {
    set()->select(element_size, shape, condition, a, b, output);
}

int kc_cast(
    enum kc_element source, enum kc_element target, size_t count, const void *input,
    void *output) {
    return set()->cast(source, target, count, input, output);
}

void kc_log_softmax(size_t rows, size_t count, const float *input, float *output) {
    set()->log_softmax(rows, count, input, output);
}

void kc_search(
    int is_minimum, size_t outer, size_t count, size_t inner, const float *input, int is_wide,
    void *output) {
    set()->search(is_minimum, outer, count, inner, input, is_wide, output);
}

void kc_bilinear(
    size_t columns, size_t channels, const kc_resize_column *column, const float *top,
    const float *bottom, float fraction, float *output) {
    set()->bilinear(columns, channels, column, top, bottom, fraction, output);
}

void kc_transpose(kc_transpose_shape shape, const float *input, float *output) {
    set()->transpose(&shape, 1, 0, 0, input, output);
}

void kc_transpose_planes(
    kc_transpose_shape shape, size_t planes, ptrdiff_t input_plane, ptrdiff_t output_plane,
    const float *input, float *output) {
    set()->transpose(&shape, planes, input_plane, output_plane, input, output);
}

void kc_copy_rows(
    size_t rows, size_t bytes, const void *input, ptrdiff_t input_stride, void *output,
    ptrdiff_t output_stride) {
    set()->copy_rows(rows, bytes, input, input_stride, output, output_stride);
}

void kc_copy_elements(
    size_t element_size, size_t rows, size_t count, const void *input, ptrdiff_t input_row,
    ptrdiff_t input_step, void *output, ptrdiff_t output_row, ptrdiff_t output_step) {
    set()->copy_elements(
        element_size, rows, count, input, input_row, input_step, output, output_row, output_step);
}
