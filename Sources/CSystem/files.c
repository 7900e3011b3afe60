#define _GNU_SOURCE
#include "CSystem.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int kc_exchange_files(const char *first, const char *second) {
#if defined(__APPLE__)
    return renamex_np(first, second, RENAME_SWAP);
#elif defined(RENAME_EXCHANGE)
    return renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE);
#else
    (void)first;
    (void)second;
    return -1;
#endif
}

#if defined(O_TMPFILE)
static const char *kc_descriptor_path(char *buffer, size_t size, int descriptor) {
    snprintf(buffer, size, "/proc/self/fd/%d", descriptor);
    return buffer;
}
#endif

int kc_open_unnamed_file(const char *folder) {
#if defined(O_TMPFILE)
    char path[64];
    int descriptor = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    if (descriptor < 0) return -1;
    if (access(kc_descriptor_path(path, sizeof path, descriptor), F_OK) == 0) return descriptor;
    close(descriptor);
#else
    (void)folder;
#endif
    return -1;
}

int kc_name_file(int descriptor, const char *path) {
#if defined(O_TMPFILE)
    char source[64];
    return linkat(AT_FDCWD, kc_descriptor_path(source, sizeof source, descriptor), AT_FDCWD, path, AT_SYMLINK_FOLLOW);
#else
    (void)descriptor;
    (void)path;
    return -1;
#endif
}
