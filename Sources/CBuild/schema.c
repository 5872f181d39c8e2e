#include "CBuild.h"

// Every C compiler of a Swift toolchain that builds this package knows #embed, in older dialects too.
#pragma clang diagnostic ignored "-Wc23-extensions"

/// The bytes of the files: a literal array of them in Swift takes seconds to compile.
static const char part_schema[] = {
#embed "../DesignValidation/Resources/part.schema.json"
    , 0};

static const char run_schema[] = {
#embed "../DesignValidation/Resources/run.schema.json"
    , 0};

const char *gcgan_run_schema(void) { return run_schema; }

const char *gcgan_part_schema(void) { return part_schema; }
