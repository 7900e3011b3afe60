#include "tiles.h"

#define PANEL (LANES * TILE_VECTORS)

static size_t NAME(panel_width)(void) { return PANEL; }

// Four elements of four neighbouring columns.
INLINE void pack_block(
    const float *source, ptrdiff_t column_stride, size_t width, float *panel) {
    F4 a = *(const F4 *)source, b = *(const F4 *)(source + column_stride);
    F4 c = *(const F4 *)(source + 2 * column_stride), d = *(const F4 *)(source + 3 * column_stride);
    F4 ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    F4 ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    F4 cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    F4 cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    *(F4 *)panel = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
    *(F4 *)(panel + width) = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
    *(F4 *)(panel + 2 * width) = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
    *(F4 *)(panel + 3 * width) = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
}

static void NAME(pack_panel)(
    const float *source, size_t depth, ptrdiff_t depth_stride, ptrdiff_t column_stride,
    size_t count, size_t width, float *panel) {
    if (count < width) memset(panel, 0, depth * width * sizeof(float));
    if (column_stride == 1) {
        for (size_t k = 0; k < depth; k++)
            memcpy(panel + k * width, source + (ptrdiff_t)k * depth_stride, count * sizeof(float));
        return;
    }
    for (size_t first = 0; first < depth; first += 16) {
        size_t end = first + 16 < depth ? first + 16 : depth, j = 0;
        for (; depth_stride == 1 && j + 4 <= count; j += 4) {
            const float *columns = source + (ptrdiff_t)j * column_stride;
            size_t k = first;
            for (; k + 4 <= end; k += 4)
                pack_block(columns + k, column_stride, width, panel + k * width + j);
            for (; k < end; k++)
                for (size_t c = 0; c < 4; c++)
                    panel[k * width + j + c] = columns[(ptrdiff_t)c * column_stride + k];
        }
        for (; j < count; j++) {
            const float *column = source + (ptrdiff_t)j * column_stride;
            for (size_t k = first; k < end; k++)
                panel[k * width + j] = column[(ptrdiff_t)k * depth_stride];
        }
    }
}

// One tile: `rows` x `vectors` accumulators held in registers over the whole depth.
INLINE void tile(
    const int rows, const int vectors, const kc_gemm_job *job, size_t first,
    const float *panel, const float *bias, float *const *outputs, size_t column, size_t last) {
    V sums[TILE_ROWS][TILE_VECTORS];
    UNROLL
    for (int r = 0; r < rows; r++) {
        const float *out = outputs[first + r] + column;
        UNROLL
        for (int v = 0; v < vectors; v++)
            sums[r][v] = !job->accumulates ? load(bias + v * LANES)
                : v + 1 == vectors && last < LANES ? load_part(out + v * LANES, last)
                : load(out + v * LANES);
    }
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

#define FLOAT_TILE(rows, first) \
    tile(rows, vectors, job, first, panel, bias, job->outputs, column, last)

INLINE void panel_rows(
    const int vectors, const kc_gemm_job *job, const float *panel, const float *bias,
    size_t column, size_t last) {
    FOR_EACH_TILE(job->row_count, FLOAT_TILE)
}

static void NAME(gemm)(const kc_gemm_job *job) {
    for (size_t column = 0; column < job->columns; column += PANEL) {
        const float *panel = job->panels + column * job->panel_depth;
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

// `rows` inner products at once, two accumulators each; short rows are fetched ahead.
INLINE void products(
    const int rows, const float *input, const float *matrix, size_t inputs, float *results) {
    V even[4] = {{0}}, odd[4] = {{0}};
    const float *ahead = matrix + (rows * inputs <= 2048 ? rows * inputs : 0);
    // Loads from there on do not cross cache lines.
    size_t i = (-(uintptr_t)matrix / sizeof(float)) % LANES;
    if (i > inputs) i = inputs;
    if (i) {
        V x = load_part(input, i);
        UNROLL
        for (int r = 0; r < rows; r++) odd[r] = x * load_part(matrix + r * inputs, i);
    }
    for (; i + 2 * LANES <= inputs; i += 2 * LANES) {
        V x = load(input + i), y = load(input + i + LANES);
        UNROLL
        for (int r = 0; r < rows; r++) {
            const float *row = matrix + r * inputs + i;
            __builtin_prefetch(ahead + r * inputs + i);
            __builtin_prefetch(ahead + r * inputs + i + LANES);
            even[r] += x * load(row);
            odd[r] += y * load(row + LANES);
        }
    }
    for (; i < inputs; i += LANES) {
        size_t count = inputs - i < LANES ? inputs - i : LANES;
        V x = load_part(input + i, count);
        UNROLL
        for (int r = 0; r < rows; r++) even[r] += x * load_part(matrix + r * inputs + i, count);
    }
    F4 sums = lane_sums(even[0] + odd[0], even[1] + odd[1], even[2] + odd[2], even[3] + odd[3]);
    memcpy(results, &sums, rows * sizeof(float));
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

// Columns of the panels for products with one vector.
#define VECTOR_PANEL (2 * LANES)

static size_t NAME(vector_panel_width)(void) { return VECTOR_PANEL; }

static void NAME(vector_product)(
    const float *input, const float *panels, size_t depth, size_t columns, const float *bias,
    float lower, float upper, float *output) {
    for (size_t column = 0; column < columns; column += VECTOR_PANEL) {
        // Several sums, since each addition waits for the one before.
        V low[4] = {{0}}, high[4] = {{0}};
        size_t k = 0;
        for (; k + 4 <= depth; k += 4, panels += 4 * VECTOR_PANEL)
            UNROLL
            for (int i = 0; i < 4; i++) {
                V x = splat(input[k + i]);
                low[i] += x * load(panels + i * VECTOR_PANEL);
                high[i] += x * load(panels + i * VECTOR_PANEL + LANES);
            }
        for (; k < depth; k++, panels += VECTOR_PANEL) {
            V x = splat(input[k]);
            low[0] += x * load(panels);
            high[0] += x * load(panels + LANES);
        }
        V sums[2] = {(low[0] + low[1]) + (low[2] + low[3]), (high[0] + high[1]) + (high[2] + high[3])};
        for (size_t v = 0; v < 2 && column + v * LANES < columns; v++) {
            size_t first = column + v * LANES;
            size_t width = columns - first < LANES ? columns - first : LANES;
            if (bias) sums[v] += load_width(bias + first, width);
            store_width(output + first, clamp(sums[v], splat(lower), splat(upper)), width);
        }
    }
}
