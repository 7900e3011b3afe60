// Four lanes: SSE2 or NEON, whatever every processor of the architecture has.

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "kernels_set.h"

#define LANES 4
#define NAME(x) kc_baseline_##x
#if defined(__aarch64__)
#define TILE_ROWS 8
#define TILE_VECTORS 3
#else
#define TILE_ROWS 6
#define TILE_VECTORS 2
#endif

#include "bodies/all.h"
