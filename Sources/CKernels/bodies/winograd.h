// Winograd's F(2x2, 3x3): 16 products instead of 36 for 2 x 2 results of a 3 x 3 window.

// B^T x: the transform of four neighbouring inputs.
INLINE void input_line(const V x[4], V y[4]) {
    y[0] = x[0] - x[2];
    y[1] = x[1] + x[2];
    y[2] = x[2] - x[1];
    y[3] = x[1] - x[3];
}

INLINE void input_tile(const kc_winograd_tile *tile, size_t channel, size_t width) {
    V columns[4][4], line[4], result[4];
    const float *image = tile->image + channel;
    UNROLL
    for (int j = 0; j < 4; j++) {
        UNROLL
        for (int i = 0; i < 4; i++)
            line[i] = load_width(image + i * tile->row_stride + j * tile->column_stride, width);
        input_line(line, columns[j]);
    }
    UNROLL
    for (int i = 0; i < 4; i++) {
        UNROLL
        for (int j = 0; j < 4; j++) line[j] = columns[j][i];
        input_line(line, result);
        UNROLL
        for (int j = 0; j < 4; j++) {
            float *out = tile->terms + (i * 4 + j) * tile->term_stride + channel;
            store_width(out, result[j], width);
        }
    }
}

static void NAME(winograd_input)(const kc_winograd_tile *tile) {
    size_t c = 0;
    for (; c + LANES <= tile->channels; c += LANES) input_tile(tile, c, LANES);
    if (c < tile->channels) input_tile(tile, c, tile->channels - c);
}

// G w: the transform of three neighbouring weights.
INLINE void filter_line(const V w[3], V y[4]) {
    V outer = (w[0] + w[2]) * 0.5f, middle = w[1] * 0.5f;
    y[0] = w[0];
    y[1] = outer + middle;
    y[2] = outer - middle;
    y[3] = w[2];
}

INLINE void filter_tile(const kc_winograd_tile *tile, size_t channel, size_t width) {
    V columns[3][4], line[3], result[4];
    const float *image = tile->image + channel;
    UNROLL
    for (int j = 0; j < 3; j++) {
        UNROLL
        for (int i = 0; i < 3; i++)
            line[i] = load_width(image + i * tile->row_stride + j * tile->column_stride, width);
        filter_line(line, columns[j]);
    }
    UNROLL
    for (int i = 0; i < 4; i++) {
        UNROLL
        for (int j = 0; j < 3; j++) line[j] = columns[j][i];
        filter_line(line, result);
        UNROLL
        for (int j = 0; j < 4; j++) {
            float *out = tile->terms + (i * 4 + j) * tile->term_stride + channel;
            store_width(out, result[j], width);
        }
    }
}

static void NAME(winograd_filter)(const kc_winograd_tile *tile) {
    size_t c = 0;
    for (; c + LANES <= tile->channels; c += LANES) filter_tile(tile, c, LANES);
    if (c < tile->channels) filter_tile(tile, c, tile->channels - c);
}

// A^T y: two results of four sums.
INLINE void output_line(const V y[4], V x[2]) {
    x[0] = y[0] + y[1] + y[2];
    x[1] = y[1] - y[2] - y[3];
}

INLINE void output_tile(
    const kc_winograd_tile *tile, const kc_winograd_results *results, size_t channel,
    size_t width) {
    V columns[4][2], line[4], sums[2];
    V lower = splat(results->lower), upper = splat(results->upper);
    V bias = results->bias ? load_width(results->bias + channel, width) : (V){0};
    UNROLL
    for (int j = 0; j < 4; j++) {
        UNROLL
        for (int i = 0; i < 4; i++)
            line[i] = load_width(tile->terms + (i * 4 + j) * tile->term_stride + channel, width);
        output_line(line, columns[j]);
    }
    UNROLL
    for (int i = 0; i < 2; i++) {
        UNROLL
        for (int j = 0; j < 4; j++) line[j] = columns[j][i];
        output_line(line, sums);
        UNROLL
        for (int j = 0; j < 2; j++) {
            if ((size_t)i >= results->rows || (size_t)j >= results->columns) continue;
            float *out =
                results->image + i * tile->row_stride + j * tile->column_stride + channel;
            store_width(out, clamp(sums[j] + bias, lower, upper), width);
        }
    }
}

static void NAME(winograd_output)(
    const kc_winograd_tile *tile, const kc_winograd_results *results) {
    size_t c = 0;
    for (; c + LANES <= tile->channels; c += LANES) output_tile(tile, results, c, LANES);
    if (c < tile->channels) output_tile(tile, results, c, tile->channels - c);
}
