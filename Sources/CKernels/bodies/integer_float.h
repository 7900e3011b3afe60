// Sums of integers as floats, and floats as integers.

#define EXACT _Pragma("clang fp contract(off)")

typedef ROW ELEMENTS __attribute__((vector_size(LANES * sizeof(ROW)), aligned(1), may_alias));

// x within limits; what is not a number stays so.
INLINE F within(F x, F lower, F upper) {
    I below = (I)(x < lower);
    x = (F)(((I)lower & below) | ((I)x & ~below));
    I above = (I)(x > upper);
    return (F)(((I)upper & above) | ((I)x & ~above));
}

// What a vector of columns is expressed with; correction and factor are those of the row that was set last.
typedef struct {
    I weights, correction;
    F channel, factor, bias, lower, upper;
} column_terms;

INLINE column_terms load_column_terms(
    const kc_integer_expression *expression, size_t column, size_t count) {
    column_terms terms = {.channel = 1 - (F){0}, .lower = expression->lower - (F){0},
                          .upper = expression->upper - (F){0}};
    if (expression->column_sums) terms.weights = load_words(expression->column_sums + column, count);
    if (expression->factors) terms.channel = load_floats(expression->factors + column, count);
    if (expression->bias) terms.bias = load_floats(expression->bias + column, count);
    return terms;
}

INLINE void set_row(
    column_terms *terms, const kc_integer_expression *expression, size_t row) {
    EXACT
    const size_t i = row * expression->row_step;
    const int32_t correction = expression->corrections[i];
    terms->correction = correction ? terms->weights * splat(correction) : (I){0};
    terms->factor = expression->row_factors[i] - (F){0};
    if (expression->factor_first) terms->factor *= terms->channel;
}

INLINE F expressed(I sum, const kc_integer_expression *expression, const column_terms *terms) {
    EXACT
    F x = __builtin_convertvector(sum - terms->correction, F);
    if (!expression->factor_first) x *= terms->channel;
    return within(x * terms->factor + terms->bias, terms->lower, terms->upper);
}

static void NAME(express)(
    const kc_integer_expression *expression, const int32_t *sums, size_t rows, size_t columns,
    size_t output_step, float *output) {
    for (size_t column = 0; column < columns; column += LANES) {
        size_t count = columns - column < LANES ? columns - column : LANES;
        column_terms terms = load_column_terms(expression, column, count);
        for (size_t row = 0; row < rows; row++) {
            if (row == 0 || expression->row_step) set_row(&terms, expression, row);
            F y = expressed(load_words(sums + row * columns + column, count), expression, &terms);
            store_words((int32_t *)(output + row * output_step + column), (I)y, count);
        }
    }
}

// The extremes of some floats and 0, and 0 in all lanes of `check` if they are finite.
typedef struct {
    F low, high, check;
} extremes;

INLINE void extend(extremes *so_far, F x) {
    I below = (I)(x < so_far->low), above = (I)(x > so_far->high);
    so_far->low = (F)(((I)x & below) | ((I)so_far->low & ~below));
    so_far->high = (F)(((I)x & above) | ((I)so_far->high & ~above));
    so_far->check += x * 0;
}

INLINE void join(extremes *so_far, const extremes *other) {
    extend(so_far, other->low);
    extend(so_far, other->high);
    so_far->check += other->check;
}

static void NAME(range)(size_t count, const float *input, float *least, float *greatest) {
    enum { CHAINS = 4 };
    extremes chains[CHAINS] = {{{0}, {0}, {0}}};
    size_t i = 0;
    for (; i + CHAINS * LANES <= count; i += CHAINS * LANES)
        UNROLL
        for (int c = 0; c < CHAINS; c++) extend(&chains[c], *(const F *)(input + i + c * LANES));
    for (; i + LANES <= count; i += LANES) extend(&chains[0], *(const F *)(input + i));
    if (i < count) extend(&chains[1], load_floats(input + i, count - i));
    join(&chains[0], &chains[1]);
    join(&chains[2], &chains[3]);
    join(&chains[0], &chains[2]);
    float low[LANES], high[LANES], check[LANES];
    memcpy(low, &chains[0].low, sizeof low);
    memcpy(high, &chains[0].high, sizeof high);
    memcpy(check, &chains[0].check, sizeof check);
    UNROLL
    for (int half = LANES / 2; half > 0; half /= 2)
        UNROLL
        for (int lane = 0; lane < half; lane++) {
            low[lane] = low[lane + half] < low[lane] ? low[lane + half] : low[lane];
            high[lane] = high[lane + half] > high[lane] ? high[lane + half] : high[lane];
            check[lane] += check[lane + half];
        }
    *least = low[0];
    *greatest = check[0] == 0 ? high[0] : check[0];
}

// x * factor, rounded half away from 0 and limited to [lower, upper], whole numbers; `lower` if it is not a number.
INLINE I rounded(F x, float factor, float lower, float upper) {
    EXACT
    const F least = lower - (F){0}, greatest = upper - (F){0};
    F y = x * factor;
    I above = (I)(y > least);
    y = (F)(((I)y & above) | ((I)least & ~above));
    above = (I)(y > greatest);
    y = (F)(((I)greatest & above) | ((I)y & ~above));
    // The number below 1/2, since the sum of 1/2 and that number would be 1.
    const I sign = splat(INT32_MIN), half = splat(0x3EFFFFFF);
    return __builtin_convertvector(y + (F)(((I)y & sign) | half), I);
}

static void NAME(round)(
    size_t count, const float *input, float factor, int32_t zero_point, int32_t lower,
    int8_t *output) {
    const float least = lower - zero_point, greatest = 127 - zero_point;
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        I whole = rounded(*(const F *)(input + i), factor, least, greatest) + zero_point;
        *(B *)(output + i) = __builtin_convertvector(whole, B);
    }
    if (i < count) {
        I whole = rounded(load_floats(input + i, count - i), factor, least, greatest) + zero_point;
        store_bytes(output + i, __builtin_convertvector(whole, B), count - i);
    }
}

static void NAME(round_row)(
    size_t count, const float *input, float factor, int32_t zero_point, int32_t lower, void *row) {
    const float least = lower - zero_point, greatest = 127 - zero_point;
#if GROUP == 4
    const int32_t offset = zero_point + ROW_OFFSET;
#else
    const int32_t offset = 0;
#endif
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        I whole = rounded(*(const F *)(input + i), factor, least, greatest) + offset;
        *(ELEMENTS *)((ROW *)row + i) = __builtin_convertvector(whole, ELEMENTS);
    }
    if (i < count) {
        I whole = rounded(load_floats(input + i, count - i), factor, least, greatest) + offset;
        ELEMENTS elements = __builtin_convertvector(whole, ELEMENTS);
        memcpy((ROW *)row + i, &elements, (count - i) * sizeof(ROW));
    }
}

static void NAME(quantize)(
    size_t count, const float *input, float scale, int32_t zero_point, int8_t *output) {
    EXACT
    for (size_t i = 0; i < count; i++) {
        float x = input[i] / scale;
        x = x < -1000 ? -1000 : x > 1000 ? 1000 : x == x ? x : 0;
        float whole = (float)(int32_t)x, rest = x - whole;
        whole += (rest >= 0.5f ? 1.0f : 0.0f) - (rest <= -0.5f ? 1.0f : 0.0f);
        int32_t y = (int32_t)whole + zero_point;
        output[i] = (int8_t)(y < -128 ? -128 : y > 127 ? 127 : y);
    }
}
