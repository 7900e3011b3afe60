// Rows in as few tiles as hold all, of nearly equal heights up to TILE_ROWS; TILE(rows, first) computes one.

#define TILE_CASE(r, TILE) \
    case r: TILE(r, first); break;

#if TILE_ROWS > 8
#define TALL_TILE_CASES(TILE) \
    TILE_CASE(5, TILE) TILE_CASE(6, TILE) TILE_CASE(7, TILE) TILE_CASE(8, TILE) \
    TILE_CASE(9, TILE) TILE_CASE(10, TILE) TILE_CASE(11, TILE) TILE_CASE(12, TILE)
#elif TILE_ROWS > 6
#define TALL_TILE_CASES(TILE) \
    TILE_CASE(5, TILE) TILE_CASE(6, TILE) TILE_CASE(7, TILE) TILE_CASE(8, TILE)
#elif TILE_ROWS > 4
#define TALL_TILE_CASES(TILE) TILE_CASE(5, TILE) TILE_CASE(6, TILE)
#else
#define TALL_TILE_CASES(TILE)
#endif

#define FOR_EACH_TILE(row_count, TILE) \
    for (size_t first = 0, rows, tiles = ((row_count) + TILE_ROWS - 1) / TILE_ROWS; tiles > 0; \
         tiles--, first += rows) { \
        rows = ((row_count) - first + tiles - 1) / tiles; \
        switch (rows) { \
            TILE_CASE(1, TILE) \
            TILE_CASE(2, TILE) \
            TILE_CASE(3, TILE) \
            TILE_CASE(4, TILE) \
            TALL_TILE_CASES(TILE) \
        } \
    }
