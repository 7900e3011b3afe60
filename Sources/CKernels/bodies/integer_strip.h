// Depthwise convolution of widened rows: bytes of four taps are joined to words for dot products.

#if GROUP == 4
// Elements that are computed together, in four vectors of sums. Vector v holds, for each quarter of 16 elements, the
// elements 4v to 4v + 3.
enum { BLOCK = 4 * LANES };

INLINE void join_taps(const ROW *a, const ROW *b, const ROW *c, const ROW *d, I *words) {
#if defined(__x86_64__)
    __m512i first = _mm512_loadu_si512(a), second = _mm512_loadu_si512(b);
    __m512i third = _mm512_loadu_si512(c), fourth = _mm512_loadu_si512(d);
    __m512i low = _mm512_unpacklo_epi8(first, second), high = _mm512_unpackhi_epi8(first, second);
    __m512i low2 = _mm512_unpacklo_epi8(third, fourth), high2 = _mm512_unpackhi_epi8(third, fourth);
    words[0] = (I)_mm512_unpacklo_epi16(low, low2);
    words[1] = (I)_mm512_unpackhi_epi16(low, low2);
    words[2] = (I)_mm512_unpacklo_epi16(high, high2);
    words[3] = (I)_mm512_unpackhi_epi16(high, high2);
#else
    int8x16_t first = vld1q_s8(a), second = vld1q_s8(b), third = vld1q_s8(c), fourth = vld1q_s8(d);
    int16x8_t low = (int16x8_t)vzip1q_s8(first, second), high = (int16x8_t)vzip2q_s8(first, second);
    int16x8_t low2 = (int16x8_t)vzip1q_s8(third, fourth), high2 = (int16x8_t)vzip2q_s8(third, fourth);
    words[0] = (I)vzip1q_s16(low, low2);
    words[1] = (I)vzip2q_s16(low, low2);
    words[2] = (I)vzip1q_s16(high, high2);
    words[3] = (I)vzip2q_s16(high, high2);
#endif
}

INLINE void store_block(
    const I *scaled, const kc_requantization *scaling, int8_t *target, size_t count) {
#if defined(__x86_64__)
    __m512i all = limited_quarters(scaled, scaling);
    if (count == BLOCK)
        _mm512_storeu_si512(target, all);
    else
        _mm512_mask_storeu_epi8(target, (1ull << count) - 1, all);
#else
    int16x8_t low = vcombine_s16(vqmovn_s32((int32x4_t)scaled[0]), vqmovn_s32((int32x4_t)scaled[1]));
    int16x8_t high = vcombine_s16(vqmovn_s32((int32x4_t)scaled[2]), vqmovn_s32((int32x4_t)scaled[3]));
    int8x16_t all = vcombine_s8(vqmovn_s16(low), vqmovn_s16(high));
    all = vmaxq_s8(all, vdupq_n_s8((int8_t)scaling->lower));
    all = vminq_s8(all, vdupq_n_s8((int8_t)scaling->upper));
    if (count == BLOCK)
        vst1q_s8(target, all);
    else
        memcpy(target, &all, count);
#endif
}

INLINE void strip_block(
    const kc_integer_strip_job *job, const ROW *input, size_t block, int8_t *target,
    size_t count) {
    const size_t first = block * BLOCK;
    const int32_t *weights = job->weights + first * job->tap_groups;
    I sums[4], scaled[4];
    UNROLL
    for (int v = 0; v < 4; v++) sums[v] = load(job->offsets + first + v * LANES);
    for (size_t g = 0; g < job->tap_groups; g++, weights += BLOCK) {
        const ptrdiff_t *taps = job->tap_offsets + 4 * g;
        I words[4];
        join_taps(input + taps[0], input + taps[1], input + taps[2], input + taps[3], words);
        UNROLL
        for (int v = 0; v < 4; v++) sums[v] = dot(sums[v], words[v], load(weights + v * LANES));
    }
    const size_t channels[4] = {first, first + LANES, first + 2 * LANES, first + 3 * LANES};
    scale_four(sums, job->scaling, channels, scaled);
    store_block(scaled, job->scaling, target, count);
}

static void NAME(strip)(const kc_integer_strip_job *job) {
    for (size_t p = 0; p < job->pixels; p++) {
        const ROW *input = (const ROW *)job->input + (ptrdiff_t)p * job->input_step;
        int8_t *output = job->output + (ptrdiff_t)p * job->output_step;
        size_t block = 0, i = 0;
        for (; i + BLOCK <= job->count; i += BLOCK) {
            strip_block(job, input + i, block, output + i, BLOCK);
            block = block + 1 < job->blocks ? block + 1 : 0;
        }
        if (i < job->count) strip_block(job, input + i, block, output + i, job->count - i);
    }
}
#else
enum { BLOCK = 0 };

static void NAME(strip)(const kc_integer_strip_job *job) { (void)job; }
#endif
