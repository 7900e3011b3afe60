// Vectors of LANES sums, and words of GROUP elements.

#define UNROLL _Pragma("clang loop unroll(full)")

#define INLINE static inline __attribute__((always_inline))

typedef int32_t I __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef uint32_t U __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int64_t L __attribute__((vector_size(LANES * 8), aligned(4), may_alias));
typedef float F __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int8_t B __attribute__((vector_size(LANES), aligned(1), may_alias));

// An element of a widened row: x + 128 for four to a word on x86-64, x for four on other processors, and x less its zero
// point for two to a word.
#if GROUP == 4 && defined(__x86_64__)
typedef uint8_t ROW;
enum { ROW_OFFSET = 128 };
#elif GROUP == 4
typedef int8_t ROW;
enum { ROW_OFFSET = 0 };
#else
typedef int16_t ROW;
#endif

INLINE I load(const int32_t *p) { return *(const I *)p; }

INLINE I load_words(const int32_t *p, size_t count) {
    if (count == LANES) return load(p);
#if defined(__x86_64__) && LANES == 16
    return (I)_mm512_maskz_loadu_epi32((__mmask16)((1u << count) - 1), p);
#else
    I words = {0};
    memcpy(&words, p, count * sizeof(int32_t));
    return words;
#endif
}

INLINE void store_words(int32_t *p, I words, size_t count) {
    if (count == LANES)
        *(I *)p = words;
    else
#if defined(__x86_64__) && LANES == 16
        _mm512_mask_storeu_epi32(p, (__mmask16)((1u << count) - 1), (__m512i)words);
#else
        memcpy(p, &words, count * sizeof(int32_t));
#endif
}

INLINE F load_floats(const float *p, size_t count) {
    return (F)load_words((const int32_t *)p, count);
}

INLINE I splat(int32_t x) { return x - (I){0}; }

// sums + the inner products of the elements in the words.
INLINE I dot(I sums, I row, I weights) {
#if GROUP == 4 && defined(__x86_64__)
    return (I)_mm512_dpbusd_epi32((__m512i)sums, (__m512i)row, (__m512i)weights);
#elif GROUP == 4
    return (I)vdotq_s32((int32x4_t)sums, (int8x16_t)row, (int8x16_t)weights);
#elif defined(__x86_64__) && LANES == 8
    return sums + (I)_mm256_madd_epi16((__m256i)row, (__m256i)weights);
#elif defined(__x86_64__)
    return sums + (I)_mm_madd_epi16((__m128i)row, (__m128i)weights);
#elif defined(__aarch64__)
    int32x4_t low = vmull_s16(vget_low_s16((int16x8_t)row), vget_low_s16((int16x8_t)weights));
    int32x4_t high = vmull_high_s16((int16x8_t)row, (int16x8_t)weights);
    return sums + (I)vpaddq_s32(low, high);
#else
    I low = ((row << 16) >> 16) * ((weights << 16) >> 16);
    return sums + low + (row >> 16) * (weights >> 16);
#endif
}

// The product of numbers of 16 bits in lanes of 32; the upper half of each lane of b is 0.
INLINE I narrow_product(I a, I b) {
#if defined(__x86_64__) && LANES == 16
    return (I)_mm512_madd_epi16((__m512i)a, (__m512i)b);
#elif defined(__x86_64__) && LANES == 8
    return (I)_mm256_madd_epi16((__m256i)a, (__m256i)b);
#elif defined(__x86_64__)
    return (I)_mm_madd_epi16((__m128i)a, (__m128i)b);
#else
    return a * ((b << 16) >> 16);
#endif
}

INLINE I lesser(I a, I b) {
    I mask = (I)(a < b);
    return (a & mask) | (b & ~mask);
}

INLINE I greater(I a, I b) {
    I mask = (I)(a > b);
    return (a & mask) | (b & ~mask);
}

// a * b / 2^31, halves up.
INLINE I high_product(I a, I b) {
#if defined(__x86_64__) && LANES == 16
    __m512i x = (__m512i)a, y = (__m512i)b, half = _mm512_set1_epi64(1 << 30);
    __m512i even = _mm512_add_epi64(_mm512_mul_epi32(x, y), half);
    __m512i odd = _mm512_add_epi64(
        _mm512_mul_epi32(_mm512_srli_epi64(x, 32), _mm512_srli_epi64(y, 32)), half);
    return (I)_mm512_mask_blend_epi32(
        0xaaaa, _mm512_srli_epi64(even, 31), _mm512_slli_epi64(odd, 1));
#elif defined(__x86_64__) && LANES == 8
    __m256i x = (__m256i)a, y = (__m256i)b, half = _mm256_set1_epi64x(1 << 30);
    __m256i even = _mm256_add_epi64(_mm256_mul_epi32(x, y), half);
    __m256i odd = _mm256_add_epi64(
        _mm256_mul_epi32(_mm256_srli_epi64(x, 32), _mm256_srli_epi64(y, 32)), half);
    return (I)_mm256_blend_epi32(_mm256_srli_epi64(even, 31), _mm256_slli_epi64(odd, 1), 0xaa);
#elif defined(__aarch64__)
    return (I)vqrdmulhq_s32((int32x4_t)a, (int32x4_t)b);
#else
    typedef uint64_t UL __attribute__((vector_size(LANES * 8), aligned(4), may_alias));
    L product = __builtin_convertvector(a, L) * __builtin_convertvector(b, L);
    return __builtin_convertvector((L)(((UL)product + (1ull << 30)) >> 31), I);
#endif
}
