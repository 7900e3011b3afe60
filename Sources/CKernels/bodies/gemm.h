#define PANEL (LANES * TILE_VECTORS)

static size_t NAME(panel_width)(void) { return PANEL; }

static void NAME(pack_panel)(
    const float *source, size_t depth, ptrdiff_t depth_stride, ptrdiff_t column_stride,
    size_t count, float *panel) {
    if (count < PANEL) memset(panel, 0, depth * PANEL * sizeof(float));
    if (column_stride == 1) {
        for (size_t k = 0; k < depth; k++)
            memcpy(panel + k * PANEL, source + (ptrdiff_t)k * depth_stride, count * sizeof(float));
        return;
    }
    const size_t block = 16;
    for (size_t first = 0; first < depth; first += block) {
        size_t end = first + block < depth ? first + block : depth;
        for (size_t j = 0; j < count; j++) {
            const float *column = source + (ptrdiff_t)j * column_stride;
            for (size_t k = first; k < end; k++)
                panel[k * PANEL + j] = column[(ptrdiff_t)k * depth_stride];
        }
    }
}

// One tile: `rows` x `vectors` accumulators held in registers over the whole depth.
INLINE void tile(
    const int rows, const int vectors, const kernels_gemm_job *job, size_t first,
    const float *panel, const float *bias, float *const *outputs, size_t column, size_t last) {
    V sums[TILE_ROWS][TILE_VECTORS];
    UNROLL
    for (int r = 0; r < rows; r++)
        UNROLL
        for (int v = 0; v < vectors; v++) sums[r][v] = load(bias + v * LANES);
    for (size_t t = 0; t < job->tap_count; t++) {
        const float *a[TILE_ROWS];
        UNROLL
        for (int r = 0; r < rows; r++) a[r] = job->rows[first + r] + job->tap_offsets[t];
        for (size_t k = 0; k < job->tap_length; k++) {
            V b[TILE_VECTORS];
            UNROLL
            for (int v = 0; v < vectors; v++) b[v] = load(panel + v * LANES);
            UNROLL
            for (int r = 0; r < rows; r++) {
                V x = splat(a[r][k]);
                UNROLL
                for (int v = 0; v < vectors; v++) sums[r][v] += x * b[v];
            }
            panel += PANEL;
        }
    }
    V lower = splat(job->lower), upper = splat(job->upper);
    UNROLL
    for (int r = 0; r < rows; r++) {
        float *out = outputs[first + r] + column;
        UNROLL
        for (int v = 0; v < vectors; v++) {
            V y = clamp(sums[r][v], lower, upper);
            if (v + 1 == vectors && last < LANES)
                store_part(out + v * LANES, y, last);
            else
                store(out + v * LANES, y);
        }
    }
}

#define TILE_CASE(r) \
    case r: tile(r, vectors, job, i, panel, bias, job->outputs, column, last); break;

INLINE void panel_rows(
    const int vectors, const kernels_gemm_job *job, const float *panel, const float *bias,
    size_t column, size_t last) {
    for (size_t i = 0; i < job->row_count; i += TILE_ROWS) {
        size_t left = job->row_count - i;
        if (left >= TILE_ROWS) {
            tile(TILE_ROWS, vectors, job, i, panel, bias, job->outputs, column, last);
            continue;
        }
        switch (left) {
            TILE_CASE(1)
            TILE_CASE(2)
            TILE_CASE(3)
            TILE_CASE(4)
            TILE_CASE(5)
#if TILE_ROWS > 6
            TILE_CASE(6)
            TILE_CASE(7)
#endif
        }
    }
}

static void NAME(gemm)(const kernels_gemm_job *job) {
    size_t depth = job->tap_count * job->tap_length;
    for (size_t column = 0; column < job->columns; column += PANEL) {
        const float *panel = job->panels + column * depth;
        size_t left = job->columns - column;
        size_t count = left < PANEL ? left : PANEL;
        float bias[PANEL] = {0};
        if (job->bias) memcpy(bias, job->bias + column, count * sizeof(float));
        size_t vectors = (count + LANES - 1) / LANES;
        size_t last = count - (vectors - 1) * LANES;
        switch (vectors) {
        case 1: panel_rows(1, job, panel, bias, column, last); break;
        case 2: panel_rows(2, job, panel, bias, column, last); break;
#if TILE_VECTORS > 2
        case 3: panel_rows(3, job, panel, bias, column, last); break;
#endif
        }
    }
}

// `rows` inner products at once, two accumulators each.
INLINE void products(
    const int rows, const float *input, const float *matrix, size_t inputs, float *results) {
    V even[4] = {{0}}, odd[4] = {{0}};
    size_t i = 0;
    for (; i + 2 * LANES <= inputs; i += 2 * LANES) {
        V x = load(input + i), y = load(input + i + LANES);
        UNROLL
        for (int r = 0; r < rows; r++) {
            even[r] += x * load(matrix + r * inputs + i);
            odd[r] += y * load(matrix + r * inputs + i + LANES);
        }
    }
    UNROLL
    for (int r = 0; r < rows; r++) {
        float tail = 0;
        for (size_t k = i; k < inputs; k++) tail += input[k] * matrix[r * inputs + k];
        results[r] = lane_sum(even[r] + odd[r]) + tail;
    }
}

static void NAME(gemv)(
    const float *input, const float *matrix, size_t inputs, size_t outputs, const float *bias,
    float lower, float upper, float *output) {
    for (size_t o = 0; o < outputs; o += 4) {
        float results[4];
        size_t rows = outputs - o < 4 ? outputs - o : 4;
        if (rows == 4) {
            products(4, input, matrix + o * inputs, inputs, results);
        } else {
            for (size_t r = 0; r < rows; r++)
                products(1, input, matrix + (o + r) * inputs, inputs, results + r);
        }
        for (size_t r = 0; r < rows; r++) {
            float y = results[r] + (bias ? bias[o + r] : 0);
            output[o + r] = y < lower ? lower : y > upper ? upper : y;
        }
    }
}
