#pragma once
// Only what is used: the switches of the library, and the four operations of a dense Cholesky factorization.
extern void openblas_set_num_threads(int count);
extern int openblas_get_num_threads(void);
extern char *openblas_get_config(void);
extern char *openblas_get_corename(void);

extern void dgemm_(const char *transA, const char *transB, const int *m, const int *n, const int *k,
                   const double *alpha, const double *a, const int *lda, const double *b, const int *ldb,
                   const double *beta, double *c, const int *ldc);
extern void dsyrk_(const char *uplo, const char *trans, const int *n, const int *k, const double *alpha,
                   const double *a, const int *lda, const double *beta, double *c, const int *ldc);
extern void dtrsm_(const char *side, const char *uplo, const char *trans, const char *diag, const int *m,
                   const int *n, const double *alpha, const double *a, const int *lda, double *b,
                   const int *ldb);
extern void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
