#include "CBuild.h"

const char *gcgan_commit(void) { return GCGAN_COMMIT; }
const char *gcgan_argument_parser_version(void) { return GCGAN_ARGUMENT_PARSER; }
const char *gcgan_yams_version(void) { return GCGAN_YAMS; }
const char *gcgan_grdb_version(void) { return GCGAN_GRDB; }
const char *gcgan_mustache_version(void) { return GCGAN_MUSTACHE; }
