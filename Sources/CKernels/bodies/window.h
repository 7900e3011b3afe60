// Windows over channels: one vector of channels at a time, four pixels sharing each weight.

enum { window_weighted, window_max, window_mean };

typedef struct {
    const float *weights;
    const ptrdiff_t *weight_offsets;
    const float *bias;
    float scale;
} NAME(window_terms);

// `pixels` neighbouring results for the channels [channel, channel + width).
INLINE void window_results(
    const int kind, const int pixels, const kernels_window_job *job,
    const NAME(window_terms) *terms, size_t first, size_t channel, size_t width) {
    V y[4];
    V start = kind == window_max ? splat(-__builtin_inff()) : (V){0};
    if (kind == window_weighted && terms->bias)
        start = width == LANES ? load(terms->bias + channel)
                               : load_part(terms->bias + channel, width);
    UNROLL
    for (int p = 0; p < pixels; p++) y[p] = start;
    const float *input = job->input + (ptrdiff_t)first * job->input_step + channel;
    for (size_t t = 0; t < job->taps; t++) {
        const float *tap = input + job->tap_offsets[t];
        V weight = {0};
        if (kind == window_weighted) {
            const float *w = terms->weights + terms->weight_offsets[t] + channel;
            weight = width == LANES ? load(w) : load_part(w, width);
        }
        UNROLL
        for (int p = 0; p < pixels; p++) {
            const float *pixel = tap + p * job->input_step;
            V x = width == LANES ? load(pixel) : load_part(pixel, width);
            if (kind == window_weighted)
                y[p] += x * weight;
            else if (kind == window_max)
                y[p] = larger(x, y[p]);
            else
                y[p] += x;
        }
    }
    V lower = splat(job->lower), upper = splat(job->upper);
    float *output = job->output + (ptrdiff_t)first * job->output_step + channel;
    UNROLL
    for (int p = 0; p < pixels; p++) {
        V result = clamp(kind == window_mean ? y[p] * terms->scale : y[p], lower, upper);
        if (width == LANES)
            store(output + p * job->output_step, result);
        else
            store_part(output + p * job->output_step, result, width);
    }
}

INLINE void window_pixels(
    const int kind, const kernels_window_job *job, const NAME(window_terms) *terms, size_t channel,
    size_t width) {
    size_t p = 0;
    for (; p + 4 <= job->pixels; p += 4) window_results(kind, 4, job, terms, p, channel, width);
    for (; p < job->pixels; p++) window_results(kind, 1, job, terms, p, channel, width);
}

INLINE void window_run(
    const int kind, const kernels_window_job *job, const NAME(window_terms) *terms) {
    size_t c = 0;
    for (; c + LANES <= job->channels; c += LANES) window_pixels(kind, job, terms, c, LANES);
    if (c < job->channels) window_pixels(kind, job, terms, c, job->channels - c);
}

static void NAME(depthwise)(
    const kernels_window_job *job, const float *weights, const ptrdiff_t *weight_offsets,
    const float *bias) {
    NAME(window_terms) terms = {weights, weight_offsets, bias, 1};
    window_run(window_weighted, job, &terms);
}

static void NAME(max_window)(const kernels_window_job *job) {
    NAME(window_terms) terms = {0, 0, 0, 1};
    window_run(window_max, job, &terms);
}

static void NAME(mean_window)(const kernels_window_job *job, float scale) {
    NAME(window_terms) terms = {0, 0, 0, scale};
    window_run(window_mean, job, &terms);
}
