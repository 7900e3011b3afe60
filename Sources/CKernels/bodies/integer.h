// Included once per instruction set with LANES (sums per vector), TILE_ROWS, TILE_VECTORS, GROUP (elements per word) and
// NAME(x) defined.

#include "integer_vector.h"

static int32_t NAME(correction)(int32_t zero_point) {
#if GROUP == 4
    return zero_point + ROW_OFFSET;
#else
    (void)zero_point;
    return 0;
#endif
}

static void NAME(widen)(size_t count, const int8_t *input, int32_t zero_point, void *row) {
    ROW *output = row;
#if GROUP == 4
    (void)zero_point;
    for (size_t i = 0; i < count; i++) output[i] = (ROW)(input[i] + ROW_OFFSET);
#else
    for (size_t i = 0; i < count; i++) output[i] = (ROW)(input[i] - zero_point);
#endif
}

static void NAME(fill)(size_t count, int32_t zero_point, void *row) {
    ROW *output = row;
#if GROUP == 4
    for (size_t i = 0; i < count; i++) output[i] = (ROW)(zero_point + ROW_OFFSET);
#else
    (void)zero_point;
    for (size_t i = 0; i < count; i++) output[i] = 0;
#endif
}

#define PANEL (LANES * TILE_VECTORS)

static void NAME(pack)(
    const int8_t *source, size_t depth, ptrdiff_t depth_stride, ptrdiff_t column_stride, size_t count,
    int32_t *panel) {
    size_t words = (depth + GROUP - 1) / GROUP;
    memset(panel, 0, words * PANEL * sizeof(int32_t));
    for (size_t j = 0; j < count; j++) {
        const int8_t *column = source + (ptrdiff_t)j * column_stride;
        for (size_t k = 0; k < depth; k++) {
            int8_t weight = column[(ptrdiff_t)k * depth_stride];
            size_t element = (k / GROUP * PANEL + j) * GROUP + k % GROUP;
#if GROUP == 4
            ((int8_t *)panel)[element] = weight;
#else
            ((int16_t *)panel)[element] = weight;
#endif
        }
    }
}

// One tile: `rows` x `vectors` accumulators held in registers over the whole depth.
INLINE void tile(
    const int rows, const int vectors, const kernels_integer_gemm_job *job, size_t first,
    const int32_t *panel, size_t column, size_t last) {
    I sums[TILE_ROWS][TILE_VECTORS];
    UNROLL
    for (int r = 0; r < rows; r++)
        UNROLL
        for (int v = 0; v < vectors; v++) sums[r][v] = load(job->offsets + column + v * LANES);
    for (size_t t = 0; t < job->tap_count; t++) {
        const ROW *a[TILE_ROWS];
        UNROLL
        for (int r = 0; r < rows; r++)
            a[r] = (const ROW *)job->rows[first + r] + job->tap_offsets[t];
        for (size_t k = 0; k < job->tap_words; k++) {
            I b[TILE_VECTORS];
            UNROLL
            for (int v = 0; v < vectors; v++) b[v] = load(panel + v * LANES);
            UNROLL
            for (int r = 0; r < rows; r++) {
                int32_t word;
                memcpy(&word, a[r] + k * GROUP, sizeof word);
                I x = splat(word);
                UNROLL
                for (int v = 0; v < vectors; v++) sums[r][v] = dot(sums[r][v], x, b[v]);
            }
            panel += PANEL;
        }
    }
    UNROLL
    for (int r = 0; r < rows; r++)
        UNROLL
        for (int v = 0; v < vectors; v++) {
            size_t channel = column + v * LANES, count = v + 1 == vectors ? last : LANES;
            if (job->scaling)
                store_bytes(
                    job->outputs[first + r] + channel, requantize(sums[r][v], job->scaling, channel),
                    count);
            else
                memcpy(job->sums[first + r] + channel, &sums[r][v], count * sizeof(int32_t));
        }
}

#define TILE_CASE(r) \
    case r: tile(r, vectors, job, i, panel, column, last); break;

// As few tiles as hold all rows, of nearly equal heights.
INLINE void panel_rows(
    const int vectors, const kernels_integer_gemm_job *job, const int32_t *panel, size_t column,
    size_t last) {
    size_t tiles = (job->row_count + TILE_ROWS - 1) / TILE_ROWS;
    for (size_t i = 0; tiles > 0; tiles--) {
        size_t rows = (job->row_count - i + tiles - 1) / tiles;
        switch (rows) {
            TILE_CASE(1)
            TILE_CASE(2)
            TILE_CASE(3)
            TILE_CASE(4)
#if TILE_ROWS > 4
            TILE_CASE(5)
            TILE_CASE(6)
#endif
#if TILE_ROWS > 6
            TILE_CASE(7)
            TILE_CASE(8)
#endif
        }
        i += rows;
    }
}

