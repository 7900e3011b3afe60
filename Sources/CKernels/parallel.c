#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "CKernels.h"

enum { worker_limit = 63, spins_before_sleep = 20000, spins_before_yield = 4000 };

// A thread that runs one part of each job it is given, unless the giver has run it before it began.
typedef struct {
    kc_task task;
    void *context;
    size_t part;
    // The numbers of the last job that was given, begun by either side, and finished here.
    _Atomic unsigned posted, begun, finished;
    atomic_int asleep;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
} worker;

static worker workers[worker_limit];
static size_t worker_count;
// Held by the thread whose job the workers run; guards worker_count.
static pthread_mutex_t pool = PTHREAD_MUTEX_INITIALIZER;

static inline void pause_briefly(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

// Whether the caller is the one who runs the job of a number.
static int begin(worker *of, unsigned number) {
    unsigned before = number - 1;
    return atomic_compare_exchange_strong(&of->begun, &before, number);
}

// The number of a job after the one seen last.
static unsigned wait_for_work(worker *self, unsigned seen) {
    for (int i = 0; i < spins_before_sleep; i++) {
        unsigned posted = atomic_load_explicit(&self->posted, memory_order_acquire);
        if (posted != seen) return posted;
        pause_briefly();
    }
    pthread_mutex_lock(&self->mutex);
    atomic_store(&self->asleep, 1);
    while (atomic_load(&self->posted) == seen) pthread_cond_wait(&self->wake, &self->mutex);
    atomic_store(&self->asleep, 0);
    pthread_mutex_unlock(&self->mutex);
    return atomic_load(&self->posted);
}

static void *work(void *argument) {
    worker *self = argument;
    for (unsigned number = 0;;) {
        number = wait_for_work(self, number);
        if (!begin(self, number)) continue;
        self->task(self->context, self->part);
        atomic_store_explicit(&self->finished, number, memory_order_release);
    }
    return 0;
}

static int start_worker(void) {
    worker *next = workers + worker_count;
    pthread_mutex_init(&next->mutex, 0);
    pthread_cond_init(&next->wake, 0);
    pthread_t thread;
    if (pthread_create(&thread, 0, work, next) != 0) return 0;
    pthread_detach(thread);
    worker_count++;
    return 1;
}

static void post(worker *to, kc_task task, void *context, size_t part) {
    to->task = task;
    to->context = context;
    to->part = part;
    atomic_fetch_add(&to->posted, 1);
    if (!atomic_load(&to->asleep)) return;
    pthread_mutex_lock(&to->mutex);
    pthread_cond_signal(&to->wake);
    pthread_mutex_unlock(&to->mutex);
}

// Runs the part of a worker that has not begun, such as one whose processor does something else, or waits for it.
static void finish(worker *other) {
    unsigned posted = atomic_load_explicit(&other->posted, memory_order_relaxed);
    if (begin(other, posted)) return other->task(other->context, other->part);
    for (int i = 0; atomic_load_explicit(&other->finished, memory_order_acquire) != posted; i++) {
        if (i < spins_before_yield)
            pause_briefly();
        else
            sched_yield();
    }
}

void kc_parallel(size_t parts, kc_task task, void *context) {
    size_t given = 0;
    if (parts > 1 && pthread_mutex_trylock(&pool) == 0) {
        while (worker_count < parts - 1 && worker_count < worker_limit)
            if (!start_worker()) break;
        given = worker_count < parts - 1 ? worker_count : parts - 1;
        for (size_t i = 0; i < given; i++) post(workers + i, task, context, i);
        for (size_t i = given; i < parts; i++) task(context, i);
        for (size_t i = 0; i < given; i++) finish(workers + i);
        pthread_mutex_unlock(&pool);
        return;
    }
    for (size_t i = 0; i < parts; i++) task(context, i);
}
