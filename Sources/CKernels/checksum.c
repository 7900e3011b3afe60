#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

// Remainders of powers of x modulo the polynomial of CRC-32, bits reversed: what 64 bits become that move by 2048, 512 or 128 bits.
#define BY_2048 _mm_set_epi64x(0x1322D1430, 0x11542778A)
#define BY_512 _mm_set_epi64x(0x1C6E41596, 0x154442BD4)
#define BY_128 _mm_set_epi64x(0x0CCAA009E, 0x1751997D0)

__attribute__((target("pclmul,sse4.1"))) static inline __m128i moved(__m128i sum, __m128i distance) {
    return _mm_xor_si128(
        _mm_clmulepi64_si128(sum, distance, 0x00), _mm_clmulepi64_si128(sum, distance, 0x11));
}

__attribute__((target("pclmul,sse4.1"))) static size_t fold(
    const uint8_t *bytes, size_t count, uint32_t state, uint8_t *folded) {
    enum { lanes = 4, width = 16, stride = lanes * width };
    __m128i sums[lanes];
    for (int i = 0; i < lanes; i++) sums[i] = _mm_loadu_si128((const __m128i *)(bytes + i * width));
    sums[0] = _mm_xor_si128(sums[0], _mm_cvtsi32_si128((int)state));
    size_t done = stride;
    for (; count - done >= stride; done += stride)
        for (int i = 0; i < lanes; i++)
            sums[i] = _mm_xor_si128(
                moved(sums[i], BY_512),
                _mm_loadu_si128((const __m128i *)(bytes + done + i * width)));
    for (int i = 1; i < lanes; i++) sums[i] = _mm_xor_si128(sums[i], moved(sums[i - 1], BY_128));
    memcpy(folded, &sums[lanes - 1], width);
    return done;
}

// As `fold`, with four times as many bytes at a time; what they leave is folded once more.
__attribute__((target("vpclmulqdq,avx512f,pclmul,sse4.1"))) static size_t fold_wide(
    const uint8_t *bytes, size_t count, uint32_t state, uint8_t *folded) {
    enum { lanes = 4, width = 64, stride = lanes * width };
    const __m512i distance = _mm512_broadcast_i32x4(BY_2048);
    __m512i sums[lanes];
    for (int i = 0; i < lanes; i++) sums[i] = _mm512_loadu_si512(bytes + i * width);
    sums[0] = _mm512_xor_si512(sums[0], _mm512_zextsi128_si512(_mm_cvtsi32_si128((int)state)));
    size_t done = stride;
    for (; count - done >= stride; done += stride)
        for (int i = 0; i < lanes; i++)
            sums[i] = _mm512_xor_si512(
                _mm512_xor_si512(
                    _mm512_clmulepi64_epi128(sums[i], distance, 0x00),
                    _mm512_clmulepi64_epi128(sums[i], distance, 0x11)),
                _mm512_loadu_si512(bytes + done + i * width));
    uint8_t rest[stride];
    memcpy(rest, sums, stride);
    fold(rest, stride, 0, folded);
    return done;
}

size_t kc_crc32_fold(const uint8_t *bytes, size_t count, uint32_t state, uint8_t *folded) {
    if (count >= 512 && __builtin_cpu_supports("vpclmulqdq") && __builtin_cpu_supports("avx512f"))
        return fold_wide(bytes, count, state, folded);
    if (count < 64 || !__builtin_cpu_supports("pclmul") || !__builtin_cpu_supports("sse4.1")) return 0;
    return fold(bytes, count, state, folded);
}
#else
size_t kc_crc32_fold(const uint8_t *bytes, size_t count, uint32_t state, uint8_t *folded) {
    (void)bytes, (void)count, (void)state, (void)folded;
    return 0;
}
#endif
