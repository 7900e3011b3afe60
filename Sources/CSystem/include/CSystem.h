#ifndef KCONVERT_CSYSTEM_H
#define KCONVERT_CSYSTEM_H

/* Lets two existing files change places in one step. Returns 0, or -1 if the system or the file system cannot. */
int kc_exchange_files(const char *first, const char *second);

/* Opens a file without a name in a folder for writing: it vanishes with the process unless it is named. It can be read
   as /proc/self/fd/N. Returns the descriptor, or -1 if the system or the file system cannot. */
int kc_open_unnamed_file(const char *folder);

/* Gives a file without a name one, which must not exist. Returns 0, or -1 and sets errno. */
int kc_name_file(int descriptor, const char *path);

#endif
