#include "CKernels.h"
#include "Clones.h"

#define REAL float
#define FLAG int32_t
#define NAME(x) x##_f32
#include "FrontTemplate.h"
