#ifndef KCONVERT_CSYSTEM_H
#define KCONVERT_CSYSTEM_H

/* Lets two existing files change places in one step. Returns 0, or -1 where the system or the file system cannot. */
int kc_exchange_files(const char *first, const char *second);

#endif
