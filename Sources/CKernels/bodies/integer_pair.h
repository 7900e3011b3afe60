// What the elements of an operand, or all elements of a scaling, are multiplied with.
typedef struct {
    int32_t mantissa, left, right, zero_point;
#if defined(__x86_64__) && LANES == 16
    int is_simple;
    scale_terms terms;
#endif
} pair_factor;

INLINE pair_factor factor(int32_t mantissa, int32_t left, int32_t right, int32_t zero_point) {
    pair_factor factor = {.mantissa = mantissa, .left = left, .right = right, .zero_point = zero_point};
#if defined(__x86_64__) && LANES == 16
    factor.is_simple = mantissa > 0 && right >= 1 && right <= 20;
    if (factor.is_simple) factor.terms = equal_terms(mantissa, right, zero_point);
#endif
    return factor;
}

INLINE I multiplied(I x, const pair_factor *factor) {
    if (factor->mantissa == 1 << 30 && factor->left > 0 && factor->right == 0)
        return (I)((U)x << (U)splat(factor->left - 1)) + factor->zero_point;
#if defined(__x86_64__) && LANES == 16
    if (factor->is_simple) return scale((I)((U)x << (U)splat(factor->left)), &factor->terms);
#endif
    I scaled = rescale(x, splat(factor->mantissa), splat(factor->left), splat(factor->right));
    return (I)((U)scaled + (U)splat(factor->zero_point));
}

// The distances of LANES elements, or of one element everywhere, from the zero point.
INLINE I operand(const int8_t *p, int step, size_t i, size_t count, int32_t zero_point) {
    return (step ? load_bytes(p + i, count) : splat(*p)) - zero_point;
}

INLINE void pair_results(
    const int is_sum, size_t count, const kc_integer_pair *pair,
    const kc_requantization *scaling, int8_t *output) {
    pair_factor a_factor = factor(pair->a_mantissa, pair->shift, pair->a_right_shift, 0);
    pair_factor b_factor = factor(pair->b_mantissa, pair->shift, pair->b_right_shift, 0);
    pair_factor result = factor(
        *scaling->mantissas, *scaling->left_shifts, *scaling->right_shifts, scaling->zero_point);
    for (size_t i = 0; i < count; i += LANES) {
        size_t width = count - i < LANES ? count - i : LANES;
        I a = operand(pair->a, pair->a_step, i, width, pair->a_zero_point);
        I b = operand(pair->b, pair->b_step, i, width, pair->b_zero_point);
        I joined;
        if (is_sum) {
            a = multiplied(a, &a_factor);
            b = multiplied(b, &b_factor);
            joined = pair->subtracts ? a - b : a + b;
        } else {
            joined = a * b;
        }
        store_bytes(output + i, limited(multiplied(joined, &result), scaling), width);
    }
}

static void NAME(sum)(
    size_t count, const kc_integer_pair *pair, const kc_requantization *scaling,
    int8_t *output) {
    pair_results(1, count, pair, scaling, output);
}

static void NAME(product)(
    size_t count, const kc_integer_pair *pair, const kc_requantization *scaling,
    int8_t *output) {
    pair_results(0, count, pair, scaling, output);
}
