#include "tiles.h"

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

// Scales and writes the sums of a tile, `[vectors][rows]`, four rows at a time; rows that are left over are written again.
static void scale_tile(
    size_t rows, size_t vectors, const kc_integer_gemm_job *job, size_t first, size_t column,
    size_t last, const I *sums) {
    for (size_t v = 0; v < vectors; v++) {
        size_t channel = column + v * LANES, count = v + 1 == vectors ? last : LANES;
        const size_t channels[4] = {channel, channel, channel, channel};
        for (size_t r = 0; r < rows; r += 4) {
            I some[4], scaled[4];
            int8_t *targets[4];
            UNROLL
            for (size_t i = 0; i < 4; i++) {
                size_t row = r + i < rows ? r + i : rows - 1;
                some[i] = sums[v * rows + row];
                targets[i] = job->outputs[first + row] + channel;
            }
            scale_four(some, job->scaling, channels, scaled);
            store_four(scaled, job->scaling, targets, count);
        }
    }
}

// Writes what the sums of a tile, `[vectors][rows]`, stand for.
static void express_tile(
    size_t rows, size_t vectors, const kc_integer_gemm_job *job, size_t first, size_t column,
    size_t last, const I *sums) {
    for (size_t v = 0; v < vectors; v++) {
        size_t channel = column + v * LANES, count = v + 1 == vectors ? last : LANES;
        column_terms terms = load_column_terms(job->expression, channel, count);
        for (size_t row = first; row < first + rows; row++) {
            if (row == first || job->expression->row_step) set_row(&terms, job->expression, row);
            F y = expressed(*sums++, job->expression, &terms);
            store_words((int32_t *)(job->floats[row] + channel), (I)y, count);
        }
    }
}

// The most chains of sums that a tile of few rows has, since a dot product takes several cycles.
enum { MOST_CHAINS = 4 };

// Adds the products of a word of each row with `vectors` vectors of weights.
INLINE void add_products(
    const int rows, const int vectors, const ROW *const *a, size_t word, const int32_t *panel,
    I sums[TILE_ROWS][TILE_VECTORS]) {
    I b[TILE_VECTORS];
    UNROLL
    for (int v = 0; v < vectors; v++) b[v] = load(panel + v * LANES);
    UNROLL
    for (int r = 0; r < rows; r++) {
        int32_t elements;
        memcpy(&elements, a[r] + word * GROUP, sizeof elements);
        I x = splat(elements);
        UNROLL
        for (int v = 0; v < vectors; v++) sums[r][v] = dot(sums[r][v], x, b[v]);
    }
}

// One tile: `rows` x `vectors` accumulators held in registers over the whole depth.
INLINE void tile(
    const int rows, const int vectors, const kc_integer_gemm_job *job, size_t first,
    const int32_t *panel, size_t column, size_t last) {
    const int chains = rows == 1 ? MOST_CHAINS : rows <= 3 ? 2 : 1;
    I sums[MOST_CHAINS][TILE_ROWS][TILE_VECTORS];
    UNROLL
    for (int c = 0; c < chains; c++)
        UNROLL
        for (int r = 0; r < rows; r++)
            UNROLL
            for (int v = 0; v < vectors; v++)
                sums[c][r][v] = c == 0 ? load(job->offsets + column + v * LANES) : (I){0};
    for (size_t t = 0; t < job->tap_count; t++) {
        const ROW *a[TILE_ROWS];
        UNROLL
        for (int r = 0; r < rows; r++)
            a[r] = (const ROW *)job->rows[first + r] + job->tap_offsets[t];
        size_t k = 0;
        for (; k + chains <= job->tap_words; k += chains, panel += chains * PANEL)
            UNROLL
            for (int c = 0; c < chains; c++)
                add_products(rows, vectors, a, k + c, panel + c * PANEL, sums[c]);
        if (chains > 1)
            for (; k < job->tap_words; k++, panel += PANEL)
                add_products(rows, vectors, a, k, panel, sums[0]);
    }
    I results[TILE_ROWS * TILE_VECTORS];
    UNROLL
    for (int v = 0; v < vectors; v++)
        UNROLL
        for (int r = 0; r < rows; r++) {
            I sum = sums[0][r][v];
            UNROLL
            for (int c = 1; c < chains; c++) sum += sums[c][r][v];
            results[v * rows + r] = sum;
        }
    if (job->scaling)
        scale_tile(rows, vectors, job, first, column, last, results);
    else if (job->expression)
        express_tile(rows, vectors, job, first, column, last, results);
    else
        for (int v = 0; v < vectors; v++)
            for (int r = 0; r < rows; r++)
                store_words(
                    job->sums[first + r] + column + v * LANES, results[v * rows + r],
                    v + 1 == vectors ? last : LANES);
}

#define INTEGER_TILE(rows, first) tile(rows, vectors, job, first, panel, column, last)

INLINE void panel_rows(
    const int vectors, const kc_integer_gemm_job *job, const int32_t *panel, size_t column,
    size_t last) {
    FOR_EACH_TILE(job->row_count, INTEGER_TILE)
}

static void NAME(gemm)(const kc_integer_gemm_job *job) {
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

