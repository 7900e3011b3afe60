#ifndef KCONVERT_KERNELS_SET_H
#define KCONVERT_KERNELS_SET_H

#include "CKernels.h"

// The kernels of one instruction set.
typedef struct {
    size_t (*panel_width)(void);
    void (*pack_panel)(const float *, size_t, ptrdiff_t, ptrdiff_t, size_t, size_t, float *);
    void (*gemm)(const kernels_gemm_job *);
    void (*gemv)(
        const float *, const float *, size_t, size_t, const float *, float, float, float *);
    size_t (*vector_panel_width)(void);
    void (*vector_product)(
        const float *, const float *, size_t, size_t, const float *, float, float, float *);
    void (*depthwise)(
        const kernels_window_job *, const float *, const ptrdiff_t *, const float *);
    void (*max_window)(const kernels_window_job *);
    void (*mean_window)(const kernels_window_job *, float);
    void (*winograd_input)(const kernels_winograd_tile *);
    void (*winograd_filter)(const kernels_winograd_tile *);
    void (*winograd_output)(const kernels_winograd_tile *, const kernels_winograd_results *);
    void (*unary)(
        enum kernels_unary_function, float, float, size_t, const float *, float *);
    void (*binary)(
        enum kernels_binary_function, kernels_broadcast_shape, const float *, const float *, float *);
    void (*compare)(
        enum kernels_comparison, enum kernels_element, kernels_broadcast_shape, const void *,
        const void *, uint8_t *);
    void (*select)(
        size_t, kernels_broadcast_shape, const uint8_t *, const void *, const void *, void *);
    int (*cast)(
        enum kernels_element, enum kernels_element, size_t, const void *, void *);
    void (*log_softmax)(size_t, size_t, const float *, float *);
    void (*search)(int, size_t, size_t, size_t, const float *, int, void *);
    void (*bilinear)(
        size_t, size_t, const kernels_resize_column *, const float *, const float *, float,
        float *);
    void (*softmax)(size_t, size_t, float, const float *, float *);
    void (*reduce)(
        enum kernels_reduction, size_t, size_t, size_t, float, const float *, float *);
    void (*transpose)(
        const kernels_transpose_shape *, size_t, ptrdiff_t, ptrdiff_t, const float *, float *);
    void (*copy_rows)(size_t, size_t, const char *, ptrdiff_t, char *, ptrdiff_t);
    void (*copy_elements)(
        size_t, size_t, size_t, const void *, ptrdiff_t, ptrdiff_t, void *, ptrdiff_t, ptrdiff_t);
} kernels_set;

extern const kernels_set kernels_baseline_set;
#if defined(__x86_64__)
extern const kernels_set kernels_avx2_set;
extern const kernels_set kernels_avx512_set;
#endif

#endif
