#define _GNU_SOURCE
#include "CSystem.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct kc_mapping {
    /* The first byte; 0 if the handler is to pass the entry over. */
    _Atomic uintptr_t base;
    /* The number of bytes; 0 if the entry is free. */
    _Atomic size_t count;
    atomic_int is_damaged;
    struct kc_mapping *next;
};

/* Entries are reused and never freed: the handler may walk through them at any time. */
static _Atomic(struct kc_mapping *) mappings;
static struct sigaction previous;
static size_t page_size;

static int replace_pages(uintptr_t address) {
    for (struct kc_mapping *entry = atomic_load(&mappings); entry; entry = entry->next) {
        uintptr_t base = atomic_load(&entry->base);
        size_t count = atomic_load(&entry->count);
        if (base == 0 || address < base || address - base >= count) continue;
        atomic_store(&entry->is_damaged, 1);
        uintptr_t page = address & ~(uintptr_t)(page_size - 1);
        void *zeros = mmap(
            (void *)page, base + count - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        return zeros != MAP_FAILED;
    }
    return 0;
}

static void handle_bus_error(int signal, siginfo_t *info, void *context) {
    if (replace_pages((uintptr_t)info->si_addr)) return;
    if (previous.sa_flags & SA_SIGINFO) {
        previous.sa_sigaction(signal, info, context);
    } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
        previous.sa_handler(signal);
    } else {
        /* The access is tried again and ends the process as it would have without this handler. */
        sigaction(SIGBUS, &previous, NULL);
    }
}

static void install(void) {
    struct sigaction action = {0};
    page_size = (size_t)sysconf(_SC_PAGESIZE);
    action.sa_sigaction = handle_bus_error;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, &previous);
}

kc_mapping *kc_watch_mapping(const void *base, size_t count) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_once(&once, install);
    pthread_mutex_lock(&lock);
    struct kc_mapping *entry = atomic_load(&mappings);
    while (entry && atomic_load(&entry->count) != 0) entry = entry->next;
    if (!entry && (entry = calloc(1, sizeof *entry))) {
        entry->next = atomic_load(&mappings);
        atomic_store(&mappings, entry);
    }
    if (entry) {
        atomic_store(&entry->is_damaged, 0);
        atomic_store(&entry->count, count);
        atomic_store(&entry->base, (uintptr_t)base);
    }
    pthread_mutex_unlock(&lock);
    return entry;
}

int kc_is_damaged(const kc_mapping *mapping) { return atomic_load(&mapping->is_damaged); }

void kc_forget_mapping(kc_mapping *mapping) {
    atomic_store(&mapping->base, 0);
    atomic_store(&mapping->count, 0);
}
