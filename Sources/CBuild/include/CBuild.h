#pragma once
/// The commit this build was made from, or "unknown" outside a checkout.
const char *gcgan_commit(void);
/// The version of swift-argument-parser in the package's manifest.
const char *gcgan_argument_parser_version(void);
/// The version of Yams in the package's manifest.
const char *gcgan_yams_version(void);
/// The version of GRDB in the package's manifest.
const char *gcgan_grdb_version(void);
const char *gcgan_mustache_version(void);
/// The JSON Schema of part files.
const char *gcgan_part_schema(void);
/// The JSON Schema of records of runs.
const char *gcgan_run_schema(void);
