INLINE V binary_vector(const int function, V a, V b) {
    switch (function) {
    case kc_add: return a + b;
    case kc_subtract: return a - b;
    case kc_multiply: return a * b;
    case kc_divide: return a / b;
    case kc_maximum: return larger(a, b);
    case kc_minimum: return smaller(a, b);
    case kc_power: return power_vector(a, b);
    case kc_floor_divide: return floor_divide_vector(a, b);
    case kc_floor_modulo: return floor_modulo_vector(a, b);
    case kc_arc_tangent: return arc_tangent_vector(a, b);
    case kc_prelu: return choose(a < 0, a * b, a);
    default: return (a - b) * (a - b);
    }
}

INLINE V operand(const float *p, const int step, size_t index) {
    return step ? load(p + index) : splat(*p);
}

INLINE V operand_part(const float *p, const int step, size_t index, size_t count) {
    return step ? load_part(p + index, count) : splat(*p);
}

INLINE void binary_rows(
    const int function, const int a_step, const int b_step, kc_broadcast_shape shape,
    const float *a, const float *b, float *output) {
    for (size_t r = 0; r < shape.rows; r++) {
        size_t i = 0;
        for (; i + LANES <= shape.count; i += LANES)
            store(output + i,
                binary_vector(function, operand(a, a_step, i), operand(b, b_step, i)));
        size_t left = shape.count - i;
        if (left) {
            V x = operand_part(a, a_step, i, left), y = operand_part(b, b_step, i, left);
            store_part(output + i, binary_vector(function, x, y), left);
        }
        output += shape.count;
        a += shape.a_row;
        b += shape.b_row;
    }
}

INLINE int is_small_power(float exponent) {
    return exponent == 1 || exponent == 2 || exponent == 3 || exponent == 4;
}

// Powers of 1 to 4 by multiplication.
INLINE void small_power_rows(
    kc_broadcast_shape shape, const float *a, const int exponent, float *output) {
    for (size_t r = 0; r < shape.rows; r++, a += shape.a_row, output += shape.count)
        for (size_t i = 0; i < shape.count; i += LANES) {
            size_t width = shape.count - i < LANES ? shape.count - i : LANES;
            V x = load_part(a + i, width), y = x;
            for (int k = 1; k < exponent; k++) y *= x;
            store_part(output + i, y, width);
        }
}

INLINE void binary_steps(
    const int function, kc_broadcast_shape shape, const float *a, const float *b,
    float *output) {
    if (shape.a_step && shape.b_step)
        binary_rows(function, 1, 1, shape, a, b, output);
    else if (shape.a_step && function == kc_power && shape.b_row == 0 && is_small_power(*b))
        small_power_rows(shape, a, (int)*b, output);
    else if (shape.a_step)
        binary_rows(function, 1, 0, shape, a, b, output);
    else if (shape.b_step)
        binary_rows(function, 0, 1, shape, a, b, output);
    else
        binary_rows(function, 0, 0, shape, a, b, output);
}

#define BINARY_CASE(f) \
    case f: binary_steps(f, shape, a, b, output); break;

static void NAME(binary)(
    enum kc_binary_function function, kc_broadcast_shape shape, const float *a,
    const float *b, float *output) {
    switch (function) {
        BINARY_CASE(kc_add)
        BINARY_CASE(kc_subtract)
        BINARY_CASE(kc_multiply)
        BINARY_CASE(kc_divide)
        BINARY_CASE(kc_maximum)
        BINARY_CASE(kc_minimum)
        BINARY_CASE(kc_squared_difference)
        BINARY_CASE(kc_prelu)
        BINARY_CASE(kc_power)
        BINARY_CASE(kc_floor_divide)
        BINARY_CASE(kc_floor_modulo)
        BINARY_CASE(kc_arc_tangent)
    }
}
