#include "CSystem.h"

#include <sys/resource.h>

long long kc_address_space_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return -1;
    return limit.rlim_cur > 0x7FFFFFFFFFFFFFFF ? -1 : (long long)limit.rlim_cur;
}
