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

INLINE void window_store(
    const kc_integer_window_job *job, size_t pixel, size_t channel, I sums, size_t width) {
    if (!job->scaling) {
        int32_t *target = job->sums + (ptrdiff_t)pixel * job->output_step + channel;
        return store_words(target, sums, width);
    }
    store_bytes(
        job->output + (ptrdiff_t)pixel * job->output_step + channel,
        requantize(sums, job->scaling, channel), width);
}

// The bias, less what the zero point of the input adds to the sum of all taps.
INLINE I window_start(const kc_integer_window_job *job, size_t channel, size_t width) {
    I weights = {0};
    for (size_t t = 0; t < job->taps; t++)
        weights += load_bytes(job->weights + job->weight_offsets[t] + channel, width);
    I bias = job->bias ? load_words(job->bias + channel, width) : (I){0};
    return bias - weights * job->zero_point;
}

// `pixels` neighbouring results for the channels [channel, channel + width).
INLINE void window_results(
    const int pixels, const kc_integer_window_job *job, I start, size_t first, size_t channel,
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
    const int columns, const int step, const int pixels, const kc_integer_window_job *job,
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
    const int columns, const int step, const kc_integer_window_job *job, I start,
    size_t channel) {
    size_t p = 0;
    for (; p + 4 <= job->pixels; p += 4) row_results(columns, step, 4, job, start, p, channel);
    if (p < job->pixels) row_results(columns, step, 4, job, start, job->pixels - 4, channel);
}

INLINE void window_pixels(
    const kc_integer_window_job *job, I start, size_t channel, size_t width) {
    size_t p = 0;
    for (; p + 4 <= job->pixels; p += 4) window_results(4, job, start, p, channel, width);
    for (; p < job->pixels; p++) window_results(1, job, start, p, channel, width);
}

static void NAME(depthwise)(const kc_integer_window_job *job) {
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

