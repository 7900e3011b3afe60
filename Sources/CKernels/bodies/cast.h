// Conversions between element types; the names of the types are those of `kc_element`.

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
    enum kc_element source, enum kc_element target, size_t count, const void *input,
    void *output) {
    switch (PAIR(source, target)) {
    case PAIR(kc_float32, kc_int32):
        CAST_LOOP(float, int32_t, SATURATED(int32_t, INT32_MIN, INT32_MAX, 0x1p31f))
    case PAIR(kc_float32, kc_int64):
        CAST_LOOP(float, int64_t, SATURATED(int64_t, INT64_MIN, INT64_MAX, 0x1p63f))
    case PAIR(kc_float32, kc_int8):
        CAST_LOOP(float, int8_t, SATURATED(int32_t, INT8_MIN, INT8_MAX, 128.0f))
    case PAIR(kc_float32, kc_uint8):
        CAST_LOOP(float, uint8_t, SATURATED(int32_t, 0, UINT8_MAX, 256.0f))
    case PAIR(kc_float32, kc_bool): CAST_LOOP(float, uint8_t, x != 0)
    case PAIR(kc_int32, kc_float32): CAST_LOOP(int32_t, float, x)
    case PAIR(kc_int32, kc_int64): CAST_LOOP(int32_t, int64_t, x)
    case PAIR(kc_int32, kc_int8):
    case PAIR(kc_int32, kc_uint8): CAST_LOOP(int32_t, uint8_t, x)
    case PAIR(kc_int32, kc_bool): CAST_LOOP(int32_t, uint8_t, x != 0)
    case PAIR(kc_int64, kc_float32): CAST_LOOP(int64_t, float, x)
    case PAIR(kc_int64, kc_int32): CAST_LOOP(int64_t, int32_t, x)
    case PAIR(kc_int64, kc_int8):
    case PAIR(kc_int64, kc_uint8): CAST_LOOP(int64_t, uint8_t, x)
    case PAIR(kc_int64, kc_bool): CAST_LOOP(int64_t, uint8_t, x != 0)
    case PAIR(kc_int8, kc_float32): CAST_LOOP(int8_t, float, x)
    case PAIR(kc_int8, kc_int32): CAST_LOOP(int8_t, int32_t, x)
    case PAIR(kc_uint8, kc_float32): CAST_LOOP(uint8_t, float, x)
    case PAIR(kc_uint8, kc_int32): CAST_LOOP(uint8_t, int32_t, x)
    case PAIR(kc_uint8, kc_int64): CAST_LOOP(uint8_t, int64_t, x)
    case PAIR(kc_uint8, kc_bool): CAST_LOOP(uint8_t, uint8_t, x != 0)
    case PAIR(kc_bool, kc_float32): CAST_LOOP(uint8_t, float, x != 0)
    case PAIR(kc_bool, kc_int32): CAST_LOOP(uint8_t, int32_t, x != 0)
    case PAIR(kc_bool, kc_int64): CAST_LOOP(uint8_t, int64_t, x != 0)
    case PAIR(kc_bool, kc_int8):
    case PAIR(kc_bool, kc_uint8): CAST_LOOP(uint8_t, uint8_t, x != 0)
    default: return 0;
    }
}
