INLINE I beats(const int is_minimum, V x, V best) { return is_minimum ? x < best : x > best; }

INLINE void store_index(int is_wide, size_t position, int32_t index, void *output) {
    if (is_wide)
        ((int64_t *)output)[position] = index;
    else
        ((int32_t *)output)[position] = index;
}

// A first element that is NaN is never beaten, NaN elsewhere never wins.
INLINE int32_t search_row(const int is_minimum, size_t count, const float *input) {
    if (input[0] != input[0]) return 0;
    V best = splat(input[0]);
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        V x = load(input + i);
        best = choose(beats(is_minimum, x, best), x, best);
    }
    float lanes[LANES], winner = input[0];
    store(lanes, best);
    for (int k = 0; k < LANES; k++)
        winner = (is_minimum ? lanes[k] < winner : lanes[k] > winner) ? lanes[k] : winner;
    for (; i < count; i++)
        winner = (is_minimum ? input[i] < winner : input[i] > winner) ? input[i] : winner;
    for (i = 0; i + LANES <= count; i += LANES)
        if (__builtin_reduce_or(load(input + i) == winner)) break;
    while (i < count - 1 && input[i] != winner) i++;
    return (int32_t)i;
}

INLINE void search_columns(
    const int is_minimum, size_t count, size_t inner, const float *input, size_t width,
    int32_t *indices) {
    V best = load_width(input, width);
    I index = {0};
    for (size_t k = 1; k < count; k++) {
        V x = load_width(input + k * inner, width);
        I wins = beats(is_minimum, x, best);
        best = choose(wins, x, best);
        index = (wins & (int32_t)k) | (~wins & index);
    }
    *(I *)indices = index;
}

INLINE void search_all(
    const int is_minimum, size_t outer, size_t count, size_t inner, const float *input,
    int is_wide, void *output) {
    for (size_t o = 0; o < outer; o++, input += count * inner) {
        if (inner == 1) {
            store_index(is_wide, o, search_row(is_minimum, count, input), output);
            continue;
        }
        for (size_t c = 0; c < inner; c += LANES) {
            size_t width = inner - c < LANES ? inner - c : LANES;
            int32_t indices[LANES];
            if (width == LANES)
                search_columns(is_minimum, count, inner, input + c, LANES, indices);
            else
                search_columns(is_minimum, count, inner, input + c, width, indices);
            for (size_t k = 0; k < width; k++)
                store_index(is_wide, o * inner + c + k, indices[k], output);
        }
    }
}

static void NAME(search)(
    int is_minimum, size_t outer, size_t count, size_t inner, const float *input, int is_wide,
    void *output) {
    if (is_minimum)
        search_all(1, outer, count, inner, input, is_wide, output);
    else
        search_all(0, outer, count, inner, input, is_wide, output);
}
