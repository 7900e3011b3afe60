INLINE int is_extremum(const int reduction) {
    return reduction == kc_reduce_maximum || reduction == kc_reduce_minimum;
}

INLINE float reduce_start(const int reduction) {
    switch (reduction) {
    case kc_reduce_maximum: return -__builtin_inff();
    case kc_reduce_minimum: return __builtin_inff();
    case kc_reduce_product: return 1;
    default: return 0;
    }
}

// Extrema pass over NaN.
INLINE V reduce_step(const int reduction, V sum, V x) {
    switch (reduction) {
    case kc_reduce_maximum: return at_least(sum, x);
    case kc_reduce_minimum: return at_most(sum, x);
    case kc_reduce_product: return sum * x;
    default: return sum + x;
    }
}

// As reduce_step.
INLINE F4 reduce_quads(const int reduction, F4 a, F4 b) {
    typedef int32_t I4 __attribute__((vector_size(16), aligned(4), may_alias));
    I4 takes = reduction == kc_reduce_maximum ? a > b : a < b;
    switch (reduction) {
    case kc_reduce_product: return a * b;
    case kc_reduce_sum: return a + b;
    default: return (F4)((takes & (I4)a) | (~takes & (I4)b));
    }
}

// Four results that together are those of the lanes.
INLINE F4 reduce_to_quad(const int reduction, V v) {
    F4 quads[LANES / 4];
    memcpy(quads, &v, sizeof v);
    for (int half = LANES / 8; half > 0; half /= 2)
        UNROLL for (int i = 0; i < half; i++)
            quads[i] = reduce_quads(reduction, quads[i], quads[i + half]);
    return quads[0];
}

// The joined lanes of each of four vectors.
INLINE F4 reduce_lanes(const int reduction, const V *v) {
    F4 p = reduce_to_quad(reduction, v[0]), q = reduce_to_quad(reduction, v[1]);
    F4 r = reduce_to_quad(reduction, v[2]), s = reduce_to_quad(reduction, v[3]);
    F4 pq = reduce_quads(reduction, __builtin_shufflevector(p, q, 0, 4, 1, 5),
        __builtin_shufflevector(p, q, 2, 6, 3, 7));
    F4 rs = reduce_quads(reduction, __builtin_shufflevector(r, s, 0, 4, 1, 5),
        __builtin_shufflevector(r, s, 2, 6, 3, 7));
    return reduce_quads(reduction, __builtin_shufflevector(pq, rs, 0, 1, 4, 5),
        __builtin_shufflevector(pq, rs, 2, 3, 6, 7));
}

// Columns [0, width) of each of some neighbouring vectors of [count, stride]; blocks of 64 rows bound
// the rounding of long sums. `odd` gets the places of NaN, which extrema pass over.
INLINE void reduce_columns(
    const int reduction, size_t count, size_t stride, const float *input, const int vectors,
    size_t width, V *totals, I *odd) {
    if (count == 0)
        UNROLL for (int v = 0; v < vectors; v++) totals[v] = splat(reduce_start(reduction));
    for (size_t first = 0; first < count; first += 64) {
        size_t end = first + 64 < count ? first + 64 : count;
        V parts[4];
        UNROLL for (int v = 0; v < vectors; v++) parts[v] = splat(reduce_start(reduction));
        for (size_t k = first; k < end; k++) {
            UNROLL for (int v = 0; v < vectors; v++) {
                V x = load_width(input + k * stride + v * LANES, width);
                parts[v] = reduce_step(reduction, parts[v], x);
                if (is_extremum(reduction)) odd[v] |= x != x;
            }
        }
        UNROLL for (int v = 0; v < vectors; v++)
            totals[v] = first ? reduce_step(reduction, totals[v], parts[v]) : parts[v];
    }
}

// A vector whose lanes together give the result of a row.
INLINE V reduce_row(const int reduction, size_t count, const float *input, I *odd) {
    V totals[4], total = splat(reduce_start(reduction));
    I odds[4] = {{0}};
    size_t fours = count / (4 * LANES), ones = count / LANES % 4, left = count % LANES;
    if (fours) {
        reduce_columns(reduction, fours, 4 * LANES, input, 4, LANES, totals, odds);
        V first = reduce_step(reduction, totals[0], totals[1]);
        total = reduce_step(reduction, first, reduce_step(reduction, totals[2], totals[3]));
    }
    if (ones) {
        input += fours * 4 * LANES;
        reduce_columns(reduction, ones, LANES, input, 1, LANES, totals, odds);
        total = reduce_step(reduction, total, totals[0]);
        input += ones * LANES;
    } else {
        input += fours * 4 * LANES;
    }
    if (left) {
        V start = splat(reduce_start(reduction));
        V last = choose(part_mask(left), load_part(input, left), start);
        total = reduce_step(reduction, total, last);
        if (is_extremum(reduction)) odds[0] |= last != last;
    }
    if (is_extremum(reduction)) *odd |= odds[0] | odds[1] | odds[2] | odds[3];
    return total;
}

