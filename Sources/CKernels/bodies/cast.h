// Conversions between element types; the names of the types are those of `kernels_element`.

#define CAST_LOOP(From, To, value) \
    { \
        const From *restrict from = input; \
        To *restrict to = output; \
        for (size_t i = 0; i < count; i++) { \
            From x = from[i]; \
            to[i] = (To)(value); \
        } \
        return 1; \
    }

#define PAIR(from, to) ((int)(from) * 8 + (int)(to))

// Toward zero, limited to the range [least, greatest]; NaN is 0. `above` is greatest + 1.
#define SATURATED(To, least, greatest, above) \
    x != x ? 0 : x < (float)(least) ? (To)(least) : x >= above ? (To)(greatest) : (To)x

static int NAME(cast)(
    enum kernels_element source, enum kernels_element target, size_t count, const void *input,
    void *output) {
    switch (PAIR(source, target)) {
    case PAIR(kernels_float32, kernels_int32):
        CAST_LOOP(float, int32_t, SATURATED(int32_t, INT32_MIN, INT32_MAX, 0x1p31f))
    case PAIR(kernels_float32, kernels_int64):
        CAST_LOOP(float, int64_t, SATURATED(int64_t, INT64_MIN, INT64_MAX, 0x1p63f))
    case PAIR(kernels_float32, kernels_int8):
        CAST_LOOP(float, int8_t, SATURATED(int32_t, INT8_MIN, INT8_MAX, 128.0f))
    case PAIR(kernels_float32, kernels_uint8):
        CAST_LOOP(float, uint8_t, SATURATED(int32_t, 0, UINT8_MAX, 256.0f))
    case PAIR(kernels_float32, kernels_bool): CAST_LOOP(float, uint8_t, x != 0)
    case PAIR(kernels_int32, kernels_float32): CAST_LOOP(int32_t, float, x)
    case PAIR(kernels_int32, kernels_int64): CAST_LOOP(int32_t, int64_t, x)
    case PAIR(kernels_int32, kernels_int8):
    case PAIR(kernels_int32, kernels_uint8): CAST_LOOP(int32_t, uint8_t, x)
    case PAIR(kernels_int32, kernels_bool): CAST_LOOP(int32_t, uint8_t, x != 0)
    case PAIR(kernels_int64, kernels_float32): CAST_LOOP(int64_t, float, x)
    case PAIR(kernels_int64, kernels_int32): CAST_LOOP(int64_t, int32_t, x)
    case PAIR(kernels_int64, kernels_int8):
    case PAIR(kernels_int64, kernels_uint8): CAST_LOOP(int64_t, uint8_t, x)
    case PAIR(kernels_int64, kernels_bool): CAST_LOOP(int64_t, uint8_t, x != 0)
    case PAIR(kernels_int8, kernels_float32): CAST_LOOP(int8_t, float, x)
    case PAIR(kernels_int8, kernels_int32): CAST_LOOP(int8_t, int32_t, x)
    case PAIR(kernels_uint8, kernels_float32): CAST_LOOP(uint8_t, float, x)
    case PAIR(kernels_uint8, kernels_int32): CAST_LOOP(uint8_t, int32_t, x)
    case PAIR(kernels_uint8, kernels_int64): CAST_LOOP(uint8_t, int64_t, x)
    case PAIR(kernels_uint8, kernels_bool): CAST_LOOP(uint8_t, uint8_t, x != 0)
    case PAIR(kernels_bool, kernels_float32): CAST_LOOP(uint8_t, float, x != 0)
    case PAIR(kernels_bool, kernels_int32): CAST_LOOP(uint8_t, int32_t, x != 0)
    case PAIR(kernels_bool, kernels_int64): CAST_LOOP(uint8_t, int64_t, x != 0)
    case PAIR(kernels_bool, kernels_int8):
    case PAIR(kernels_bool, kernels_uint8): CAST_LOOP(uint8_t, uint8_t, x != 0)
    default: return 0;
    }
}
