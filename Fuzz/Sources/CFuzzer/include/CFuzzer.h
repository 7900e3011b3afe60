#ifndef KCONVERT_CFUZZER_H
#define KCONVERT_CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/* libFuzzer's own mutation of bytes in place. Returns their number afterwards, at most `limit`. */
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t limit);

#endif
