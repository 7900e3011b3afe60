// Functions of pairs that need more than single precision in between.

typedef double D __attribute__((vector_size(LANES * 8), aligned(8)));
typedef uint64_t L __attribute__((vector_size(LANES * 8), aligned(8)));

// Such vectors are no arguments, since no calling convention has registers of their size.
#define WIDEN(x) __builtin_convertvector(x, D)
#define NARROW(x) __builtin_convertvector(x, V)

// log2(x) of a normal x > 0; minimax over (m - 1) / (m + 1), relative error 4e-12.
INLINE void take_log2(D *value) {
    D x = *value;
    const uint64_t one = 0x3ff0000000000000, root = 0x3fe6a09e667f3bcd;  // 1 and sqrt(1/2)
    // x = 2^n m with m in [sqrt(1/2), sqrt 2); n + 1023 is the top of `biased`.
    L biased = ((L)x + (one - root)) & 0xfff0000000000000;
    D m = (D)((L)x - (biased - one));
    const double magic = 4503599627370496.0;  // 2^52: its low bits are an integer
    D n = (D)(biased >> 52 | 0x4330000000000000) - (magic + 1023.0);
    D s = (m - 1.0) / (m + 1.0), y = s * s;
    D p = y * 0.34074045640307377 + 0.4116721093345281;
    p = p * y + 0.577083596189767;
    p = p * y + 0.9617966732756472;
    p = p * y + 2.885390081790147;
    *value = n + s * p;
}

// 2^x for |x| <= 1000; minimax, relative error 2e-9.
INLINE void take_exp2(D *value) {
    D x = *value;
    const double magic = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to an integer
    D shifted = x + magic;
    D f = x - (shifted - magic);
    D p = f * 0.00015345812161311629 + 0.0013399931177239738;
    p = p * f + 0.009618488956331182;
    p = p * f + 0.05550328777105325;
    p = p * f + 0.24022646890645522;
    p = p * f + 0.6931472057371958;
    p = p * f + 1.0000000005541647;
    *value = p * (D)(((L)shifted << 52) + 0x3ff0000000000000);
}

// In place of the results where either operand is infinite or NaN.
static __attribute__((noinline)) void NAME(odd_powers)(
    const float *a, const float *b, float *results) {
    for (int i = 0; i < LANES; i++)
        if (!(__builtin_isfinite(a[i]) && __builtin_isfinite(b[i])))
            results[i] = (float)pow(a[i], b[i]);
}

INLINE V power_vector(V a, V b) {
    const float infinity = __builtin_inff();
    V magnitude = abs_vector(a);
    I is_finite = (magnitude < infinity) & (abs_vector(b) < infinity);
    V base = choose(is_finite & (magnitude > 0), magnitude, splat(1.0f));
    D power = WIDEN(base);
    take_log2(&power);
    power *= WIDEN(choose(is_finite, b, splat(0)));
    power = __builtin_elementwise_max(power, (D){0} - 200.0);
    power = __builtin_elementwise_min(power, (D){0} + 200.0);
    take_exp2(&power);
    V y = NARROW(power);
    V of_zero = choose(b > 0, splat(0), choose(b == 0, splat(1.0f), splat(infinity)));
    y = choose(magnitude == 0, of_zero, y);
    I is_whole = b == __builtin_elementwise_rint(b);
    I whole = __builtin_convertvector(clamp(b, splat(-16777216.0f), splat(16777216.0f)), I);
    y = (V)((I)y ^ ((I)a & (whole << 31) & is_whole));
    y = choose((a < 0) & ~is_whole, splat(__builtin_nanf("")), y);
    if (__builtin_expect(!__builtin_reduce_and(is_finite), 0)) {
        float bases[LANES], exponents[LANES], results[LANES];
        store(bases, a);
        store(exponents, b);
        store(results, y);
        NAME(odd_powers)(bases, exponents, results);
        y = load(results);
    }
    return y;
}

INLINE V floor_divide_vector(V a, V b) {
    return NARROW(__builtin_elementwise_floor(WIDEN(a) / WIDEN(b)));
}

// In place of the remainders of large quotients and of division by infinity.
static __attribute__((noinline)) void NAME(odd_remainders)(
    const float *a, const float *b, const int32_t *which, float *results) {
    for (int i = 0; i < LANES; i++)
        if (which[i]) results[i] = fmodf(a[i], b[i]);
}

INLINE V floor_modulo_vector(V a, V b) {
    D quotient = __builtin_elementwise_trunc(WIDEN(a) / WIDEN(b));
    // Exact as long as the quotient has few bits.
    V r = NARROW(WIDEN(a) - quotient * WIDEN(b));
    I is_odd = ~(abs_vector(NARROW(quotient)) < 268435456.0f)
        | (abs_vector(b) == __builtin_inff());
    if (__builtin_expect(__builtin_reduce_or(is_odd & (b != 0)), 0)) {
        float dividends[LANES], divisors[LANES], results[LANES];
        int32_t which[LANES];
        store(dividends, a);
        store(divisors, b);
        store(results, r);
        *(I *)which = is_odd;
        NAME(odd_remainders)(dividends, divisors, which, results);
        r = load(results);
    }
    // A remainder of 0 has the sign of the dividend.
    r = (V)((I)r | ((I)a & (int32_t)0x80000000));
    r = choose((r != 0) & ((b < 0) ^ (r < 0)), r + b, r);
    return choose(b == 0, splat(__builtin_nanf("")), r);
}
