// Rows of elements in the form that dot products read.

static int32_t NAME(correction)(int32_t zero_point) {
#if GROUP == 4
    return zero_point + ROW_OFFSET;
#else
    (void)zero_point;
    return 0;
#endif
}

static void NAME(widen)(size_t count, const int8_t *input, int32_t zero_point, void *row) {
    ROW *output = row;
#if GROUP == 4
    (void)zero_point;
    for (size_t i = 0; i < count; i++) output[i] = (ROW)(input[i] + ROW_OFFSET);
#else
    for (size_t i = 0; i < count; i++) output[i] = (ROW)(input[i] - zero_point);
#endif
}

static void NAME(fill)(size_t count, int32_t zero_point, void *row) {
    ROW *output = row;
#if GROUP == 4
    for (size_t i = 0; i < count; i++) output[i] = (ROW)(zero_point + ROW_OFFSET);
#else
    (void)zero_point;
    for (size_t i = 0; i < count; i++) output[i] = 0;
#endif
}

