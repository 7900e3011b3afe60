// x = 2^n (1 + f) with 1 + f in [3/4, 3/2); n of 0 and of infinity is infinite.
INLINE V split_exponent(V x, V *n) {
#if LANES == 16
    V m = (V)_mm512_getmant_ps((__m512)x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan);
    *n = (V)_mm512_getexp_ps((__m512)x) - (V)_mm512_getexp_ps((__m512)m);
    return m - 1.0f;
#else
    I is_tiny = (x < 1.17549435e-38f) & (x > 0);
    I bits = (I)choose(is_tiny, x * 8388608.0f, x);
    I exponent = (bits - 0x3f400000) >> 23;
    V whole = __builtin_convertvector(exponent + (is_tiny & -23), V);
    whole = choose(x == __builtin_inff(), x, whole);
    *n = choose(x == 0, splat(-__builtin_inff()), whole);
    V f = (V)(bits - (exponent << 23)) - 1.0f;
    f = choose((x == 0) | (x == __builtin_inff()), splat(0), f);
    return choose((x < 0) | (x != x), splat(__builtin_nanf("")), f);
#endif
}

// (log(1 + f) - f + f^2 / 2) / f^3 is a minimax polynomial: the sum is within 5e-9 of f.
INLINE V log_vector(V x) {
    V n, f = split_exponent(x, &n);
    V p = splat(-0.04617448151111603f);
    p = p * f + 0.10584182292222977f;
    p = p * f + -0.13187676668167114f;
    p = p * f + 0.1446775197982788f;
    p = p * f + -0.16643677651882172f;
    p = p * f + 0.19991080462932587f;
    p = p * f + -0.2500019669532776f;
    p = p * f + 0.33333447575569153f;
    V low = n * 3.194618329871446e-05f + f * f * (f * p - 0.5f);
    return n * 0.693115234375f + (f + low);
}

INLINE V reciprocal_root_vector(V x) {
#if LANES == 16
    V y = (V)_mm512_rsqrt14_ps((__m512)x);
    V product = x * y;
    V better = y + y * 0.5f * (1.0f - product * y);
    return choose((x == 0) | (x == __builtin_inff()), y, better);
#else
    return 1.0f / __builtin_elementwise_sqrt(x);
#endif
}
