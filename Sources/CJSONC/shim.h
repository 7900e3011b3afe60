#ifndef KCONVERT_CJSONC_SHIM_H
#define KCONVERT_CJSONC_SHIM_H

#include <json-c/json.h>

#endif
