#ifndef KCONVERT_CSYSTEM_H
#define KCONVERT_CSYSTEM_H

#include <stddef.h>

/* Opens a file without a name in a folder for writing: it vanishes with the process unless it is named. It can be read
   as /proc/self/fd/N. Returns the descriptor, or -1 if the system or the file system cannot. */
int kc_open_unnamed_file(const char *folder);

/* Puts a file in the place of another one, or where none is, in one step that no signal to this process interrupts.
   `descriptor` is a file without a name, and `temporary` a name for it in the folder of `target`; or it is -1, and the file
   has that name. The name is gone afterwards in either case. Returns 0, or -1 and sets errno. */
int kc_replace_file(int descriptor, const char *temporary, const char *target);

/* Whether the system gives what queues need, a number of threads, at most 64, beside each other and a few descriptors: 1 or 0.
   Without threads they wait, without descriptors they end the process. */
int kc_can_use_queues(int count);

/* The most bytes of address space that the process may have (ulimit -v); -1 if that is not limited. */
long long kc_address_space_limit(void);

/* A part of memory that shows a file. */
typedef struct kc_mapping kc_mapping;

/* From now on, pages of a mapped file that the file no longer has, or that cannot be read, are replaced by zeros instead
   of ending the process (SIGBUS). The first call sets a handler, which passes all other faults to the one before it.
   Returns NULL if there is no memory; the mapping is not watched then. */
kc_mapping *kc_watch_mapping(const void *base, size_t count);

/* Whether pages have been replaced. */
int kc_is_damaged(const kc_mapping *mapping);

/* Ends the watch, before the memory is unmapped. */
void kc_forget_mapping(kc_mapping *mapping);

#endif
