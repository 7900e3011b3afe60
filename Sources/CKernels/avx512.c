#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "kernels_set.h"

#define LANES 16
#define NAME(x) kc_avx512_##x
#define TILE_ROWS 8
#define TILE_VECTORS 3

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#include "bodies/all.h"
#pragma clang attribute pop

#endif