static void NAME(gemm)(const kernels_integer_gemm_job *job) {
    size_t words = job->tap_count * job->tap_words;
    for (size_t column = 0; column < job->columns; column += PANEL) {
        const int32_t *panel = job->panels + column * words;
        size_t left = job->columns - column;
        size_t count = left < PANEL ? left : PANEL;
        size_t vectors = (count + LANES - 1) / LANES;
        size_t last = count - (vectors - 1) * LANES;
        switch (vectors) {
        case 1: panel_rows(1, job, panel, column, last); break;
        case 2: panel_rows(2, job, panel, column, last); break;
#if TILE_VECTORS > 2
        case 3: panel_rows(3, job, panel, column, last); break;
#endif
        }
    }
}

INLINE I load_bytes(const int8_t *p, size_t count) {
    B bytes = {0};
    if (count == LANES)
        bytes = *(const B *)p;
    else
#if defined(__x86_64__) && LANES == 16
        bytes = (B)_mm_maskz_loadu_epi8((__mmask16)((1u << count) - 1), p);
#else
        memcpy(&bytes, p, count);
#endif
    return __builtin_convertvector(bytes, I);
}

INLINE I load_words(const int32_t *p, size_t count) {
    I words = {0};
    memcpy(&words, p, count * sizeof(int32_t));
    return words;
}

INLINE void window_store(
    const kernels_integer_window_job *job, size_t pixel, size_t channel, I sums, size_t width) {
    if (!job->scaling) {
        int32_t *target = job->sums + (ptrdiff_t)pixel * job->output_step + channel;
        memcpy(target, &sums, width * sizeof(int32_t));
        return;
    }
    store_bytes(
        job->output + (ptrdiff_t)pixel * job->output_step + channel,
        requantize(sums, job->scaling, channel), width);
}

// The bias, less what the zero point of the input adds to the sum of all taps.
INLINE I window_start(const kernels_integer_window_job *job, size_t channel, size_t width) {
    I weights = {0};
    for (size_t t = 0; t < job->taps; t++)
        weights += load_bytes(job->weights + job->weight_offsets[t] + channel, width);
    I bias = job->bias ? load_words(job->bias + channel, width) : (I){0};
    return bias - weights * job->zero_point;
}

// `pixels` neighbouring results for the channels [channel, channel + width).
INLINE void window_results(
    const int pixels, const kernels_integer_window_job *job, I start, size_t first, size_t channel,
    size_t width) {
    I y[4];
    UNROLL
    for (int p = 0; p < pixels; p++) y[p] = start;
    const int8_t *input = job->input + (ptrdiff_t)first * job->input_step + channel;
    for (size_t t = 0; t < job->taps; t++) {
        const int8_t *tap = input + job->tap_offsets[t];
        I weight = load_bytes(job->weights + job->weight_offsets[t] + channel, width) & 0xffff;
        UNROLL
        for (int p = 0; p < pixels; p++)
            y[p] += narrow_product(load_bytes(tap + p * job->input_step, width), weight);
    }
    UNROLL
    for (int p = 0; p < pixels; p++) window_store(job, first + p, channel, y[p], width);
}

// `pixels` windows of `columns` neighbouring taps per row, `step` taps apart: each input is loaded once for all windows it
// belongs to.
INLINE void row_results(
    const int columns, const int step, const int pixels, const kernels_integer_window_job *job,
    I start, size_t first, size_t channel) {
    I y[4];
    UNROLL
    for (int p = 0; p < pixels; p++) y[p] = start;
    const int8_t *input = job->input + (ptrdiff_t)first * job->input_step + channel;
    ptrdiff_t distance = job->input_step / step;
    for (size_t t = 0; t < job->taps; t += columns) {
        const int8_t *row = input + job->tap_offsets[t];
        I weights[5];
        UNROLL
        for (int c = 0; c < columns; c++)
            weights[c] =
                load_bytes(job->weights + job->weight_offsets[t + c] + channel, LANES) & 0xffff;
        UNROLL
        for (int i = 0; i < (pixels - 1) * step + columns; i++) {
            I x = load_bytes(row + i * distance, LANES);
            UNROLL
            for (int p = 0; p < pixels; p++)
                if (i >= p * step && i < p * step + columns)
                    y[p] += narrow_product(x, weights[i - p * step]);
        }
    }
    UNROLL
    for (int p = 0; p < pixels; p++) window_store(job, first + p, channel, y[p], LANES);
}

