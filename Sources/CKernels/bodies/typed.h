// Plain loops over elements of several types, which the compiler turns into vectors.

#define HOLDS(comparison, x, y) \
    (comparison == kc_equal           ? x == y \
     : comparison == kc_not_equal     ? x != y \
     : comparison == kc_less          ? x < y \
     : comparison == kc_less_or_equal ? x <= y \
     : comparison == kc_both          ? (x != 0) & (y != 0) \
                                           : (x != 0) | (y != 0))

#define COMPARE_TYPED(T, name) \
    INLINE void compare_##name##_rows( \
        const int comparison, const int a_step, const int b_step, kc_broadcast_shape shape, \
        const T *a, const T *b, uint8_t *restrict output) { \
        for (size_t r = 0; r < shape.rows; r++) { \
            for (size_t i = 0; i < shape.count; i++) { \
                T x = a[a_step ? i : 0], y = b[b_step ? i : 0]; \
                output[i] = HOLDS(comparison, x, y); \
            } \
            output += shape.count; \
            a += shape.a_row; \
            b += shape.b_row; \
        } \
    } \
    INLINE void compare_##name( \
        const int comparison, kc_broadcast_shape shape, const T *a, const T *b, \
        uint8_t *output) { \
        if (shape.a_step == shape.b_step) \
            compare_##name##_rows(comparison, 1, 1, shape, a, b, output); \
        else if (shape.a_step) \
            compare_##name##_rows(comparison, 1, 0, shape, a, b, output); \
        else \
            compare_##name##_rows(comparison, 0, 1, shape, a, b, output); \
    }

COMPARE_TYPED(float, float32)
COMPARE_TYPED(int32_t, int32)
COMPARE_TYPED(int64_t, int64)
COMPARE_TYPED(uint8_t, bytes)

#define COMPARE_CASE(comparison, name) \
    case comparison: compare_##name(comparison, shape, a, b, output); break;

#define COMPARE_NUMBERS(name) \
    switch (comparison) { \
        COMPARE_CASE(kc_equal, name) \
        COMPARE_CASE(kc_not_equal, name) \
        COMPARE_CASE(kc_less, name) \
        COMPARE_CASE(kc_less_or_equal, name) \
    default: break; \
    }

static void NAME(compare)(
    enum kc_comparison comparison, enum kc_element element,
    kc_broadcast_shape shape, const void *a, const void *b, uint8_t *output) {
    switch (element) {
    case kc_float32: COMPARE_NUMBERS(float32) break;
    case kc_int32: COMPARE_NUMBERS(int32) break;
    case kc_int64: COMPARE_NUMBERS(int64) break;
    default:
        COMPARE_NUMBERS(bytes)
        switch (comparison) {
            COMPARE_CASE(kc_both, bytes)
            COMPARE_CASE(kc_either, bytes)
        default: break;
        }
    }
}

#define SELECT_TYPED(T, name) \
    INLINE void select_##name##_row( \
        const int a_step, const int b_step, size_t count, const uint8_t *condition, const T *a, \
        const T *b, T *restrict output) { \
        for (size_t i = 0; i < count; i++) { \
            T x = a[a_step ? i : 0], y = b[b_step ? i : 0]; \
            output[i] = condition[i] ? x : y; \
        } \
    } \
    INLINE void select_##name( \
        kc_broadcast_shape shape, const uint8_t *condition, const T *a, const T *b, \
        T *output) { \
        for (size_t r = 0; r < shape.rows; r++) { \
            if (!shape.c_step) { \
                const T *chosen = *condition ? a : b; \
                int step = *condition ? shape.a_step : shape.b_step; \
                if (step) \
                    memcpy(output, chosen, shape.count * sizeof(T)); \
                else \
                    for (size_t i = 0; i < shape.count; i++) output[i] = *chosen; \
            } else if (shape.a_step && shape.b_step) { \
                select_##name##_row(1, 1, shape.count, condition, a, b, output); \
            } else if (shape.a_step) { \
                select_##name##_row(1, 0, shape.count, condition, a, b, output); \
            } else if (shape.b_step) { \
                select_##name##_row(0, 1, shape.count, condition, a, b, output); \
            } else { \
                select_##name##_row(0, 0, shape.count, condition, a, b, output); \
            } \
            output += shape.count; \
            condition += shape.c_row; \
            a += shape.a_row; \
            b += shape.b_row; \
        } \
    }

SELECT_TYPED(uint8_t, byte)
SELECT_TYPED(uint16_t, half)
SELECT_TYPED(uint32_t, word)
SELECT_TYPED(uint64_t, long)

static void NAME(select)(
    size_t element_size, kc_broadcast_shape shape, const uint8_t *condition, const void *a,
    const void *b, void *output) {
    switch (element_size) {
    case 1: select_byte(shape, condition, a, b, output); break;
    case 2: select_half(shape, condition, a, b, output); break;
    case 4: select_word(shape, condition, a, b, output); break;
    default: select_long(shape, condition, a, b, output); break;
    }
}
