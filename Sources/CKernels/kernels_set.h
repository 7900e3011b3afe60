#ifndef KCONVERT_KERNELS_SET_H
#define KCONVERT_KERNELS_SET_H

#include "CKernels.h"

// The kernels of one instruction set.
typedef struct {
    size_t (*panel_width)(void);
    void (*pack_panel)(const float *, size_t, ptrdiff_t, ptrdiff_t, size_t, size_t, float *);
    void (*gemm)(const kc_gemm_job *);
    void (*gemv)(
        const float *, const float *, size_t, size_t, const float *, float, float, float *);
    size_t (*vector_panel_width)(void);
    void (*vector_product)(
        const float *, const float *, size_t, size_t, const float *, float, float, float *);
    void (*depthwise)(
        const kc_window_job *, const float *, const ptrdiff_t *, const float *);
    void (*max_window)(const kc_window_job *);
    void (*mean_window)(const kc_window_job *, float);
    void (*winograd_input)(const kc_winograd_tile *);
    void (*winograd_filter)(const kc_winograd_tile *);
    void (*winograd_output)(const kc_winograd_tile *, const kc_winograd_results *);
    void (*unary)(
        enum kc_unary_function, float, float, size_t, const float *, float *);
    void (*binary)(
        enum kc_binary_function, kc_broadcast_shape, const float *, const float *, float *);
    void (*compare)(
        enum kc_comparison, enum kc_element, kc_broadcast_shape, const void *,
        const void *, uint8_t *);
    void (*select)(
        size_t, kc_broadcast_shape, const uint8_t *, const void *, const void *, void *);
    int (*cast)(
        enum kc_element, enum kc_element, size_t, const void *, void *);
    void (*log_softmax)(size_t, size_t, const float *, float *);
    void (*search)(int, size_t, size_t, size_t, const float *, int, void *);
    void (*bilinear)(
        size_t, size_t, const kc_resize_column *, const float *, const float *, float,
        float *);
    void (*softmax)(size_t, size_t, float, const float *, float *);
    void (*reduce)(
        enum kc_reduction, size_t, size_t, size_t, float, const float *, float *);
    void (*transpose)(
        const kc_transpose_shape *, size_t, ptrdiff_t, ptrdiff_t, const float *, float *);
    void (*copy_rows)(size_t, size_t, const char *, ptrdiff_t, char *, ptrdiff_t);
    void (*copy_elements)(
        size_t, size_t, size_t, const void *, ptrdiff_t, ptrdiff_t, void *, ptrdiff_t, ptrdiff_t);
} kc_set;

extern const kc_set kc_baseline_set;
#if defined(__x86_64__)
extern const kc_set kc_avx2_set;
extern const kc_set kc_avx512_set;
#endif

#endif