// All pixels of a run of at least four; the last group overlaps the one before.
INLINE void row_pixels(
    const int columns, const int step, const kernels_integer_window_job *job, I start,
    size_t channel) {
    size_t p = 0;
    for (; p + 4 <= job->pixels; p += 4) row_results(columns, step, 4, job, start, p, channel);
    if (p < job->pixels) row_results(columns, step, 4, job, start, job->pixels - 4, channel);
}

INLINE void window_pixels(
    const kernels_integer_window_job *job, I start, size_t channel, size_t width) {
    size_t p = 0;
    for (; p + 4 <= job->pixels; p += 4) window_results(4, job, start, p, channel, width);
    for (; p < job->pixels; p++) window_results(1, job, start, p, channel, width);
}

static void NAME(depthwise)(const kernels_integer_window_job *job) {
    if (job->channels < LANES) {
        size_t width = job->channels;
        return window_pixels(job, window_start(job, 0, width), 0, width);
    }
    int is_row = job->pixels >= 4;
    for (size_t c = 0; c < job->channels; c += LANES) {
        size_t channel = c + LANES <= job->channels ? c : job->channels - LANES;
        I start = window_start(job, channel, LANES);
        switch (is_row ? 10 * job->row_taps + job->row_step : 0) {
        case 31: row_pixels(3, 1, job, start, channel); break;
        case 32: row_pixels(3, 2, job, start, channel); break;
        case 51: row_pixels(5, 1, job, start, channel); break;
        case 52: row_pixels(5, 2, job, start, channel); break;
        default: window_pixels(job, start, channel, LANES);
        }
    }
}

// The distances of LANES elements, or of one element everywhere, from the zero point.
INLINE I operand(const int8_t *p, int step, size_t i, size_t count, int32_t zero_point) {
    return (step ? load_bytes(p + i, count) : splat(*p)) - zero_point;
}

INLINE void pair_results(
    const int is_sum, size_t count, const kernels_integer_pair *pair,
    const kernels_requantization *scaling, int8_t *output) {
    for (size_t i = 0; i < count; i += LANES) {
        size_t width = count - i < LANES ? count - i : LANES;
        I a = operand(pair->a, pair->a_step, i, width, pair->a_zero_point);
        I b = operand(pair->b, pair->b_step, i, width, pair->b_zero_point);
        I joined;
        if (is_sum) {
            I shift = splat(pair->shift);
            a = rescale(a, splat(pair->a_mantissa), shift, splat(pair->a_right_shift));
            b = rescale(b, splat(pair->b_mantissa), shift, splat(pair->b_right_shift));
            joined = pair->subtracts ? a - b : a + b;
        } else {
            joined = a * b;
        }
        I scaled = rescale(
            joined, splat(*scaling->mantissas), splat(*scaling->left_shifts),
            splat(*scaling->right_shifts));
        scaled = (I)((U)scaled + (U)splat(scaling->zero_point));
        scaled = lesser(greater(scaled, splat(scaling->lower)), splat(scaling->upper));
        store_bytes(output + i, __builtin_convertvector(scaled, B), width);
    }
}

static void NAME(sum)(
    size_t count, const kernels_integer_pair *pair, const kernels_requantization *scaling,
    int8_t *output) {
    pair_results(1, count, pair, scaling, output);
}

static void NAME(product)(
    size_t count, const kernels_integer_pair *pair, const kernels_requantization *scaling,
    int8_t *output) {
    pair_results(0, count, pair, scaling, output);
}

static void NAME(express)(size_t count, const kernels_integer_express_job *job, float *output) {
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

const integer_set NAME(set) = {
    .group = GROUP,
    .element_size = sizeof(ROW),
    .panel_width = PANEL,
    .correction = NAME(correction),
    .widen = NAME(widen),
    .fill = NAME(fill),
    .pack = NAME(pack),
    .gemm = NAME(gemm),
    .depthwise = NAME(depthwise),
    .sum = NAME(sum),
    .product = NAME(product),
    .express = NAME(express),
    .range = NAME(range),
    .round = NAME(round),
    .quantize = NAME(quantize),
};
