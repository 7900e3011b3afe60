// How sums become elements.

// x * mantissa / 2^31, halves up, then divided by 2^right, halves away from 0.
INLINE I rescale(I x, I mantissa, I left, I right) {
    I high = high_product((I)((U)x << (U)left), mantissa);
#if defined(__aarch64__)
    int32x4_t places = vnegq_s32((int32x4_t)right);
    int32x4_t negative = vshrq_n_s32(vandq_s32((int32x4_t)high, places), 31);
    return (I)vrshlq_s32(vqaddq_s32((int32x4_t)high, negative), places);
#else
    I mask = (I)(((U)splat(1) << (U)right) - 1);
    I threshold = (mask >> 1) - (I)(high < 0);
    return (high >> right) - (I)((high & mask) > threshold);
#endif
}

// Both roundings and the zero point are one addition to the product of 64 bits: with h = 2^30, the quotient by 2^31 is
// floor(p + h), the one by 2^right of that floor(q + 2^(right - 1)), less 1 for q < 0, and floors of floors are floors.
#if defined(__x86_64__) && LANES == 16
enum { TERMS = 6 };

typedef struct {
    __m512i even, odd, even_sum, odd_sum, even_shift, odd_shift;
} scale_terms;

INLINE scale_terms load_terms(const int64_t *terms, size_t channel) {
    const int64_t *p = terms + channel / 16 * TERMS * 8;
    return (scale_terms){
        _mm512_loadu_si512(p), _mm512_loadu_si512(p + 8), _mm512_loadu_si512(p + 16),
        _mm512_loadu_si512(p + 24), _mm512_loadu_si512(p + 32), _mm512_loadu_si512(p + 40)};
}

// The same factor for all lanes; `right` is 1 to 20.
INLINE scale_terms equal_terms(int32_t mantissa, int32_t right, int32_t zero_point) {
    int64_t sum =
        (1ll << 30) + (1ll << (30 + right)) + ((int64_t)zero_point << (31 + right));
    __m512i factor = _mm512_set1_epi64(mantissa), sums = _mm512_set1_epi64(sum);
    return (scale_terms){
        factor, factor, sums, sums, _mm512_set1_epi64(31 + right), _mm512_set1_epi64(right - 1)};
}

// The intrinsic function may become a product of 64 bits, which is three times as slow.
INLINE __m512i even_products(__m512i a, __m512i b) {
    __m512i products;
    __asm__("vpmuldq %2, %1, %0" : "=v"(products) : "v"(a), "v"(b));
    return products;
}

INLINE I scale(I sums, const scale_terms *terms) {
    // 2h, the 1 that the quotient of a negative sum is less.
    const __m512i sign = _mm512_set1_epi64(1ll << 31);
    __m512i x = (__m512i)sums, y = _mm512_srli_epi64(x, 32);
    __m512i even = _mm512_sub_epi64(terms->even_sum, _mm512_and_si512(x, sign));
    __m512i odd = _mm512_sub_epi64(terms->odd_sum, _mm512_and_si512(y, sign));
    even = _mm512_add_epi64(even, even_products(x, terms->even));
    odd = _mm512_add_epi64(odd, even_products(y, terms->odd));
    return (I)_mm512_mask_blend_epi32(
        0xaaaa, _mm512_srav_epi64(even, terms->even_shift),
        _mm512_srav_epi64(odd, terms->odd_shift));
}

static size_t NAME(scaling_terms)(
    size_t count, const kc_requantization *scaling, int64_t *terms) {
    for (size_t c = 0; c < count; c++) {
        int32_t mantissa = scaling->mantissas[c], right = scaling->right_shifts[c];
        if (mantissa < 0 || scaling->left_shifts[c] > 0 || (mantissa && right < 1) || right > 20)
            return 0;
        right = mantissa ? right : 1;
        int64_t *p = terms + c / 16 * TERMS * 8 + c % 2 * 8 + c % 16 / 2;
        p[0] = mantissa;
        p[16] = (1ll << 30) + (1ll << (30 + right)) + ((int64_t)scaling->zero_point << (31 + right));
        p[32] = c % 2 ? right - 1 : right + 31;
    }
    return count;
}
#else
static size_t NAME(scaling_terms)(
    size_t count, const kc_requantization *scaling, int64_t *terms) {
    (void)count;
    (void)scaling;
    (void)terms;
    return 0;
}
#endif

