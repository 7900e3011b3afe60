#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#include "integer_set.h"

#define LANES 4
#define NAME(x) kc_integer_baseline_##x
#define TILE_ROWS 4
#define TILE_VECTORS 2
#define GROUP 2

#include "bodies/integer.h"
