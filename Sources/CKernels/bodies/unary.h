// The integer n nearest to x / ln 2, and x - n ln 2 in [-0.35, 0.35].
INLINE V reduce_exponent(V x, V *n) {
    const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
    V shifted = x * 1.44269504088896341f + magic;
    *n = shifted - magic;
    V r = x - *n * 0.693359375f;
    return r - *n * -2.12194440054690583e-4f;
}

// exp(r) - 1 for |r| <= 0.35; minimax, relative error 1.5e-8 before rounding.
INLINE V exp_minus_one_small(V r) {
    V p = splat(0.001394757186062634f);
    p = p * r + 0.008367233909666538f;
    p = p * r + 0.041666265577077866f;
    p = p * r + 0.16666537523269653f;
    p = p * r + 0.5f;
    return p * (r * r) + r;
}

// 2^f for |f| <= 0.5; minimax, relative error 2e-9 before rounding.
INLINE V exp2_small(V f) {
    V p = splat(0.00015345812f);
    p = p * f + 0.00133999308f;
    p = p * f + 0.00961848889f;
    p = p * f + 0.0555032878f;
    p = p * f + 0.240226469f;
    p = p * f + 0.693147206f;
    return p * f + 1.0f;
}

// y 2^n for integers n, rounded once.
INLINE V scale_by_power(V y, V n) {
#if LANES == 16
    return (V)_mm512_scalef_ps((__m512)y, (__m512)n);
#else
    I whole = __builtin_convertvector(n, I), half = whole >> 1;
    return y * (V)((half + 127) << 23) * (V)((whole - half + 127) << 23);
#endif
}

// 2^n for integers n in [-126, 127].
INLINE V power_of_two(V n) { return (V)((__builtin_convertvector(n, I) + 127) << 23); }

INLINE V exp_vector(V x) {
    x = clamp(x, splat(-104.0f), splat(89.0f));
    V n, y = exp_minus_one_small(reduce_exponent(x, &n)) + 1.0f;
    return scale_by_power(y, n);
}

// exp(x) - 1 for x <= 44, accurate near 0.
INLINE V exp_minus_one(V x) {
    x = clamp(x, splat(-44.0f), splat(44.0f));
    V n, q = exp_minus_one_small(reduce_exponent(x, &n));
    V s = power_of_two(n);
    return q * s + (s - 1.0f);
}

INLINE V tanh_vector(V x) {
    V magnitude = at_most(abs_vector(x), splat(20.0f));
    V n, q = exp_minus_one_small(reduce_exponent(magnitude * 2.0f, &n));
    V s = power_of_two(n), e = q * s + (s - 1.0f);
    V y = e / (e + 2.0f);
    return (V)((I)y | ((I)x & (int32_t)0x80000000));
}

INLINE V sigmoid_vector(V x) {
    V magnitude = at_most(abs_vector(x), splat(104.0f));
    V n, y = exp_minus_one_small(reduce_exponent(-magnitude, &n)) + 1.0f;
    V e = scale_by_power(y, n);
    return choose(x < 0, e, splat(1.0f)) / (e + 1.0f);
}

// x * Phi(x), with erfc(z) / 2 = exp(-z^2) * P(1 / (1 + 0.4 z)); minimax, relative error 1.5e-7.
INLINE V gelu_vector(V x) {
    V magnitude = at_most(abs_vector(x), splat(15.0f));
    V t = 1.0f / (magnitude * 0.28284271247461901f + 1.0f);
    V p = splat(0.034238703548908234f);
    p = p * t + -0.1853811889886856f;
    p = p * t + 0.3229944109916687f;
    p = p * t + -0.17220737040042877f;
    p = p * t + 0.20003533363342285f;
    p = p * t + 0.0687256008386612f;
    p = p * t + 0.11941161751747131f;
    p = p * t + 0.11215241998434067f;
    p = p * t + 3.0403505661524832e-05f;
    // exp(-x^2 / 2) as a power of two.
    const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
    V square = magnitude * magnitude;
    V n = square * -0.72134752f + magic - magic;
    V tail = p * scale_by_power(exp2_small(square * -0.72134752f - n), n);
    return at_least(x, splat(-0.0f)) - magnitude * tail;
}

INLINE V gelu_approximate_vector(V x) {
    V bounded = choose(x < -15.0f, splat(-15.0f), x);
    V inner = bounded * (bounded * bounded * 0.0356774081363001f + 0.797884560802865f);
    return bounded * sigmoid_vector(inner * 2.0f);
}

INLINE V hard_swish_vector(V x) {
    V gate = clamp(x + 3.0f, splat(0), splat(6.0f));
    return x * (gate * (1.0f / 6.0f));
}

INLINE V unary_vector(const int function, float a, float b, V x) {
    switch (function) {
    case kc_exp: return exp_vector(x);
    case kc_tanh: return tanh_vector(x);
    case kc_sigmoid: return sigmoid_vector(x);
    case kc_gelu: return gelu_vector(x);
    case kc_gelu_approximate: return gelu_approximate_vector(x);
    case kc_elu: return choose(x < 0, exp_minus_one(x), x);
    case kc_hard_swish: return hard_swish_vector(x);
    case kc_leaky_relu: return choose(x < 0, x * a, x);
    case kc_clamp: return clamp(x, splat(a), splat(b));
    case kc_abs: return abs_vector(x);
    case kc_neg: return -x;
    case kc_swish: return x * sigmoid_vector(x);
    case kc_log: return log_vector(x);
    case kc_sqrt: return __builtin_elementwise_sqrt(x);
    case kc_rsqrt: return reciprocal_root_vector(x);
    case kc_sin: return angle_vector(0, x);
    case kc_cos: return angle_vector(1, x);
    case kc_floor: return __builtin_elementwise_floor(x);
    case kc_ceil: return __builtin_elementwise_ceil(x);
    case kc_round: return __builtin_elementwise_rint(x);
    case kc_sign: return choose(x > 0, splat(1), choose(x < 0, splat(-1), x + 0.0f));
    default: return x * x;
    }
}

INLINE void unary_run(
    const int function, float a, float b, size_t count, const float *input, float *output) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        store(output + i, unary_vector(function, a, b, load(input + i)));
    size_t left = count - i;
    if (left) store_part(output + i, unary_vector(function, a, b, load_part(input + i, left)), left);
}

#define UNARY_CASE(f) \
    case f: unary_run(f, a, b, count, input, output); break;

static void NAME(unary)(
    enum kc_unary_function function, float a, float b, size_t count, const float *input,
    float *output) {
    switch (function) {
        UNARY_CASE(kc_exp)
        UNARY_CASE(kc_tanh)
        UNARY_CASE(kc_sigmoid)
        UNARY_CASE(kc_gelu)
        UNARY_CASE(kc_gelu_approximate)
        UNARY_CASE(kc_elu)
        UNARY_CASE(kc_hard_swish)
        UNARY_CASE(kc_leaky_relu)
        UNARY_CASE(kc_clamp)
        UNARY_CASE(kc_abs)
        UNARY_CASE(kc_neg)
        UNARY_CASE(kc_square)
        UNARY_CASE(kc_swish)
        UNARY_CASE(kc_log)
        UNARY_CASE(kc_sqrt)
        UNARY_CASE(kc_rsqrt)
        UNARY_CASE(kc_sin)
        UNARY_CASE(kc_cos)
        UNARY_CASE(kc_floor)
        UNARY_CASE(kc_ceil)
        UNARY_CASE(kc_round)
        UNARY_CASE(kc_sign)
    }
}
