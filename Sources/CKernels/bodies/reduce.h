INLINE V reduce_step(const int reduction, V sum, V x) {
    switch (reduction) {
    case kernels_reduce_maximum: return larger(x, sum);
    case kernels_reduce_minimum: return smaller(x, sum);
    default: return sum + x;
    }
}

INLINE float reduce_start(const int reduction) {
    switch (reduction) {
    case kernels_reduce_maximum: return -__builtin_inff();
    case kernels_reduce_minimum: return __builtin_inff();
    default: return 0;
    }
}

// Columns [0, width) of [count, inner]; blocks of 64 rows bound the rounding of long sums.
INLINE V reduce_column(
    const int reduction, size_t count, size_t inner, const float *input, size_t width) {
    V total = splat(reduce_start(reduction));
    for (size_t first = 0; first < count; first += 64) {
        size_t end = first + 64 < count ? first + 64 : count;
        V part = splat(reduce_start(reduction));
        for (size_t k = first; k < end; k++) {
            const float *p = input + k * inner;
            part = reduce_step(reduction, part, width == LANES ? load(p) : load_part(p, width));
        }
        total = reduce_step(reduction, total, part);
    }
    return total;
}

INLINE float reduce_row(const int reduction, size_t count, const float *input) {
    size_t whole = count / LANES;
    V total = reduce_column(reduction, whole, LANES, input, LANES);
    float start = reduce_start(reduction);
    V last = splat(start);
    size_t left = count - whole * LANES;
    memcpy(&last, input + whole * LANES, left * sizeof(float));
    total = reduce_step(reduction, total, last);
    if (reduction == kernels_reduce_sum) return lane_sum(total);
    float lanes[LANES], result = start;
    store(lanes, total);
    for (int i = 0; i < LANES; i++)
        result = reduce_step(reduction, splat(result), splat(lanes[i]))[0];
    return result;
}

INLINE void reduce_all(
    const int reduction, size_t outer, size_t count, size_t inner, float scale, const float *input,
    float *output) {
    for (size_t o = 0; o < outer; o++, input += count * inner, output += inner) {
        if (inner == 1) {
            *output = reduce_row(reduction, count, input) * scale;
            continue;
        }
        for (size_t c = 0; c < inner; c += LANES) {
            size_t width = inner - c < LANES ? inner - c : LANES;
            if (width == LANES)
                store(output + c, reduce_column(reduction, count, inner, input + c, LANES) * scale);
            else
                store_part(output + c,
                    reduce_column(reduction, count, inner, input + c, width) * scale, width);
        }
    }
}

static void NAME(reduce)(
    enum kernels_reduction reduction, size_t outer, size_t count, size_t inner, float scale,
    const float *input, float *output) {
    switch (reduction) {
    case kernels_reduce_sum:
        reduce_all(kernels_reduce_sum, outer, count, inner, scale, input, output);
        break;
    case kernels_reduce_maximum:
        reduce_all(kernels_reduce_maximum, outer, count, inner, 1, input, output);
        break;
    case kernels_reduce_minimum:
        reduce_all(kernels_reduce_minimum, outer, count, inner, 1, input, output);
        break;
    }
}
