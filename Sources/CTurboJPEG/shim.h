#ifndef KCONVERT_CTURBOJPEG_SHIM_H
#define KCONVERT_CTURBOJPEG_SHIM_H

#include <turbojpeg.h>

#if __has_include(<jconfig.h>)
#include <jconfig.h>
#endif

/* The version of the headers, as 2001005 for 2.1.5; 0 if it is not known. */
static inline int kc_turbojpeg_version(void) {
#ifdef LIBJPEG_TURBO_VERSION_NUMBER
    return LIBJPEG_TURBO_VERSION_NUMBER;
#else
    return 0;
#endif
}

#endif
