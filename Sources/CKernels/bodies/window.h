// Windows over channels: one vector of channels at a time, several pixels sharing each weight.

enum { window_weighted, window_max, window_mean };

typedef struct {
    const float *weights;
    const ptrdiff_t *weight_offsets;
    const float *bias;
    float scale;
} NAME(window_terms);

INLINE void window_store(
    const kc_window_job *job, size_t pixel, size_t channel, V y, size_t width) {
    float *output = job->output + (ptrdiff_t)pixel * job->output_step + channel;
    store_width(output, clamp(y, splat(job->lower), splat(job->upper)), width);
}

// `pixels` neighbouring results for the channels [channel, channel + width).
INLINE void window_results(
    const int kind, const int pixels, const kc_window_job *job,
    const NAME(window_terms) *terms, size_t first, size_t channel, size_t width) {
    V y[4];
    V start = kind == window_max ? splat(-__builtin_inff()) : (V){0};
    if (kind == window_weighted && terms->bias) start = load_width(terms->bias + channel, width);
    UNROLL
    for (int p = 0; p < pixels; p++) y[p] = start;
    const float *input = job->input + (ptrdiff_t)first * job->input_step + channel;
    for (size_t t = 0; t < job->taps; t++) {
        const float *tap = input + job->tap_offsets[t];
        V weight = {0};
        if (kind == window_weighted)
            weight = load_width(terms->weights + terms->weight_offsets[t] + channel, width);
        UNROLL
        for (int p = 0; p < pixels; p++) {
            V x = load_width(tap + p * job->input_step, width);
            if (kind == window_weighted)
                y[p] += x * weight;
            else if (kind == window_max)
                y[p] = larger(x, y[p]);
            else
                y[p] += x;
        }
    }
    UNROLL
    for (int p = 0; p < pixels; p++)
        window_store(job, first + p, channel, kind == window_mean ? y[p] * terms->scale : y[p], width);
}

// `pixels` weighted windows of `columns` neighbouring taps per row, `step` taps apart: each input is
// loaded once for all windows it belongs to.
INLINE void row_results(
    const int columns, const int step, const int pixels, const kc_window_job *job,
    const NAME(window_terms) *terms, size_t first, size_t channel) {
    V y[8];
    V start = terms->bias ? load(terms->bias + channel) : (V){0};
    UNROLL
    for (int p = 0; p < pixels; p++) y[p] = start;
    const float *input = job->input + (ptrdiff_t)first * job->input_step + channel;
    ptrdiff_t distance = job->input_step / step;
    for (size_t t = 0; t < job->taps; t += columns) {
        const float *row = input + job->tap_offsets[t];
        V weights[5];
        UNROLL
        for (int c = 0; c < columns; c++)
            weights[c] = load(terms->weights + terms->weight_offsets[t + c] + channel);
        UNROLL
        for (int i = 0; i < (pixels - 1) * step + columns; i++) {
            V x = load(row + i * distance);
            UNROLL
            for (int p = 0; p < pixels; p++)
                if (i >= p * step && i < p * step + columns) y[p] += x * weights[i - p * step];
        }
    }
    UNROLL
    for (int p = 0; p < pixels; p++) window_store(job, first + p, channel, y[p], LANES);
}

// All pixels of a run of at least four; the last group overlaps the one before.
INLINE void row_pixels(
    const int columns, const int step, const kc_window_job *job,
    const NAME(window_terms) *terms, size_t channel) {
    size_t p = 0;
    for (; p + 8 <= job->pixels; p += 8) row_results(columns, step, 8, job, terms, p, channel);
    if (p + 4 < job->pixels) {
        row_results(columns, step, 4, job, terms, p, channel);
        p += 4;
    }
    if (p < job->pixels) row_results(columns, step, 4, job, terms, job->pixels - 4, channel);
}

INLINE void window_pixels(
    const int kind, const kc_window_job *job, const NAME(window_terms) *terms, size_t channel,
    size_t width) {
    size_t p = 0;
    for (; p + 4 <= job->pixels; p += 4) window_results(kind, 4, job, terms, p, channel, width);
    for (; p < job->pixels; p++) window_results(kind, 1, job, terms, p, channel, width);
}

// `body` for each vector of channels; the last one overlaps the one before.
#define EACH_CHANNEL(body) \
    for (size_t c = 0; c < job->channels; c += LANES) { \
        size_t channel = c + LANES <= job->channels ? c : job->channels - LANES; \
        body; \
    }

INLINE void window_run(
    const int kind, const kc_window_job *job, const NAME(window_terms) *terms) {
    if (job->channels < LANES)
        window_pixels(kind, job, terms, 0, job->channels);
    else
        EACH_CHANNEL(window_pixels(kind, job, terms, channel, LANES))
}

// Windows of one tap, in the order of memory.
INLINE void scaled_pixels(const kc_window_job *job, const NAME(window_terms) *terms) {
    const float *weights = terms->weights + terms->weight_offsets[0];
    for (size_t p = 0; p < job->pixels; p++) {
        const float *input = job->input + (ptrdiff_t)p * job->input_step + job->tap_offsets[0];
        EACH_CHANNEL(
            V bias = terms->bias ? load(terms->bias + channel) : (V){0};
            V y = load(input + channel) * load(weights + channel) + bias;
            window_store(job, p, channel, y, LANES))
    }
}

static void NAME(depthwise)(
    const kc_window_job *job, const float *weights, const ptrdiff_t *weight_offsets,
    const float *bias) {
    NAME(window_terms) terms = {weights, weight_offsets, bias, 1};
    if (job->taps == 1 && job->channels >= LANES) return scaled_pixels(job, &terms);
    int isRow = job->channels >= LANES && job->pixels >= 4;
    switch (isRow ? 10 * job->row_taps + job->row_step : 0) {
    case 31: EACH_CHANNEL(row_pixels(3, 1, job, &terms, channel)) break;
    case 32: EACH_CHANNEL(row_pixels(3, 2, job, &terms, channel)) break;
    case 51: EACH_CHANNEL(row_pixels(5, 1, job, &terms, channel)) break;
    case 52: EACH_CHANNEL(row_pixels(5, 2, job, &terms, channel)) break;
    default: window_run(window_weighted, job, &terms);
    }
}

static void NAME(max_window)(const kc_window_job *job) {
    NAME(window_terms) terms = {0, 0, 0, 1};
    window_run(window_max, job, &terms);
}

static void NAME(mean_window)(const kc_window_job *job, float scale) {
    NAME(window_terms) terms = {0, 0, 0, scale};
    window_run(window_mean, job, &terms);
}
