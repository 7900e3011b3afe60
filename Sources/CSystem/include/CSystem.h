#ifndef KCONVERT_CSYSTEM_H
#define KCONVERT_CSYSTEM_H

#include <stddef.h>

/* Lets two existing files change places in one step. Returns 0, or -1 if the system or the file system cannot. */
int kc_exchange_files(const char *first, const char *second);

/* Opens a file without a name in a folder for writing: it vanishes with the process unless it is named. It can be read
   as /proc/self/fd/N. Returns the descriptor, or -1 if the system or the file system cannot. */
int kc_open_unnamed_file(const char *folder);

/* Gives a file without a name one, which must not exist. Returns 0, or -1 and sets errno. */
int kc_name_file(int descriptor, const char *path);

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
