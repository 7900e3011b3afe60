// Included once per instruction set with LANES (floats per vector), TILE_ROWS, TILE_VECTORS and
// NAME(x) defined.

#include <string.h>

// Before loops with constant bounds over arrays of vectors, so that these live in registers.
#define UNROLL _Pragma("clang loop unroll(full)")

#define INLINE static inline __attribute__((always_inline))

typedef float V __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int32_t I __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

INLINE V load(const float *p) { return *(const V *)p; }

INLINE void store(float *p, V v) { *(V *)p = v; }

// All bits of the first `count` lanes.
INLINE I part_mask(size_t count) {
#if LANES == 16
    const I lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
#elif LANES == 8
    const I lanes = {0, 1, 2, 3, 4, 5, 6, 7};
#else
    const I lanes = {0, 1, 2, 3};
#endif
    return (I)(lanes < (int32_t)count);
}

// The first `count` <= LANES floats, and zeros; nothing behind them is touched.
INLINE V load_part(const float *p, size_t count) {
#if defined(__x86_64__) && LANES == 16
    return (V)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), p);
#elif defined(__x86_64__) && LANES == 8
    return (V)_mm256_maskload_ps(p, (__m256i)part_mask(count));
#else
    V v = {0};
    memcpy(&v, p, count * sizeof(float));
    return v;
#endif
}

INLINE void store_part(float *p, V v, size_t count) {
#if defined(__x86_64__) && LANES == 16
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << count) - 1), (__m512)v);
#elif defined(__x86_64__) && LANES == 8
    _mm256_maskstore_ps(p, (__m256i)part_mask(count), (__m256)v);
#else
    memcpy(p, &v, count * sizeof(float));
#endif
}

// Whole vectors where the width is known to be LANES.
INLINE V load_width(const float *p, size_t width) {
    return width == LANES ? load(p) : load_part(p, width);
}

INLINE void store_width(float *p, V v, size_t width) {
    if (width == LANES)
        store(p, v);
    else
        store_part(p, v, width);
}

INLINE V splat(float x) { return x - (V){0}; }

INLINE V choose(I mask, V a, V b) { return (V)((mask & (I)a) | (~mask & (I)b)); }

INLINE V abs_vector(V x) { return (V)((I)x & 0x7fffffff); }

// The smaller one of x and the bound; NaN in x stays.
INLINE V at_most(V x, V bound) {
#if defined(__x86_64__) && LANES == 16
    return (V)_mm512_min_ps((__m512)bound, (__m512)x);
#elif defined(__x86_64__) && LANES == 8
    return (V)_mm256_min_ps((__m256)bound, (__m256)x);
#else
    return choose(x > bound, bound, x);
#endif
}

// The larger one of x and the bound; NaN in x stays.
INLINE V at_least(V x, V bound) {
#if defined(__x86_64__) && LANES == 16
    return (V)_mm512_max_ps((__m512)bound, (__m512)x);
#elif defined(__x86_64__) && LANES == 8
    return (V)_mm256_max_ps((__m256)bound, (__m256)x);
#else
    return choose(x < bound, bound, x);
#endif
}

// NaN in v stays.
INLINE V clamp(V v, V lower, V upper) { return at_most(at_least(v, lower), upper); }

// NaN in either operand wins.
INLINE V larger(V a, V b) { return choose((a > b) | (a != a), a, b); }

INLINE V smaller(V a, V b) { return choose((a < b) | (a != a), a, b); }

typedef float F4 __attribute__((vector_size(16), aligned(4), may_alias));

// Four sums that together add up the lanes.
INLINE F4 quad_sum(V v) {
#if LANES == 16
    return __builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7)
        + __builtin_shufflevector(v, v, 8, 9, 10, 11)
        + __builtin_shufflevector(v, v, 12, 13, 14, 15);
#elif LANES == 8
    return __builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7);
#else
    return (F4)v;
#endif
}

INLINE float lane_sum(V v) {
    F4 p = quad_sum(v);
    p += __builtin_shufflevector(p, p, 2, 3, 0, 1);
    return p[0] + p[1];
}

// The lane sums of four vectors.
INLINE F4 lane_sums(V a, V b, V c, V d) {
    F4 p = quad_sum(a), q = quad_sum(b), r = quad_sum(c), s = quad_sum(d);
    F4 pq = __builtin_shufflevector(p, q, 0, 4, 1, 5) + __builtin_shufflevector(p, q, 2, 6, 3, 7);
    F4 rs = __builtin_shufflevector(r, s, 0, 4, 1, 5) + __builtin_shufflevector(r, s, 2, 6, 3, 7);
    return __builtin_shufflevector(pq, rs, 0, 1, 4, 5) + __builtin_shufflevector(pq, rs, 2, 3, 6, 7);
}
