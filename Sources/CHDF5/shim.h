#ifndef KCONVERT_CHDF5_SHIM_H
#define KCONVERT_CHDF5_SHIM_H

#include <hdf5.h>

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

/* What a walk over the links of a group tells of each: its name, and whether it is a hard one. Negative ends the walk. */
typedef herr_t (*kc_link_visitor)(const char *name, int is_hard, void *target);

struct kc_link_visit {
    kc_link_visitor visitor;
    void *target;
};

static inline herr_t kc_visit_link(
    hid_t group, const char *name, const H5L_info_t *info, void *visit) {
    (void)group;
    const struct kc_link_visit *to = visit;
    return to->visitor(name, info->type == H5L_TYPE_HARD, to->target);
}

/* Calls `visitor` with each link of a group, by name. */
static inline herr_t kc_H5Literate(hid_t group, kc_link_visitor visitor, void *target) {
    struct kc_link_visit visit = {visitor, target};
    return H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, kc_visit_link, &visit);
}

#endif
