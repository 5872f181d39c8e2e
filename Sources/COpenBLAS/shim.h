#pragma once
// Only the switches of the library: its BLAS is called by CHOLMOD, not by us.
extern void openblas_set_num_threads(int count);
extern int openblas_get_num_threads(void);
extern char *openblas_get_config(void);
extern char *openblas_get_corename(void);