// NaN as the result of rows that have it.
static __attribute__((noinline)) void NAME(spread_nan)(
    size_t rows, size_t count, const float *input, float *output) {
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < count; i++)
            if (input[r * count + i] != input[r * count + i]) output[r] = __builtin_nanf("");
}

INLINE void reduce_rows(
    const int reduction, size_t rows, size_t count, float scale, const float *input,
    float *output) {
    for (size_t r = 0; r < rows; r += 4, input += 4 * count) {
        size_t some = rows - r < 4 ? rows - r : 4;
        V totals[4] = {{0}};
        I odd = {0};
        if (some == 4)
            UNROLL for (int i = 0; i < 4; i++)
                totals[i] = reduce_row(reduction, count, input + i * count, &odd);
        else
            for (size_t i = 0; i < some; i++)
                totals[i] = reduce_row(reduction, count, input + i * count, &odd);
        F4 results = reduce_lanes(reduction, totals) * scale;
        memcpy(output + r, &results, some * sizeof(float));
        if (is_extremum(reduction) && __builtin_expect(__builtin_reduce_or(odd), 0))
            NAME(spread_nan)(some, count, input, output + r);
    }
}

INLINE void reduce_some(
    const int reduction, size_t count, size_t stride, float scale, const float *input,
    float *output, const int vectors, size_t width) {
    V totals[4];
    I odd[4] = {{0}};
    reduce_columns(reduction, count, stride, input, vectors, width, totals, odd);
    UNROLL for (int v = 0; v < vectors; v++) {
        V y = totals[v] * scale;
        if (is_extremum(reduction)) y = choose(odd[v], splat(__builtin_nanf("")), totals[v]);
        store_width(output + v * LANES, y, width);
    }
}

#define JOIN(reduction, a, b) \
    ((reduction) == kc_reduce_sum       ? (a) + (b) \
     : (reduction) == kc_reduce_product ? (a) * (b) \
     : ((reduction) == kc_reduce_maximum ? (a) > (b) : (a) < (b)) || (a) != (a) ? (a) \
                                                                                    : (b))

// Rows so short that the compiler does better with many of them at once.
INLINE void reduce_short_rows(
    const int reduction, size_t rows, const size_t count, float scale, const float *input,
    float *restrict output) {
    for (size_t r = 0; r < rows; r++) {
        float total = input[r * count];
        UNROLL for (size_t i = 1; i < count; i++) {
            float x = input[r * count + i];
            total = JOIN(reduction, total, x);
        }
        output[r] = total * scale;
    }
}

INLINE void reduce_each_row(
    const int reduction, size_t rows, size_t count, float scale, const float *input,
    float *output) {
    switch (count) {
    case 2: reduce_short_rows(reduction, rows, 2, scale, input, output); break;
    case 3: reduce_short_rows(reduction, rows, 3, scale, input, output); break;
    case 4: reduce_short_rows(reduction, rows, 4, scale, input, output); break;
    default: reduce_rows(reduction, rows, count, scale, input, output); break;
    }
}

INLINE void reduce_all(
    const int reduction, size_t outer, size_t count, size_t inner, float scale, const float *input,
    float *output) {
    if (inner == 1) return reduce_each_row(reduction, outer, count, scale, input, output);
    for (size_t o = 0; o < outer; o++, input += count * inner, output += inner) {
        size_t c = 0;
        for (; c + 4 * LANES <= inner; c += 4 * LANES)
            reduce_some(reduction, count, inner, scale, input + c, output + c, 4, LANES);
        for (; c + LANES <= inner; c += LANES)
            reduce_some(reduction, count, inner, scale, input + c, output + c, 1, LANES);
        if (c < inner)
            reduce_some(reduction, count, inner, scale, input + c, output + c, 1, inner - c);
    }
}

#define REDUCE_CASE(reduction, scale) \
    case reduction: reduce_all(reduction, outer, count, inner, scale, input, output); break;

static void NAME(reduce)(
    enum kc_reduction reduction, size_t outer, size_t count, size_t inner, float scale,
    const float *input, float *output) {
    switch (reduction) {
        REDUCE_CASE(kc_reduce_sum, scale)
        REDUCE_CASE(kc_reduce_product, 1)
        REDUCE_CASE(kc_reduce_maximum, 1)
        REDUCE_CASE(kc_reduce_minimum, 1)
    }
}