// The scaled sums of LANES channels from `channel` on, with the zero point.
INLINE I scale_channels(I sums, const kc_requantization *scaling, size_t channel) {
    I scaled = rescale(
        sums, load(scaling->mantissas + channel), load(scaling->left_shifts + channel),
        load(scaling->right_shifts + channel));
    return (I)((U)scaled + (U)splat(scaling->zero_point));
}

INLINE B limited(I scaled, const kc_requantization *scaling) {
#if defined(__x86_64__) && LANES == 16
    __m128i bytes = _mm512_cvtsepi32_epi8((__m512i)scaled);
    bytes = _mm_max_epi8(bytes, _mm_set1_epi8((char)scaling->lower));
    return (B)_mm_min_epi8(bytes, _mm_set1_epi8((char)scaling->upper));
#else
    scaled = lesser(greater(scaled, splat(scaling->lower)), splat(scaling->upper));
    return __builtin_convertvector(scaled, B);
#endif
}

// The elements for the sums of LANES channels from `channel` on.
INLINE B requantize(I sums, const kc_requantization *scaling, size_t channel) {
    return limited(scale_channels(sums, scaling, channel), scaling);
}

INLINE void store_bytes(int8_t *p, B bytes, size_t count) {
    if (count == LANES)
        *(B *)p = bytes;
    else
#if defined(__x86_64__) && LANES == 16
        _mm_mask_storeu_epi8(p, (__mmask16)((1u << count) - 1), (__m128i)bytes);
#else
        memcpy(p, &bytes, count);
#endif
}

// Four vectors of sums of any channels, scaled.
INLINE void scale_four(
    const I *sums, const kc_requantization *scaling, const size_t *channels, I *scaled) {
#if defined(__x86_64__) && LANES == 16
    if (scaling->terms) {
        UNROLL
        for (int i = 0; i < 4; i++) {
            scale_terms terms = load_terms(scaling->terms, channels[i]);
            scaled[i] = scale(sums[i], &terms);
        }
        return;
    }
#endif
    UNROLL
    for (int i = 0; i < 4; i++) scaled[i] = scale_channels(sums[i], scaling, channels[i]);
}

#if defined(__x86_64__) && LANES == 16
// Each quarter has four elements of a, then of b, c and d, within the limits.
INLINE __m512i limited_quarters(const I *scaled, const kc_requantization *scaling) {
    __m512i low = _mm512_packs_epi32((__m512i)scaled[0], (__m512i)scaled[1]);
    __m512i high = _mm512_packs_epi32((__m512i)scaled[2], (__m512i)scaled[3]);
    __m512i all = _mm512_packs_epi16(low, high);
    all = _mm512_max_epi8(all, _mm512_set1_epi8((char)scaling->lower));
    return _mm512_min_epi8(all, _mm512_set1_epi8((char)scaling->upper));
}
#endif

// Writes four scaled vectors to places of their own.
INLINE void store_four(
    const I *scaled, const kc_requantization *scaling, int8_t *const *targets, size_t count) {
#if defined(__x86_64__) && LANES == 16
    const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    __m512i all = _mm512_permutexvar_epi32(order, limited_quarters(scaled, scaling));
    store_bytes(targets[0], (B)_mm512_castsi512_si128(all), count);
    store_bytes(targets[1], (B)_mm512_extracti32x4_epi32(all, 1), count);
    store_bytes(targets[2], (B)_mm512_extracti32x4_epi32(all, 2), count);
    store_bytes(targets[3], (B)_mm512_extracti32x4_epi32(all, 3), count);
#else
    UNROLL
    for (int i = 0; i < 4; i++) store_bytes(targets[i], limited(scaled[i], scaling), count);
#endif
}
