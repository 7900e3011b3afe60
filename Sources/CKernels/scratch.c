#include <pthread.h>
#include <stdlib.h>

#include "CKernels.h"

typedef struct {
    size_t bytes;
    void *memory;
} scratch;

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void release(void *argument) {
    scratch *mine = argument;
    free(mine->memory);
    free(mine);
}

static void create_key(void) { pthread_key_create(&key, release); }

float *kc_scratch(size_t count) {
    pthread_once(&once, create_key);
    scratch *mine = pthread_getspecific(key);
    if (!mine) {
        mine = calloc(1, sizeof *mine);
        if (!mine || pthread_setspecific(key, mine) != 0) abort();
    }
    size_t bytes = (count ? count : 1) * sizeof(float);
    if (bytes > mine->bytes) {
        free(mine->memory);
        mine->bytes = bytes;
        if (posix_memalign(&mine->memory, 64, bytes) != 0) abort();
    }
    return mine->memory;
}
