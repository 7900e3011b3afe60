#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

#include "integer_set.h"

// The best set of the processor, or a lesser one that the environment asks for: KCONVERT_SIMD is "baseline" or, on x86-64,
// "avx2".
static const integer_set *best_set(void) {
    const char *limit = getenv("KCONVERT_SIMD");
    if (limit && !strcmp(limit, "baseline")) return &kc_integer_baseline_set;
#if defined(__x86_64__)
    int avx2_at_most = limit && !strcmp(limit, "avx2");
    if (!avx2_at_most && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vnni"))
        return &kc_integer_vnni_set;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &kc_integer_avx2_set;
#elif defined(__aarch64__) && defined(__linux__)
    const unsigned long dot_products = 1ul << 20;
    if (getauxval(AT_HWCAP) & dot_products) return &kc_integer_dotprod_set;
#elif defined(__aarch64__) && defined(__APPLE__)
    return &kc_integer_dotprod_set;
#endif
    return &kc_integer_baseline_set;
}

static const integer_set *set(void) {
    static _Atomic(const integer_set *) chosen;
    const integer_set *known = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (known) return known;
    known = best_set();
    atomic_store_explicit(&chosen, known, memory_order_relaxed);
    return known;
}

size_t kc_integer_group(void) { return set()->group; }

size_t kc_integer_element_size(void) { return set()->element_size; }

size_t kc_integer_panel_width(void) { return set()->panel_width; }

size_t kc_integer_strip_block(void) { return set()->strip_block; }

int32_t kc_integer_correction(int32_t zero_point) { return set()->correction(zero_point); }

void kc_integer_widen(size_t count, const int8_t *input, int32_t zero_point, void *row) {
    set()->widen(count, input, zero_point, row);
}

void kc_integer_fill(size_t count, int32_t zero_point, void *row) {
    set()->fill(count, zero_point, row);
}

void kc_integer_pack(
    const int8_t *source, size_t depth, ptrdiff_t depth_stride, ptrdiff_t column_stride, size_t count,
    int32_t *panel) {
    set()->pack(source, depth, depth_stride, column_stride, count, panel);
}

size_t kc_integer_scaling_terms(
    size_t count, const kc_requantization *scaling, int64_t *terms) {
    return set()->scaling_terms(count, scaling, terms);
}

void kc_integer_gemm(const kc_integer_gemm_job *job) { set()->gemm(job); }

void kc_integer_depthwise(const kc_integer_window_job *job) { set()->depthwise(job); }

void kc_integer_strip(const kc_integer_strip_job *job) { set()->strip(job); }

void kc_integer_sum(
    size_t count, const kc_integer_pair *pair, const kc_requantization *scaling,
    int8_t *output) {
    set()->sum(count, pair, scaling, output);
}

void kc_integer_product(
    size_t count, const kc_integer_pair *pair, const kc_requantization *scaling,
    int8_t *output) {
    set()->product(count, pair, scaling, output);
}

void kc_integer_express(
    const kc_integer_expression *expression, const int32_t *sums, size_t rows, size_t columns,
    size_t output_step, float *output) {
    set()->express(expression, sums, rows, columns, output_step, output);
}

void kc_integer_range(size_t count, const float *input, float *least, float *greatest) {
    set()->range(count, input, least, greatest);
}

void kc_integer_round(
    size_t count, const float *input, float factor, int32_t zero_point, int32_t lower,
    int8_t *output) {
    set()->round(count, input, factor, zero_point, lower, output);
}

void kc_integer_round_row(
    size_t count, const float *input, float factor, int32_t zero_point, int32_t lower, void *row) {
    set()->round_row(count, input, factor, zero_point, lower, row);
}

void kc_integer_quantize(
    size_t count, const float *input, float scale, int32_t zero_point, int8_t *output) {
    set()->quantize(count, input, scale, zero_point, output);
}
