#if defined(__aarch64__)

#include <arm_neon.h>
#include <string.h>

#include "integer_set.h"

#define LANES 4
#define NAME(x) kc_integer_dotprod_##x
#define TILE_ROWS 8
#define TILE_VECTORS 3
#define GROUP 4

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#include "bodies/integer.h"
#pragma clang attribute pop

#endif
