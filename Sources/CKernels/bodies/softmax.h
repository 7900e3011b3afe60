// The greatest of `count` values; NaN is passed over.
INLINE float greatest_value(size_t count, const float *input) {
    V greatest = splat(-__builtin_inff());
    size_t i = 0, left = count % LANES;
    for (; i + LANES <= count; i += LANES)
        greatest = reduce_step(kc_reduce_maximum, greatest, load(input + i));
    if (left) {
        V last = choose(part_mask(left), load_part(input + i, left), greatest);
        greatest = reduce_step(kc_reduce_maximum, greatest, last);
    }
    F4 p = reduce_to_quad(kc_reduce_maximum, greatest);
    p = reduce_quads(kc_reduce_maximum, p, __builtin_shufflevector(p, p, 2, 3, 0, 1));
    return p[0] > p[1] ? p[0] : p[1];
}

// The sum of exp(beta * (x - greatest)), which are stored where there is an output.
INLINE float exponentials(
    size_t count, float greatest, float beta, const float *input, float *output) {
    V sums = {0};
    size_t i = 0, left = count % LANES;
    for (; i + LANES <= count; i += LANES) {
        V e = exp_vector((load(input + i) - greatest) * beta);
        sums += e;
        if (output) store(output + i, e);
    }
    if (left) {
        V e = exp_vector((load_part(input + i, left) - greatest) * beta);
        if (output) store_part(output + i, e, left);
        sums += choose(part_mask(left), e, splat(0));
    }
    return lane_sum(sums);
}

static void NAME(softmax)(
    size_t rows, size_t count, float beta, const float *input, float *output) {
    size_t left = count % LANES, whole = count - left;
    for (size_t r = 0; r < rows; r++, input += count, output += count) {
        float greatest = greatest_value(count, input);
        float scale = 1 / exponentials(count, greatest, beta, input, output);
        for (size_t i = 0; i < whole; i += LANES) store(output + i, load(output + i) * scale);
        if (left) store_part(output + whole, load_part(output + whole, left) * scale, left);
    }
}

static void NAME(log_softmax)(size_t rows, size_t count, const float *input, float *output) {
    size_t left = count % LANES, whole = count - left;
    for (size_t r = 0; r < rows; r++, input += count, output += count) {
        float greatest = greatest_value(count, input);
        float logarithm = log_vector(splat(exponentials(count, greatest, 1, input, 0)))[0];
        for (size_t i = 0; i < whole; i += LANES)
            store(output + i, load(input + i) - greatest - logarithm);
        if (left)
            store_part(
                output + whole, load_part(input + whole, left) - greatest - logarithm, left);
    }
}
