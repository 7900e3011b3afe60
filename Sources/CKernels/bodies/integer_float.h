INLINE F real_numbers(I sums) { return __builtin_convertvector(sums, F); }

INLINE F within(F x, F lower, F upper) {
    I below = (I)(x < lower);
    x = (F)(((I)lower & below) | ((I)x & ~below));
    I above = (I)(x > upper);
    return (F)(((I)upper & above) | ((I)x & ~above));
}

// A vector of columns of some rows.
INLINE void express_vector(
    const kc_integer_express_job *job, size_t column, size_t count, float *output) {
#pragma clang fp contract(off)
    I correction = {0};
    F factor = job->factor - (F){0}, channel = 1 - (F){0}, bias = {0};
    if (job->column_sums) memcpy(&correction, job->column_sums + column, count * 4);
    if (job->factors) memcpy(&channel, job->factors + column, count * 4);
    if (job->bias) memcpy(&bias, job->bias + column, count * 4);
    correction *= splat(job->zero_point);
    F lower = job->lower - (F){0}, upper = job->upper - (F){0}, both = factor * channel;
    const int32_t *sums = job->sums + column;
    float *target = output + column;
    for (size_t row = 0; row < job->rows; row++, sums += job->columns, target += job->output_step) {
        I integers = {0};
        if (count == LANES)
            integers = load(sums);
        else
            memcpy(&integers, sums, count * 4);
        F sum = real_numbers(integers - correction);
        F scaled = job->factor_first ? sum * both : sum * channel * factor;
        F y = within(scaled + bias, lower, upper);
        if (count == LANES)
            *(F *)target = y;
        else
            memcpy(target, &y, count * 4);
    }
}

static void NAME(express)(const kc_integer_express_job *job, float *output) {
    size_t column = 0;
    for (; column + LANES <= job->columns; column += LANES)
        express_vector(job, column, LANES, output);
    if (column < job->columns) express_vector(job, column, job->columns - column, output);
}

static void NAME(range)(size_t count, const float *input, float *least, float *greatest) {
    F low = {0}, high = {0}, check = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        F x = *(const F *)(input + i);
        I below = (I)(x < low), above = (I)(x > high);
        low = (F)(((I)x & below) | ((I)low & ~below));
        high = (F)(((I)x & above) | ((I)high & ~above));
        check += x * 0;
    }
    float a = 0, b = 0, c = 0;
    for (int lane = 0; lane < LANES; lane++) {
        a = low[lane] < a ? low[lane] : a;
        b = high[lane] > b ? high[lane] : b;
        c += check[lane];
    }
    for (; i < count; i++) {
        a = input[i] < a ? input[i] : a;
        b = input[i] > b ? input[i] : b;
        c += input[i] * 0;
    }
    *least = a;
    *greatest = c == 0 ? b : c;
}

static void NAME(round)(
    size_t count, const float *input, float factor, float zero_point, float lower, int8_t *output) {
#pragma clang fp contract(off)
    size_t i = 0;
    const I sign = splat(INT32_MIN), half = splat(0x3F000000);
    for (; i + LANES <= count; i += LANES) {
        F x = zero_point + *(const F *)(input + i) * factor;
        x = within(x, -1000 - (F){0}, 1000 - (F){0});
        // The sum of 1/2 and the number below it would be 1.
        I is_small = (I)(((I)x & ~sign) < half);
        F sum = x + (F)(((I)x & sign) | half);
        I whole = __builtin_convertvector(sum, I) & ~is_small;
        whole = lesser(greater(whole, splat((int32_t)lower)), splat(127));
        *(B *)(output + i) = __builtin_convertvector(whole, B);
    }
    for (; i < count; i++) {
        float x = zero_point + input[i] * factor;
        x = x < -1000 ? -1000 : x > 1000 ? 1000 : x;
        float whole = (float)(int32_t)x, rest = x - whole;
        whole += (rest >= 0.5f ? 1.0f : 0.0f) - (rest <= -0.5f ? 1.0f : 0.0f);
        whole = whole < lower ? lower : whole > 127 ? 127 : whole;
        output[i] = (int8_t)(int32_t)whole;
    }
}

static void NAME(quantize)(
    size_t count, const float *input, float scale, int32_t zero_point, int8_t *output) {
#pragma clang fp contract(off)
    for (size_t i = 0; i < count; i++) {
        float x = input[i] / scale;
        x = x < -1000 ? -1000 : x > 1000 ? 1000 : x == x ? x : 0;
        float whole = (float)(int32_t)x, rest = x - whole;
        whole += (rest >= 0.5f ? 1.0f : 0.0f) - (rest <= -0.5f ? 1.0f : 0.0f);
        int32_t y = (int32_t)whole + zero_point;
        output[i] = (int8_t)(y < -128 ? -128 : y > 127 ? 127 : y);
    }
}

