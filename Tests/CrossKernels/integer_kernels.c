// Compares every set of integer kernels of this processor with plain loops; built for another one, it runs in an emulator
// (`Scripts/check-aarch64`).

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../Sources/CKernels/integer_set.h"

static uint32_t state = 1;

static int32_t any(int32_t low, int32_t high) {
    state = state * 1664525u + 1013904223u;
    return low + (int32_t)((uint64_t)(state >> 8) * (uint64_t)(high - low + 1) >> 24);
}

static void fill(int8_t *p, size_t count) {
    for (size_t i = 0; i < count; i++) p[i] = (int8_t)any(-128, 127);
}

// x * mantissa / 2^31, halves up, then divided by 2^shift, halves away from 0.
static int32_t rescaled(int32_t x, int32_t mantissa, int32_t left, int32_t right) {
    int64_t product = (int64_t)(int32_t)((uint32_t)x << left) * mantissa;
    int64_t high = (product + (1ll << 30)) >> 31;
    if (right == 0) return (int32_t)high;
    int64_t half = 1ll << (right - 1);
    return (int32_t)(high >= 0 ? (high + half) >> right : -((-high + half) >> right));
}

static int8_t element(int32_t scaled, const kc_requantization *scaling) {
    int32_t y = scaled + scaling->zero_point;
    return (int8_t)(y < scaling->lower ? scaling->lower : y > scaling->upper ? scaling->upper : y);
}

enum { largest = 4096 };
static int32_t mantissas[largest], left_shifts[largest], right_shifts[largest];
static int64_t terms[3 * largest];

static kc_requantization any_scaling(const integer_set *set, int channels, int places) {
    memset(mantissas, 0, sizeof mantissas);
    for (int c = 0; c < channels; c++) {
        mantissas[c] = any(1 << 30, 0x7fffffff);
        left_shifts[c] = 0;
        right_shifts[c] = places + any(0, 2);
    }
    kc_requantization scaling = {
        mantissas, left_shifts, right_shifts, any(-40, 40), any(-128, -100), any(90, 127), 0};
    int has_terms = any(0, 3) && set->scaling_terms((channels + 15) / 16 * 16, &scaling, terms);
    scaling.terms = has_terms ? terms : 0;
    return scaling;
}

static int check_product(const integer_set *set) {
    static int8_t x[1 << 14], w[1 << 16], found[1 << 14], *outputs[64];
    static int32_t panels[1 << 17], offsets[largest], bias[largest];
    static uint64_t wide[1 << 14];
    int rows = any(1, 20), depth = any(1, 70), columns = any(1, 90), zero = any(-128, 127);
    fill(x, (size_t)rows * depth);
    fill(w, (size_t)columns * depth);
    size_t words = (depth + set->group - 1) / set->group, width = set->panel_width;
    size_t stride = (depth + 16) * set->element_size;
    const void *sources[64];
    for (int r = 0; r < rows; r++) {
        sources[r] = (char *)wide + r * stride;
        set->widen(depth, x + r * depth, zero, (char *)wide + r * stride);
        outputs[r] = found + r * columns;
    }
    memset(offsets, 0, sizeof offsets);
    for (int c = 0; c < columns; c += width) {
        size_t count = columns - c < (int)width ? (size_t)(columns - c) : width;
        set->pack(w + c * depth, depth, 1, depth, count, panels + c * words);
    }
    for (int c = 0; c < columns; c++) {
        int32_t sum = 0;
        for (int k = 0; k < depth; k++) sum += w[c * depth + k];
        bias[c] = any(-2000, 2000);
        offsets[c] = bias[c] - set->correction(zero) * sum;
    }
    kc_requantization scaling = any_scaling(set, columns, 8);
    ptrdiff_t tap = 0;
    kc_integer_gemm_job job = {
        .rows = sources, .row_count = rows, .tap_offsets = &tap, .tap_count = 1, .tap_words = words,
        .panels = panels, .columns = columns, .offsets = offsets, .scaling = &scaling,
        .outputs = outputs};
    set->gemm(&job);
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++) {
            int32_t sum = bias[c];
            for (int k = 0; k < depth; k++) sum += (x[r * depth + k] - zero) * w[c * depth + k];
            int32_t scaled = rescaled(sum, mantissas[c], 0, right_shifts[c]);
            if (found[r * columns + c] != element(scaled, &scaling)) return 0;
        }
    return 1;
}

// x * factor, rounded half away from 0, + zero, within limits.
static int32_t rounded(float x, float factor, int32_t zero, int32_t lower) {
    double product = x * factor;
    int64_t y = (int64_t)(product < 0 ? product - 0.5 : product + 0.5) + zero;
    return (int32_t)(y < lower ? lower : y > 127 ? 127 : y);
}

