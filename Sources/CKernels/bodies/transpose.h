// Element i of each four lanes; from 4 on it is one of the second vector.
#define PICK(i, lane) ((i) < 4 ? (i) + 4 * (lane) : LANES + (i) - 4 + 4 * (lane))
#define PICK_FOUR(p, q, r, s, lane) PICK(p, lane), PICK(q, lane), PICK(r, lane), PICK(s, lane)
#if LANES == 16
#define SHUFFLE(a, b, p, q, r, s) \
    __builtin_shufflevector(a, b, PICK_FOUR(p, q, r, s, 0), PICK_FOUR(p, q, r, s, 1), \
        PICK_FOUR(p, q, r, s, 2), PICK_FOUR(p, q, r, s, 3))
#elif LANES == 8
#define SHUFFLE(a, b, p, q, r, s) \
    __builtin_shufflevector(a, b, PICK_FOUR(p, q, r, s, 0), PICK_FOUR(p, q, r, s, 1))
#else
#define SHUFFLE(a, b, p, q, r, s) __builtin_shufflevector(a, b, PICK_FOUR(p, q, r, s, 0))
#endif

// Four floats from each of LANES / 4 places.
INLINE V load_quads(const float *p, ptrdiff_t stride) {
    F4 a = *(const F4 *)p;
#if LANES == 4
    (void)stride;
    return (V)a;
#else
    F4 b = *(const F4 *)(p + stride);
    typedef float F8 __attribute__((vector_size(32), aligned(4), may_alias));
    F8 low = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7);
#if LANES == 8
    return (V)low;
#else
    F4 c = *(const F4 *)(p + 2 * stride), d = *(const F4 *)(p + 3 * stride);
    F8 high = __builtin_shufflevector(c, d, 0, 1, 2, 3, 4, 5, 6, 7);
    return __builtin_shufflevector(
        low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#endif
#endif
}

// `output` is aligned to 16 bytes where `streaming`.
INLINE void store_line(float *output, V line, const int streaming) {
    if (!streaming) return store(output, line);
    typedef float Aligned __attribute__((vector_size(16), may_alias));
    Aligned quads[LANES / 4];
    memcpy(quads, &line, sizeof line);
    UNROLL for (int i = 0; i < LANES / 4; i++)
        __builtin_nontemporal_store(quads[i], (Aligned *)(output + 4 * i));
}

// Four vectors of rows, four each in turn, to four lines of the output.
INLINE void turn_rows(V *rows) {
    V low[2], high[2];
    UNROLL for (int k = 0; k < 2; k++) {
        low[k] = SHUFFLE(rows[2 * k], rows[2 * k + 1], 0, 4, 1, 5);
        high[k] = SHUFFLE(rows[2 * k], rows[2 * k + 1], 2, 6, 3, 7);
    }
    rows[0] = SHUFFLE(low[0], low[1], 0, 1, 4, 5);
    rows[1] = SHUFFLE(low[0], low[1], 2, 3, 6, 7);
    rows[2] = SHUFFLE(high[0], high[1], 0, 1, 4, 5);
    rows[3] = SHUFFLE(high[0], high[1], 2, 3, 6, 7);
}

// Rows [i, i + LANES) and columns [j, j + 4).
INLINE void transpose_tile(
    const kc_transpose_shape *shape, const float *input, float *output, size_t i, size_t j,
    const int streaming) {
    ptrdiff_t stride = shape->input_stride;
    const float *in = input + (ptrdiff_t)i * stride + j;
    V lines[4];
    UNROLL for (int k = 0; k < 4; k++) lines[k] = load_quads(in + k * stride, 4 * stride);
    turn_rows(lines);
    UNROLL for (int k = 0; k < 4; k++) {
        V line = lines[k];
        if (shape->row_scale) line *= load(shape->row_scale + i);
        if (shape->column_scale) line *= shape->column_scale[j + k];
        store_line(output + (ptrdiff_t)(j + k) * shape->output_stride + i, line, streaming);
    }
}

INLINE void transpose_plainly(
    const kc_transpose_shape *shape, const float *input, float *output) {
    for (size_t j = 0; j < shape->columns; j++)
        for (size_t i = 0; i < shape->rows; i++) {
            float x = input[(ptrdiff_t)i * shape->input_stride + j];
            if (shape->row_scale) x *= shape->row_scale[i];
            if (shape->column_scale) x *= shape->column_scale[j];
            output[(ptrdiff_t)j * shape->output_stride + i] = x;
        }
}

// Rows [i, i + 4) and columns [j, j + 4).
INLINE void transpose_quad(
    const kc_transpose_shape *shape, const float *input, float *output, size_t i, size_t j) {
    const float *in = input + (ptrdiff_t)i * shape->input_stride + j;
    F4 rows[4], pairs[4];
    UNROLL for (int k = 0; k < 4; k++) rows[k] = *(const F4 *)(in + k * shape->input_stride);
    pairs[0] = __builtin_shufflevector(rows[0], rows[1], 0, 4, 1, 5);
    pairs[1] = __builtin_shufflevector(rows[0], rows[1], 2, 6, 3, 7);
    pairs[2] = __builtin_shufflevector(rows[2], rows[3], 0, 4, 1, 5);
    pairs[3] = __builtin_shufflevector(rows[2], rows[3], 2, 6, 3, 7);
    F4 lines[4] = {
        __builtin_shufflevector(pairs[0], pairs[2], 0, 1, 4, 5),
        __builtin_shufflevector(pairs[0], pairs[2], 2, 3, 6, 7),
        __builtin_shufflevector(pairs[1], pairs[3], 0, 1, 4, 5),
        __builtin_shufflevector(pairs[1], pairs[3], 2, 3, 6, 7),
    };
    UNROLL for (int k = 0; k < 4; k++) {
        F4 line = lines[k];
        if (shape->row_scale) line *= *(const F4 *)(shape->row_scale + i);
        if (shape->column_scale) line *= shape->column_scale[j + k];
        *(F4 *)(output + (ptrdiff_t)(j + k) * shape->output_stride + i) = line;
    }
}

