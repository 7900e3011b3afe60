static void NAME(bilinear)(
    size_t columns, size_t channels, const kc_resize_column *column, const float *top,
    const float *bottom, float fraction, float *output) {
    V down = splat(fraction), up = 1.0f - down;
    for (size_t c = 0; c < columns; c++, output += channels) {
        V right = splat(column[c].fraction), left = 1.0f - right;
        const float *pixels[4] = {
            top + column[c].left, top + column[c].right,
            bottom + column[c].left, bottom + column[c].right,
        };
        for (size_t i = 0; i < channels; i += LANES) {
            size_t width = channels - i < LANES ? channels - i : LANES;
            V x[4];
            if (width == LANES)
                UNROLL for (int k = 0; k < 4; k++) x[k] = load(pixels[k] + i);
            else
                UNROLL for (int k = 0; k < 4; k++) x[k] = load_part(pixels[k] + i, width);
            V above = x[0] * left + x[1] * right, below = x[2] * left + x[3] * right;
            V y = above * up + below * down;
            if (width == LANES)
                store(output + i, y);
            else
                store_part(output + i, y, width);
        }
    }
}