// Products of rounded rows as floats.
static int check_expression(const integer_set *set) {
#pragma clang fp contract(off)
    static int8_t w[1 << 14], integers[128];
    static float x[64 * 128], found[64 * 128], factors[256], bias[256], *targets[64];
    static int32_t panels[1 << 15], zeros[256], sums[256], row[64 * 128];
    static uint64_t wide[1 << 14];
    int rows = any(1, 20), depth = any(1, 70), columns = any(1, 90), step = any(0, 1), first = any(0, 1);
    size_t words = (depth + set->group - 1) / set->group, width = set->panel_width;
    size_t stride = (depth + 16) * set->element_size;
    const void *sources[64];
    int32_t corrections[64];
    float row_factors[64];
    for (int i = 0; i < rows * depth; i++) x[i] = (float)any(-40000, 40000) / 2048;
    fill(w, (size_t)columns * depth);
    memset(sums, 0, sizeof sums);
    for (int c = 0; c < columns; c += width) {
        size_t count = columns - c < (int)width ? (size_t)(columns - c) : width;
        set->pack(w + c * depth, depth, 1, depth, count, panels + c * words);
    }
    for (int c = 0; c < columns; c++) {
        for (int k = 0; k < depth; k++) sums[c] += w[c * depth + k];
        factors[c] = (float)any(1, 1000) / 4096;
        bias[c] = (float)any(-1000, 1000) / 16;
    }
    for (int r = 0; r < rows; r++) {
        float least, greatest, low = 0, high = 0, *floats = x + r * depth;
        set->range(depth, floats, &least, &greatest);
        for (int k = 0; k < depth; k++) {
            low = floats[k] < low ? floats[k] : low;
            high = floats[k] > high ? floats[k] : high;
        }
        if (least != low || greatest != high) return 0;
        int32_t zero = step || r == 0 ? any(-128, 127) : row[0];
        float factor = (float)any(1, 60) / 8;
        set->round_row(depth, floats, factor, zero, -127, (char *)wide + r * stride);
        set->round(depth, floats, factor, zero, -127, integers);
        for (int k = 0; k < depth; k++) {
            row[1 + r * depth + k] = rounded(floats[k], factor, zero, -127);
            if (integers[k] != row[1 + r * depth + k]) return 0;
            row[1 + r * depth + k] -= zero;
        }
        row[0] = zero;
        sources[r] = (char *)wide + r * stride;
        targets[r] = found + r * columns;
        row_factors[r] = (float)any(1, 1000) / 4096;
        corrections[r] = set->correction(zero);
    }
    kc_integer_expression expression = {
        .corrections = corrections, .row_factors = row_factors, .row_step = step, .column_sums = sums,
        .factors = factors, .bias = bias, .factor_first = first, .lower = -100, .upper = 100};
    ptrdiff_t tap = 0;
    kc_integer_gemm_job job = {
        .rows = sources, .row_count = rows, .tap_offsets = &tap, .tap_count = 1, .tap_words = words,
        .panels = panels, .columns = columns, .offsets = zeros, .expression = &expression,
        .floats = targets};
    set->gemm(&job);
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++) {
            int32_t sum = 0;
            for (int k = 0; k < depth; k++) sum += row[1 + r * depth + k] * w[c * depth + k];
            float y = (float)sum, factor = row_factors[r * step];
            y = first ? y * (factor * factors[c]) : y * factors[c] * factor;
            y += bias[c];
            y = y < -100 ? -100 : y > 100 ? 100 : y;
            if (found[r * columns + c] != y) return 0;
        }
    return 1;
}

static int check_depthwise(const integer_set *set) {
    static int8_t x[1 << 14], w[1 << 12], found[1 << 14];
    static int32_t bias[largest];
    int channels = any(1, 40), pixels = any(1, 12), taps = 3, zero = any(-128, 127);
    fill(x, (size_t)(pixels + taps) * channels);
    fill(w, (size_t)taps * channels);
    for (int c = 0; c < channels; c++) bias[c] = any(-2000, 2000);
    ptrdiff_t offsets[3] = {0, channels, 2 * channels};
    kc_requantization scaling = any_scaling(set, channels, 6);
    kc_integer_window_job job = {
        .input = x, .input_step = channels, .output = found, .output_step = channels,
        .pixels = pixels, .channels = channels, .tap_offsets = offsets, .weight_offsets = offsets,
        .taps = taps, .row_taps = any(0, 1) * 3, .row_step = 1, .weights = w, .bias = bias,
        .zero_point = zero, .scaling = &scaling};
    set->depthwise(&job);
    for (int p = 0; p < pixels; p++)
        for (int c = 0; c < channels; c++) {
            int32_t sum = bias[c];
            for (int t = 0; t < taps; t++)
                sum += (x[(p + t) * channels + c] - zero) * w[t * channels + c];
            int32_t scaled = rescaled(sum, mantissas[c], 0, right_shifts[c]);
            if (found[p * channels + c] != element(scaled, &scaling)) return 0;
        }
    return 1;
}

