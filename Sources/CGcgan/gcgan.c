#include "gcgan.h"
