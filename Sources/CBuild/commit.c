#include "CBuild.h"

const char *gcgan_commit(void) { return GCGAN_COMMIT; }
