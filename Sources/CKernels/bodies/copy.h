typedef uint8_t Bytes __attribute__((vector_size(LANES * 4), aligned(1), may_alias));
typedef uint8_t Bytes16 __attribute__((vector_size(16), aligned(1), may_alias));
typedef uint64_t Bytes8 __attribute__((aligned(1), may_alias));
typedef uint32_t Bytes4 __attribute__((aligned(1), may_alias));

#define MOVE(T, offset) *(T *)(output + (offset)) = *(const T *)(input + (offset))

// The last move of a row overlaps the one before.
#define MOVE_ALL(T) \
    { \
        size_t i = 0; \
        for (; i + sizeof(T) <= bytes; i += sizeof(T)) MOVE(T, i); \
        if (i < bytes) MOVE(T, bytes - sizeof(T)); \
    }

INLINE void copy_row(const size_t bytes, const char *input, char *output) {
    if (bytes >= sizeof(Bytes))
        MOVE_ALL(Bytes)
    else if (bytes >= 16)
        MOVE_ALL(Bytes16)
    else if (bytes >= 8)
        MOVE_ALL(Bytes8)
    else if (bytes >= 4)
        MOVE_ALL(Bytes4)
    else
        for (size_t i = 0; i < bytes; i++) output[i] = input[i];
}

INLINE void copy_short_rows(
    size_t rows, const size_t bytes, const char *input, ptrdiff_t input_stride, char *output,
    ptrdiff_t output_stride) {
    for (size_t r = 0; r < rows; r++, input += input_stride, output += output_stride)
        copy_row(bytes, input, output);
}

#define COPY_CASE(bytes) \
    case bytes: \
        copy_short_rows(rows, bytes, input, input_stride, output, output_stride); \
        break;

static void NAME(copy_rows)(
    size_t rows, size_t bytes, const char *input, ptrdiff_t input_stride, char *output,
    ptrdiff_t output_stride) {
    switch (bytes) {
        COPY_CASE(4)
        COPY_CASE(8)
        COPY_CASE(12)
        COPY_CASE(16)
        COPY_CASE(24)
        COPY_CASE(32)
        COPY_CASE(48)
        COPY_CASE(64)
        COPY_CASE(128)
        COPY_CASE(256)
    default:
        if (bytes <= 1024) {
            copy_short_rows(rows, bytes, input, input_stride, output, output_stride);
            break;
        }
        for (size_t r = 0; r < rows; r++, input += input_stride, output += output_stride)
            memcpy(output, input, bytes);
    }
}

#define STRIDED_TYPED(T, name) \
    INLINE void strided_##name( \
        size_t count, const T *restrict input, ptrdiff_t step, T *restrict output, \
        ptrdiff_t output_step) { \
        if (output_step == 1 && step == 0) \
            for (size_t i = 0; i < count; i++) output[i] = *input; \
        else if (output_step == 1 && step == -1) \
            for (size_t i = 0; i < count; i++) output[i] = input[-(ptrdiff_t)i]; \
        else if (output_step == 1 && step == 2) \
            for (size_t i = 0; i < count; i++) output[i] = input[2 * i]; \
        else \
            for (size_t i = 0; i < count; i++) \
                output[(ptrdiff_t)i * output_step] = input[(ptrdiff_t)i * step]; \
    }

STRIDED_TYPED(uint8_t, byte)
STRIDED_TYPED(uint16_t, half)
STRIDED_TYPED(uint32_t, word)
STRIDED_TYPED(uint64_t, long)

#define STRIDED_CASE(T, name) \
    case sizeof(T): \
        for (size_t r = 0; r < rows; r++) \
            strided_##name(count, (const T *)input + (ptrdiff_t)r * input_row, input_step, \
                (T *)output + (ptrdiff_t)r * output_row, output_step); \
        break;

static void NAME(copy_elements)(
    size_t element_size, size_t rows, size_t count, const void *input, ptrdiff_t input_row,
    ptrdiff_t input_step, void *output, ptrdiff_t output_row, ptrdiff_t output_step) {
    switch (element_size) {
        STRIDED_CASE(uint8_t, byte)
        STRIDED_CASE(uint16_t, half)
        STRIDED_CASE(uint32_t, word)
        STRIDED_CASE(uint64_t, long)
    }
}
