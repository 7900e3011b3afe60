#ifndef KCONVERT_CTURBOJPEG_SHIM_H
#define KCONVERT_CTURBOJPEG_SHIM_H

#include <turbojpeg.h>

#endif
