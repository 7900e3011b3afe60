// Beyond this the distance to a multiple of pi takes more than the four constants.
#define ANGLE_LIMIT 16384.0f

// Sines or cosines, from libm, in place of the results of the large angles.
static __attribute__((noinline)) void NAME(large_angles)(
    const int is_cosine, const float *angles, float *results) {
    for (int i = 0; i < LANES; i++)
        if (__builtin_fabsf(angles[i]) > ANGLE_LIMIT)
            results[i] = (float)(is_cosine ? cos(angles[i]) : sin(angles[i]));
}

// (sin(r) - r) / r^3 for |r| <= pi / 2 is a minimax polynomial: the sum is within 5e-9 of r.
// The sign is that of r, also where r is -0.
INLINE V sin_small(V r) {
    V y = r * r;
    V p = splat(2.6087896003446076e-06f);
    p = p * y + -0.0001981105306185782f;
    p = p * y + 0.008333087898790836f;
    p = p * y + -0.16666659712791443f;
    return (V)((I)(r + r * (y * p)) | ((I)r & (int32_t)0x80000000));
}

INLINE V angle_vector(const int is_cosine, V x) {
    const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
    V shifted = x * 0.31830988618379067f - (is_cosine ? 0.5f : 0.0f) + magic;
    V multiple = shifted - magic + (is_cosine ? 0.5f : 0.0f);
    // pi in parts of 10 bits, whose products are exact, and the rest.
    V r = x - multiple * 3.140625f;
    r = r - multiple * 0.0009670257568359375f;
    r = r - multiple * 6.277114152908325e-07f;
    r = r - multiple * 1.215420125655342e-10f;
    I is_odd = (I)shifted << 31;
    V y = (V)((I)sin_small(r) ^ (is_cosine ? ~is_odd & (int32_t)0x80000000 : is_odd));
    if (__builtin_expect(__builtin_reduce_or(abs_vector(x) > ANGLE_LIMIT), 0)) {
        float angles[LANES], results[LANES];
        store(angles, x);
        store(results, y);
        NAME(large_angles)(is_cosine, angles, results);
        y = load(results);
    }
    // The sum above loses the sign of zero.
    return is_cosine ? y : choose(x == 0, x, y);
}
