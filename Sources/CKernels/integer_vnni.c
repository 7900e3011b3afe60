#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#include "integer_set.h"

#define LANES 16
#define NAME(x) kc_integer_vnni_##x
#define TILE_ROWS 12
#define TILE_VECTORS 2
#define GROUP 4

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx512vnni,avx2,fma"))), \
    apply_to = function)
#include "bodies/integer.h"
#pragma clang attribute pop

#endif
