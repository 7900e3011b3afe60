static void NAME(express)(size_t count, const kc_integer_express_job *job, float *output) {
#pragma clang fp contract(off)
    const float *factors = job->factors, *bias = job->bias;
    const int32_t *column_sums = job->column_sums;
    float factor = job->factor, lower = job->lower, upper = job->upper;
    for (size_t j = 0; j < count; j++) {
        float sum =
            (float)(job->sums[j] - (column_sums ? job->zero_point * column_sums[j] : 0));
        float channel = factors ? factors[j] : 1;
        float scaled = job->factor_first ? sum * (factor * channel) : sum * channel * factor;
        float y = scaled + (bias ? bias[j] : 0);
        y = y < lower ? lower : y;
        output[j] = y > upper ? upper : y;
    }
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
    for (size_t i = 0; i < count; i++) {
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

