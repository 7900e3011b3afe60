#ifndef KCONVERT_CHDF5_SHIM_H
#define KCONVERT_CHDF5_SHIM_H

#include <hdf5.h>

/* Swift cannot import libhdf5's function-like macros; these give them names. */
static inline unsigned kc_H5F_ACC_RDONLY(void) { return H5F_ACC_RDONLY; }
static inline hid_t kc_H5P_DEFAULT(void) { return H5P_DEFAULT; }
static inline hid_t kc_H5S_ALL(void) { return H5S_ALL; }
static inline haddr_t kc_HADDR_UNDEF(void) { return HADDR_UNDEF; }
static inline hid_t kc_H5T_C_S1(void) { return H5T_C_S1; }
static inline hid_t kc_H5T_NATIVE_FLOAT(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t kc_H5T_NATIVE_DOUBLE(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t kc_H5T_NATIVE_INT64(void) { return H5T_NATIVE_INT64; }
static inline hid_t kc_H5T_NATIVE_INT32(void) { return H5T_NATIVE_INT32; }
static inline hid_t kc_H5T_NATIVE_INT8(void) { return H5T_NATIVE_INT8; }
static inline hid_t kc_H5T_NATIVE_UINT8(void) { return H5T_NATIVE_UINT8; }
static inline size_t kc_H5T_VARIABLE(void) { return H5T_VARIABLE; }

#endif
