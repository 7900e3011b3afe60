#ifndef KCONVERT_INTEGER_SET_H
#define KCONVERT_INTEGER_SET_H

#include "IntegerKernels.h"

// The integer kernels of one instruction set.
typedef struct {
    size_t group, element_size, panel_width, strip_block;
    int32_t (*correction)(int32_t);
    void (*widen)(size_t, const int8_t *, int32_t, void *);
    void (*fill)(size_t, int32_t, void *);
    void (*pack)(const int8_t *, size_t, ptrdiff_t, ptrdiff_t, size_t, int32_t *);
    size_t (*scaling_terms)(size_t, const kc_requantization *, int64_t *);
    void (*gemm)(const kc_integer_gemm_job *);
    void (*depthwise)(const kc_integer_window_job *);
    void (*strip)(const kc_integer_strip_job *);
    void (*sum)(
        size_t, const kc_integer_pair *, const kc_requantization *, int8_t *);
    void (*product)(
        size_t, const kc_integer_pair *, const kc_requantization *, int8_t *);
    void (*express)(
        const kc_integer_expression *, const int32_t *, size_t, size_t, size_t, float *);
    void (*range)(size_t, const float *, float *, float *);
    void (*round)(size_t, const float *, float, int32_t, int32_t, int8_t *);
    void (*round_row)(size_t, const float *, float, int32_t, int32_t, void *);
    void (*quantize)(size_t, const float *, float, int32_t, int8_t *);
} integer_set;

extern const integer_set kc_integer_baseline_set;
#if defined(__x86_64__)
extern const integer_set kc_integer_avx2_set;
extern const integer_set kc_integer_vnni_set;
#elif defined(__aarch64__)
extern const integer_set kc_integer_dotprod_set;
#endif

#endif
