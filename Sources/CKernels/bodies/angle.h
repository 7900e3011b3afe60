// Beyond this the distance to a multiple of pi takes more than the four constants.
#define ANGLE_LIMIT 16384.0f

// Sines or cosines, from libm, instead of the results of the large angles.
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

// (atan(a) - a) / a^3 for a in [0, 1] is a minimax polynomial: the sum is within 2e-8 of a.
INLINE V arc_tangent_vector(V y, V x) {
    V width = abs_vector(x), height = abs_vector(y);
    I is_steep = height > width;
    V small = choose(is_steep, width, height), large = choose(is_steep, height, width);
    V a = small / large;
    a = choose(small == __builtin_inff(), splat(1.0f), a);
    a = choose(large == 0, splat(0), a);
    V s = a * a, p = splat(0.002974596107378602f);
    p = p * s + -0.016581205651164055f;
    p = p * s + 0.04355357214808464f;
    p = p * s + -0.07580580562353134f;
    p = p * s + 0.10678941756486893f;
    p = p * s + -0.14214208722114563f;
    p = p * s + 0.19994136691093445f;
    p = p * s + -0.3333316743373871f;
    V angle = a + a * (s * p);
    // pi / 2 and pi, each with the rest that a float leaves.
    angle = choose(is_steep, 1.57079637f - (angle + 4.37113883e-8f), angle);
    angle = choose((I)x < 0, 3.14159274f - (angle + 8.74227766e-8f), angle);
    angle = (V)((I)angle | ((I)y & (int32_t)0x80000000));
    return choose((x != x) | (y != y), splat(__builtin_nanf("")), angle);
}
