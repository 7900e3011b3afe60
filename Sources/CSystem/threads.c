#include "CSystem.h"

#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

enum { KC_MOST_THREADS = 64, KC_PIPES = 8 };

static void *kc_pass(void *gate) {
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    return NULL;
}

static int kc_can_start_threads(int count) {
    pthread_t threads[KC_MOST_THREADS];
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    int started = 0;
    if (count > KC_MOST_THREADS) count = KC_MOST_THREADS;
    // They wait for each other, so that all are there at the same time.
    pthread_mutex_lock(&gate);
    while (started < count && pthread_create(&threads[started], NULL, kc_pass, &gate) == 0) started++;
    pthread_mutex_unlock(&gate);
    for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
    return started == count;
}

static int kc_can_open_pipes(void) {
    int ends[KC_PIPES][2];
    int opened = 0;
    while (opened < KC_PIPES && pipe(ends[opened]) == 0) opened++;
    for (int i = 0; i < opened; i++) {
        close(ends[i][0]);
        close(ends[i][1]);
    }
    return opened == KC_PIPES;
}

int kc_can_use_queues(int count) {
    return kc_can_open_pipes() && kc_can_start_threads(count);
}
