#ifndef KCONVERT_CZLIB_SHIM_H
#define KCONVERT_CZLIB_SHIM_H

#include <zlib.h>

/* inflateInit2 is a macro that Swift cannot import. Negative window bits: a raw deflate stream, as zip files hold. */
static inline int kc_inflateInitRaw(z_stream *stream) { return inflateInit2(stream, -15); }

#endif
