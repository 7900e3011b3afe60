#ifndef KCONVERT_CHDF5_SHIM_H
#define KCONVERT_CHDF5_SHIM_H

#include <hdf5.h>
#include <stdio.h>

/* Swift cannot import libhdf5's function-like macros; these give them names. */
static inline unsigned kc_H5F_ACC_RDONLY(void) { return H5F_ACC_RDONLY; }
static inline hid_t kc_H5P_DEFAULT(void) { return H5P_DEFAULT; }
static inline hid_t kc_H5P_FILE_ACCESS(void) { return H5P_FILE_ACCESS; }
static inline hid_t kc_H5P_LINK_ACCESS(void) { return H5P_LINK_ACCESS; }
static inline hid_t kc_H5S_ALL(void) { return H5S_ALL; }
static inline haddr_t kc_HADDR_UNDEF(void) { return HADDR_UNDEF; }
static inline hid_t kc_H5T_C_S1(void) { return H5T_C_S1; }
static inline hid_t kc_H5T_NATIVE_FLOAT(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t kc_H5T_NATIVE_DOUBLE(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t kc_H5T_NATIVE_INT64(void) { return H5T_NATIVE_INT64; }
static inline size_t kc_H5T_VARIABLE(void) { return H5T_VARIABLE; }

/* Prints no errors: the calling thread's automatic error report is switched off. */
static inline void kc_H5E_silence(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

static inline herr_t kc_H5E_deepest(unsigned n, const H5E_error2_t *error, void *target) {
    if (n == 0 && error->desc != NULL) {
        *(const char **)target = error->desc;
    }
    return 0;
}

/* The text of the innermost error of the last failed call, or NULL; valid until the next call. */
static inline const char *kc_H5E_text(void) {
    const char *text = NULL;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, kc_H5E_deepest, &text);
    return text;
}

static inline herr_t kc_refuse_external_link(
    const char *group, const char *name, const char *file, const char *object, unsigned *flags,
    hid_t access, void *unused) {
    (void)group; (void)name; (void)file; (void)object; (void)flags; (void)access; (void)unused;
    return -1;
}

/* Makes opening through a link into another file fail. */
static inline void kc_H5P_refuse_external_links(hid_t access) {
    H5Pset_elink_cb(access, kc_refuse_external_link, NULL);
}

/* The image is handed around by address: libhdf5 neither copies nor frees it. */
static inline void *kc_image_allocate(size_t size, H5FD_file_image_op_t step, void *image) {
    (void)size; (void)step;
    return image;
}

static inline void *kc_image_copy(
    void *target, const void *source, size_t size, H5FD_file_image_op_t step, void *image) {
    (void)source; (void)size; (void)step; (void)image;
    return target;
}

static inline void *kc_image_resize(
    void *memory, size_t size, H5FD_file_image_op_t step, void *image) {
    (void)memory; (void)size; (void)step; (void)image;
    return NULL;
}

static inline herr_t kc_image_free(void *memory, H5FD_file_image_op_t step, void *image) {
    (void)memory; (void)step; (void)image;
    return 0;
}

static inline void *kc_image_share(void *image) { return image; }

static inline herr_t kc_image_release(void *image) {
    (void)image;
    return 0;
}

/* Opens the HDF5 file that lies in memory, for reading; the memory has to outlive it.
   Images are told apart by name, so the name holds the address. */
static inline hid_t kc_H5F_open_image(const void *bytes, size_t count) {
    H5FD_file_image_callbacks_t callbacks = {
        kc_image_allocate, kc_image_copy, kc_image_resize, kc_image_free,
        kc_image_share, kc_image_release, (void *)bytes};
    char name[64];
    hid_t file = -1;
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (access < 0) {
        return -1;
    }
    snprintf(name, sizeof name, "kconvert-image-%p", bytes);
    if (H5Pset_fapl_core(access, 1 << 16, 0) >= 0
        && H5Pset_file_image_callbacks(access, &callbacks) >= 0
        && H5Pset_file_image(access, (void *)bytes, count) >= 0) {
        file = H5Fopen(name, H5F_ACC_RDONLY, access);
    }
    H5Pclose(access);
    return file;
}

#endif
