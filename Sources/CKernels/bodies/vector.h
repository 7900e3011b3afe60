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

INLINE V load_part(const float *p, size_t count) {
    V v = {0};
    memcpy(&v, p, count * sizeof(float));
    return v;
}

INLINE void store_part(float *p, V v, size_t count) { memcpy(p, &v, count * sizeof(float)); }

INLINE V splat(float x) { return x - (V){0}; }

INLINE V choose(I mask, V a, V b) { return (V)((mask & (I)a) | (~mask & (I)b)); }

// NaN in v stays.
INLINE V clamp(V v, V lower, V upper) {
    v = choose(v < lower, lower, v);
    return choose(v > upper, upper, v);
}

// NaN in either operand wins.
INLINE V larger(V a, V b) { return choose((a > b) | (a != a), a, b); }

INLINE V smaller(V a, V b) { return choose((a < b) | (a != a), a, b); }

INLINE float lane_sum(V v) {
    float part[LANES];
    store(part, v);
    for (int width = LANES / 2; width > 0; width /= 2)
        for (int i = 0; i < width; i++) part[i] += part[i + width];
    return part[0];
}