#if LANES == 16
// Rows [i, i + count), 4 < count < 16, and columns [j, j + 4).
INLINE void transpose_rest(
    const kc_transpose_shape *shape, const float *input, float *output, size_t i, size_t j,
    size_t count) {
    ptrdiff_t stride = shape->input_stride;
    const float *in = input + (ptrdiff_t)i * stride + j;
    V lines[4];
    UNROLL for (size_t k = 0; k < 4; k++) {
        F4 quads[4];
        UNROLL for (size_t q = 0; q < 4; q++) {
            size_t row = 4 * q + k < count ? 4 * q + k : count - 1;
            quads[q] = *(const F4 *)(in + (ptrdiff_t)row * stride);
        }
        memcpy(lines + k, quads, sizeof quads);
    }
    turn_rows(lines);
    UNROLL for (int k = 0; k < 4; k++) {
        V line = lines[k];
        if (shape->row_scale) line *= load_part(shape->row_scale + i, count);
        if (shape->column_scale) line *= shape->column_scale[j + k];
        store_part(output + (ptrdiff_t)(j + k) * shape->output_stride + i, line, count);
    }
}
#endif

// Sixteen rows make whole cache lines of the output where it is aligned. The last four rows or columns
// may be moved twice.
INLINE void transpose_blocks(
    const kc_transpose_shape *shape, const float *input, float *output, const int streaming) {
    size_t rows = shape->rows / 16 * 16;
    for (size_t column = 0; column < shape->columns; column += 64) {
        size_t end = column + 64 < shape->columns ? column + 64 : shape->columns;
        size_t last = shape->columns - 4;
        for (size_t row = 0; row < rows; row += 16)
            for (size_t j = column; j < end; j += 4)
                UNROLL for (size_t i = 0; i < 16; i += LANES)
                    transpose_tile(
                        shape, input, output, row + i, j < last ? j : last, streaming);
#if LANES == 16
        if (shape->rows - rows > 4) {
            for (size_t j = column; j < end; j += 4)
                transpose_rest(
                    shape, input, output, rows, j < last ? j : last, shape->rows - rows);
            continue;
        }
#endif
        for (size_t row = rows; row < shape->rows; row += 4)
            for (size_t j = column; j < end; j += 4)
                transpose_quad(
                    shape, input, output, row + 4 <= shape->rows ? row : shape->rows - 4,
                    j < last ? j : last);
    }
}

// Two or three rows or columns, which the compiler takes apart.
INLINE void transpose_few_columns(
    const size_t columns, size_t rows, const float *restrict input, ptrdiff_t output_stride,
    float *restrict output) {
    for (size_t i = 0; i < rows; i++)
        UNROLL for (size_t j = 0; j < columns; j++)
            output[(ptrdiff_t)j * output_stride + i] = input[i * columns + j];
}

INLINE void transpose_few_rows(
    const size_t rows, size_t columns, const float *restrict input, ptrdiff_t input_stride,
    float *restrict output) {
    for (size_t j = 0; j < columns; j++)
        UNROLL for (size_t i = 0; i < rows; i++)
            output[j * rows + i] = input[(ptrdiff_t)i * input_stride + j];
}

INLINE int transpose_few(
    const kc_transpose_shape *shape, const float *input, float *output) {
    size_t rows = shape->rows, columns = shape->columns;
    ptrdiff_t in = shape->input_stride, out = shape->output_stride;
    if (shape->row_scale || shape->column_scale) return 0;
    if (columns == 2 && in == 2)
        transpose_few_columns(2, rows, input, out, output);
    else if (columns == 3 && in == 3)
        transpose_few_columns(3, rows, input, out, output);
    else if (rows == 2 && out == 2)
        transpose_few_rows(2, columns, input, in, output);
    else if (rows == 3 && out == 3)
        transpose_few_rows(3, columns, input, in, output);
    else
        return 0;
    return 1;
}

static void NAME(transpose)(
    const kc_transpose_shape *given, size_t planes, ptrdiff_t input_plane,
    ptrdiff_t output_plane, const float *input, float *output) {
    // A copy, which stores of floats cannot change.
    const kc_transpose_shape copy = *given, *shape = &copy;
    // Results too large for the cache bypass it, which needs 16-byte aligned lines.
    int streaming = shape->rows * shape->columns >= (size_t)1 << 20
        && ((uintptr_t)output | (uintptr_t)shape->output_stride * sizeof(float)) % 16 == 0
        && planes == 1 && shape->columns % 4 == 0;
    for (; planes > 0; planes--, input += input_plane, output += output_plane) {
        if (transpose_few(shape, input, output)) continue;
        if (shape->rows < 4 || shape->columns < 4)
            transpose_plainly(shape, input, output);
        else if (streaming)
            transpose_blocks(shape, input, output, 1);
        else
            transpose_blocks(shape, input, output, 0);
    }
    if (streaming)
        atomic_thread_fence(memory_order_seq_cst);  // streaming stores are not ordered otherwise
}