// The element of a block that stands at a place.
static int element_at(const integer_set *set, int place) {
    int part = set->strip_block / 4;
    return place % part / 4 * 16 + place / part * 4 + place % 4;
}

static int check_strip(const integer_set *set) {
    enum { taps = 7, groups = 2 };
    static int8_t x[1 << 12], w[taps * 256], found[1 << 12];
    static uint64_t wide[1 << 12];
    static int8_t weights[256 * groups * 4];
    static int32_t offsets[256];
    int block = set->strip_block;
    if (block == 0) return 1;
    int channels = any(1, 2) * block / 4, pixels = any(1, 4), blocks = any(1, 3);
    int count = any(1, blocks * block), length = count + taps * channels, zero = any(-128, 127);
    fill(x, (size_t)pixels * length);
    fill(w, sizeof w);
    set->widen((size_t)pixels * length, x, zero, wide);
    kc_requantization scaling = any_scaling(set, blocks * block, 6);
    memset(weights, 0, sizeof weights);
    for (int place = 0; place < blocks * block; place++) {
        int i = place / block * block + element_at(set, place % block), sum = 0;
        for (int t = 0; t < taps; t++) {
            weights[((place / block * groups + t / 4) * block + place % block) * 4 + t % 4] =
                w[t * 256 + i];
            sum += w[t * 256 + i];
        }
        offsets[place] = 77 * i - set->correction(zero) * sum;
    }
    ptrdiff_t tap_offsets[4 * groups] = {0};
    for (int t = 0; t < taps; t++) tap_offsets[t] = t * channels;
    kc_integer_strip_job job = {
        .input = wide, .pixels = pixels, .count = count, .input_step = length,
        .output_step = count, .tap_offsets = tap_offsets, .tap_groups = groups, .blocks = blocks,
        .weights = (int32_t *)weights, .offsets = offsets, .scaling = &scaling, .output = found};
    set->strip(&job);
    for (int p = 0; p < pixels; p++)
        for (int place = 0; place < blocks * block; place++) {
            int i = place / block * block + element_at(set, place % block), sum = 77 * i;
            if (i >= count) continue;
            for (int t = 0; t < taps; t++)
                sum += (x[p * length + i + t * channels] - zero) * w[t * 256 + i];
            int32_t scaled = rescaled(sum, mantissas[place], 0, right_shifts[place]);
            if (found[p * count + i] != element(scaled, &scaling)) return 0;
        }
    return 1;
}

static int check_pair(const integer_set *set) {
    static int8_t a[largest], b[largest], found[largest];
    int count = any(1, 100);
    fill(a, count);
    fill(b, count);
    kc_integer_pair pair = {
        .a = a, .b = b, .a_step = 1, .b_step = any(0, 1), .a_zero_point = any(-20, 20),
        .b_zero_point = any(-20, 20), .shift = 20, .a_mantissa = any(1 << 30, 0x7fffffff),
        .a_right_shift = 1, .b_mantissa = any(1 << 30, 0x7fffffff), .b_right_shift = any(0, 3),
        .subtracts = any(0, 1)};
    kc_requantization sums = any_scaling(set, 1, 18);
    set->sum(count, &pair, &sums, found);
    for (int i = 0; i < count; i++) {
        int32_t p = rescaled(a[i] - pair.a_zero_point, pair.a_mantissa, 20, pair.a_right_shift);
        int32_t q = rescaled(
            b[pair.b_step * i] - pair.b_zero_point, pair.b_mantissa, 20, pair.b_right_shift);
        int32_t joined = pair.subtracts ? p - q : p + q;
        if (found[i] != element(rescaled(joined, mantissas[0], 0, right_shifts[0]), &sums)) return 0;
    }
    kc_requantization products = any_scaling(set, 1, 6);
    set->product(count, &pair, &products, found);
    for (int i = 0; i < count; i++) {
        int32_t joined = (a[i] - pair.a_zero_point) * (b[pair.b_step * i] - pair.b_zero_point);
        if (found[i] != element(rescaled(joined, mantissas[0], 0, right_shifts[0]), &products))
            return 0;
    }
    return 1;
}

static int check(const char *name, const integer_set *set) {
    int failures = 0;
    for (int i = 0; i < 300; i++)
        failures += !check_product(set) + !check_depthwise(set) + !check_strip(set)
            + !check_pair(set) + !check_expression(set);
    printf("%s: %d of 1500 checks failed\n", name, failures);
    return failures == 0;
}

int main(void) {
    int works = check("baseline", &kc_integer_baseline_set);
#if defined(__aarch64__)
    works &= check("dotprod", &kc_integer_dotprod_set);
#elif defined(__x86_64__)
    works &= check("avx2", &kc_integer_avx2_set);
    works &= check("vnni", &kc_integer_vnni_set);
#endif
    return works ? 0 : 1;
}
