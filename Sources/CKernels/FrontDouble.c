#include "CKernels.h"
#include "Clones.h"

#define REAL double
#define FLAG int64_t
#define NAME(x) x##_f64
#include "FrontTemplate.h"
