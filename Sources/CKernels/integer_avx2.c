#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#include "integer_set.h"

#define LANES 8
#define NAME(x) kc_integer_avx2_##x
#define TILE_ROWS 6
#define TILE_VECTORS 2
#define GROUP 2

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "bodies/integer.h"
#pragma clang attribute pop

#endif
