#pragma once
#include <suitesparse/cholmod.h>

// Its version alone: METIS is called through CHOLMOD.
#include <metis.h>

// CHOLMOD assembles small blocks with OpenMP, four threads whatever the machine has; on two cores that
// costs more than the arithmetic (Docs/Decisions/0002). libgomp comes with libcholmod.
extern void omp_set_max_active_levels(int levels);

// The C library keeps freed memory; before a factor of hundreds of megabytes it is asked to give it back.
#include <malloc.h>
