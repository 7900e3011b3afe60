#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int kc_exchange_files(const char *first, const char *second) {
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

static int kc_name_file(int descriptor, const char *path) {
#if defined(O_TMPFILE)
    char source[64];
    return linkat(AT_FDCWD, kc_descriptor_path(source, sizeof source, descriptor), AT_FDCWD, path, AT_SYMLINK_FOLLOW);
#else
    (void)descriptor;
    (void)path;
    return -1;
#endif
}

static int kc_replace_files(int descriptor, const char *temporary, const char *target) {
    if (descriptor >= 0 && kc_name_file(descriptor, temporary) != 0) return errno;
    // Both are one step; but renaming over a file makes some file systems write out all data first.
    if (kc_exchange_files(temporary, target) != 0 && rename(temporary, target) != 0) {
        int reason = errno;
        unlink(temporary);
        return reason;
    }
    unlink(temporary);
    return 0;
}

int kc_replace_file(int descriptor, const char *temporary, const char *target) {
    if (descriptor >= 0 && kc_name_file(descriptor, target) == 0) return 0;
    volatile int reason = -1;
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
#if defined(__linux__)
    // The child shares the memory of this process and survives a signal that ends it.
    pid_t child = vfork();
#else
    pid_t child = -1;
#endif
    if (child == 0) {
        reason = kc_replace_files(descriptor, temporary, target);
        _exit(0);
    }
    if (child > 0) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
    }
    if (reason < 0) reason = kc_replace_files(descriptor, temporary, target);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    errno = reason;
    return reason == 0 ? 0 : -1;
}
