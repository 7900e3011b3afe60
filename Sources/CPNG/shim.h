#ifndef KCONVERT_CPNG_SHIM_H
#define KCONVERT_CPNG_SHIM_H

#include <png.h>

#endif
