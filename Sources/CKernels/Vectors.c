#include <math.h>
#include <string.h>

#include "CKernels.h"
#include "Clones.h"

// Sixteen doubles, one per design, and their singles, eight at a time.
typedef double wide __attribute__((vector_size(128)));
typedef float narrow __attribute__((vector_size(64)));
typedef int64_t wide_mask __attribute__((vector_size(128)));
typedef double half __attribute__((vector_size(64)));

GCK_CLONES
void gck_scales(gck_matrix matrix, double *scales, double *largest, int32_t *failure) {
  wide most = {0};
  wide_mask failed;
  for (int lane = 0; lane < 16; lane++) failed[lane] = failure[lane];
  const wide one = (wide){0} + 1.0;
  const wide_mask exponent = (wide_mask){0} + 0x7ff0000000000000;
  for (int32_t column = 0; column < matrix.size; column++) {
    wide diagonal = ((const wide *)matrix.values)[matrix.starts[column]];
    wide_mask good = (diagonal > 0) & (diagonal < (double)INFINITY);
    wide pivot = (wide)(((wide_mask)diagonal & good) | ((wide_mask)one & ~good));
    // Truncated to a power of two: multiplying by it is exact.
    wide scale = (wide)((wide_mask)(one / __builtin_elementwise_sqrt(pivot)) & exponent);
    ((wide *)scales)[matrix.columns[column]] = scale;
    wide_mask larger = scale > most;
    most = (wide)(((wide_mask)scale & larger) | ((wide_mask)most & ~larger));
    wide_mask fresh = ~good & (failed < 0);
    failed = (failed & ~fresh) | (fresh & matrix.columns[column]);
  }
  *(wide *)largest = most;
  for (int lane = 0; lane < 16; lane++) failure[lane] = (int32_t)failed[lane];
}

GCK_CLONES
void gck_assemble_f32(int32_t count, const int32_t *entries, const int32_t *places, const int32_t *rows,
                      const int32_t *columns, const double *values, const double *scales, float *factor) {
  const wide *v = (const wide *)values;
  const wide *s = (const wide *)scales;
  for (int32_t e = 0; e < count; e++)
    ((narrow *)factor)[places[e]] = __builtin_convertvector(v[entries[e]] * s[rows[e]] * s[columns[e]], narrow);
}

GCK_CLONES
void gck_assemble_f64(int32_t count, const int32_t *entries, const int32_t *places, const int32_t *rows,
                      const int32_t *columns, const double *values, const double *scales, const int32_t *lanes,
                      double *factor) {
  for (int32_t e = 0; e < count; e++) {
    half sum;
    for (int i = 0; i < 8; i++) {
      int32_t lane = lanes[i];
      sum[i] = values[(int64_t)entries[e] * 16 + lane] * scales[(int64_t)rows[e] * 16 + lane] *
               scales[(int64_t)columns[e] * 16 + lane];
    }
    ((half *)factor)[places[e]] = sum;
  }
}

#define UNROLL _Pragma("clang loop unroll(full)")

GCK_INLINE void multiply(gck_matrix matrix, int sides, const wide *x, wide *y, wide *products) {
  wide product[4];
  UNROLL for (int s = 0; s < sides; s++) product[s] = (wide){0};
  memset(y, 0, (size_t)matrix.size * sides * sizeof(wide));
  for (int32_t column = 0; column < matrix.size; column++) {
    int64_t at = (int64_t)matrix.columns[column] * sides;
    int64_t start = matrix.starts[column], end = matrix.starts[column + 1];
    wide own[4], below[4];
    const wide *entry = (const wide *)matrix.values + start;
    wide diagonal = *entry++;
    UNROLL for (int s = 0; s < sides; s++) {
      own[s] = x[at + s];
      below[s] = (wide){0};
    }
    for (int64_t e = start + 1; e < end; e++) {
      int64_t row = (int64_t)matrix.rows[e] * sides;
      wide a = *entry++;
      UNROLL for (int s = 0; s < sides; s++) {
        y[row + s] += a * own[s];
        below[s] += a * x[row + s];
      }
    }
    UNROLL for (int s = 0; s < sides; s++) {
      wide first = diagonal * own[s];
      y[at + s] += first + below[s];
      product[s] += own[s] * (first + 2.0 * below[s]);
    }
  }
  UNROLL for (int s = 0; s < sides; s++) products[s] = product[s];
}

#define FOR_SIDES(CALL)                                                                                                \
  switch (sides) {                                                                                                     \
    case 1: CALL(1); break;                                                                                            \
    case 2: CALL(2); break;                                                                                            \
    case 3: CALL(3); break;                                                                                            \
    default: CALL(4); break;                                                                                           \
  }

GCK_CLONES
void gck_multiply(gck_matrix matrix, int32_t sides, const double *x, double *y, double *products) {
#define CALL(N) multiply(matrix, N, (const wide *)x, (wide *)y, (wide *)products)
  FOR_SIDES(CALL)
#undef CALL
}

GCK_CLONES
void gck_gradients_scale(gck_gradients g, const double *factor) {
  for (int32_t row = 0; row < g.size; row++) {
    wide scale = ((const wide *)g.scales)[row];
    for (int s = 0; s < g.sides; s++) {
      int64_t at = (int64_t)row * g.sides + s;
      ((narrow *)g.preconditioned)[at] =
          __builtin_convertvector(((const wide *)g.residual)[at] * scale * ((const wide *)factor)[s], narrow);
    }
  }
}

GCK_CLONES
void gck_gradients_scale_wide(gck_gradients g, const double *factor) {
  for (int32_t row = 0; row < g.size; row++) {
    wide scale = ((const wide *)g.scales)[row];
    for (int s = 0; s < g.sides; s++) {
      int64_t at = (int64_t)row * g.sides + s;
      ((wide *)g.wide)[at] = ((const wide *)g.residual)[at] * scale * ((const wide *)factor)[s];
    }
  }
}

GCK_CLONES
void gck_gradients_unscale_wide(gck_gradients g, const double *factor) {
  for (int32_t row = 0; row < g.size; row++) {
    wide scale = ((const wide *)g.scales)[row];
    for (int s = 0; s < g.sides; s++) {
      int64_t at = (int64_t)row * g.sides + s;
      ((wide *)g.wide)[at] *= scale * ((const wide *)factor)[s];
    }
  }
}

GCK_CLONES
void gck_gradients_widen(gck_gradients g) {
  for (int32_t row = 0; row < g.size; row++) {
    for (int s = 0; s < g.sides; s++) {
      int64_t at = (int64_t)row * g.sides + s;
      ((wide *)g.wide)[at] = __builtin_convertvector(((const narrow *)g.preconditioned)[at], wide);
    }
  }
}

/// The preconditioned residual of one row and side; a macro, since a function may not return so wide a vector.
#define PRECONDITIONED(at, s)                                                                                          \
  (isWide ? ((const wide *)g.wide)[at]                                                                                 \
          : __builtin_convertvector(((const narrow *)g.preconditioned)[at], wide) * scale * factor[s])

GCK_INLINE void products(gck_gradients g, const wide *factor, wide *residual, wide *image, int sides, int isWide) {
  wide a[4], b[4];
  UNROLL for (int s = 0; s < sides; s++) a[s] = b[s] = (wide){0};
  for (int32_t row = 0; row < g.size; row++) {
    wide scale = ((const wide *)g.scales)[row];
    UNROLL for (int s = 0; s < sides; s++) {
      int64_t at = (int64_t)row * sides + s;
      wide z = PRECONDITIONED(at, s);
      a[s] += z * ((const wide *)g.residual)[at];
      b[s] += z * ((const wide *)g.image)[at];
    }
  }
  UNROLL for (int s = 0; s < sides; s++) {
    residual[s] = a[s];
    image[s] = b[s];
  }
}

GCK_CLONES
void gck_gradients_products(gck_gradients g, const double *factor, double *residual, double *image) {
  int sides = g.sides;
#define CALL(N)                                                                                \
  if (g.wide) products(g, (const wide *)factor, (wide *)residual, (wide *)image, N, 1);        \
  else products(g, (const wide *)factor, (wide *)residual, (wide *)image, N, 0)
  FOR_SIDES(CALL)
#undef CALL
}

GCK_INLINE void turn(gck_gradients g, const wide *factor, const wide *beta, int isFirst, int sides, int isWide) {
  for (int32_t row = 0; row < g.size; row++) {
    wide scale = ((const wide *)g.scales)[row];
    UNROLL for (int s = 0; s < sides; s++) {
      int64_t at = (int64_t)row * sides + s;
      wide *direction = (wide *)g.direction + at;
      wide z = PRECONDITIONED(at, s);
      *direction = isFirst ? z : z + beta[s] * *direction;
    }
  }
}

GCK_CLONES
void gck_gradients_turn(gck_gradients g, const double *factor, const double *beta, int32_t isFirst) {
  int sides = g.sides;
#define CALL(N)                                                                    \
  if (g.wide) turn(g, (const wide *)factor, (const wide *)beta, isFirst, N, 1);             \
  else turn(g, (const wide *)factor, (const wide *)beta, isFirst, N, 0)
  FOR_SIDES(CALL)
#undef CALL
}

GCK_INLINE void step(gck_gradients g, const wide *alpha, const wide *factor, int isFirst, wide *squares, int sides) {
  wide sum[4];
  UNROLL for (int s = 0; s < sides; s++) sum[s] = (wide){0};
  for (int32_t row = 0; row < g.size; row++) {
    wide scale = ((const wide *)g.scales)[row];
    UNROLL for (int s = 0; s < sides; s++) {
      int64_t at = (int64_t)row * sides + s;
      wide step = alpha[s] * ((const wide *)g.direction)[at];
      ((wide *)g.solution)[at] = isFirst ? step : ((wide *)g.solution)[at] + step;
      wide r = ((const wide *)g.residual)[at] - alpha[s] * ((const wide *)g.image)[at];
      ((wide *)g.residual)[at] = r;
      sum[s] += r * r;
      ((narrow *)g.preconditioned)[at] = __builtin_convertvector(r * scale * factor[s], narrow);
    }
  }
  UNROLL for (int s = 0; s < sides; s++) squares[s] = sum[s];
}

GCK_CLONES
void gck_gradients_step(gck_gradients g, const double *alpha, const double *factor, int32_t isFirst, double *squares) {
  int sides = g.sides;
#define CALL(N) step(g, (const wide *)alpha, (const wide *)factor, isFirst, (wide *)squares, N)
  FOR_SIDES(CALL)
#undef CALL
}

GCK_CLONES
void gck_squares(int32_t size, int32_t sides, const double *x, double *squares) {
  for (int s = 0; s < sides; s++) {
    wide sum = {0};
    for (int32_t row = 0; row < size; row++) {
      wide v = ((const wide *)x)[(int64_t)row * sides + s];
      sum += v * v;
    }
    ((wide *)squares)[s] = sum;
  }
}

GCK_CLONES
void gck_row_sums(gck_matrix matrix, double *sums) {
  wide *y = (wide *)sums;
  const wide_mask magnitude = (wide_mask){0} + INT64_MAX;
  memset(y, 0, (size_t)matrix.size * sizeof(wide));
  for (int32_t column = 0; column < matrix.size; column++) {
    for (int64_t e = matrix.starts[column]; e < matrix.starts[column + 1]; e++) {
      wide a = (wide)((wide_mask)((const wide *)matrix.values)[e] & magnitude);
      y[matrix.columns[column]] += a;
      if (e > matrix.starts[column]) y[matrix.rows[e]] += a;
    }
  }
}

// The caller's arrays lie on the boundaries of doubles.
typedef double loose __attribute__((vector_size(128), aligned(8)));

GCK_INLINE void residual(gck_gradients g, const int32_t *numbers, const double *load, int32_t stride, int hasImage,
                         const wide *factor, wide *squares, int sides) {
  wide sum[4];
  UNROLL for (int s = 0; s < sides; s++) sum[s] = (wide){0};
  for (int32_t row = 0; row < g.size; row++) {
    wide scale = ((const wide *)g.scales)[numbers[row]];
    UNROLL for (int s = 0; s < sides; s++) {
      int64_t at = (int64_t)numbers[row] * sides + s;
      wide r = *(const loose *)(load + ((int64_t)row * stride + s) * 16);
      if (hasImage) r -= ((const wide *)g.image)[at];
      ((wide *)g.residual)[at] = r;
      sum[s] += r * r;
      ((narrow *)g.preconditioned)[at] = __builtin_convertvector(r * scale * factor[s], narrow);
    }
  }
  UNROLL for (int s = 0; s < sides; s++) squares[s] = sum[s];
}

GCK_CLONES
void gck_gradients_residual(gck_gradients g, const int32_t *numbers, const double *load, int32_t stride,
                            int32_t hasImage, const double *factor, double *squares) {
  int sides = g.sides;
#define CALL(N)                                                                                                        \
  if (hasImage) residual(g, numbers, load, stride, 1, (const wide *)factor, (wide *)squares, N);                       \
  else residual(g, numbers, load, stride, 0, (const wide *)factor, (wide *)squares, N)
  FOR_SIDES(CALL)
#undef CALL
}

GCK_CLONES
void gck_gather(int32_t size, const int32_t *numbers, const double *from, int32_t stride, double *to) {
  for (int32_t row = 0; row < size; row++)
    ((wide *)to)[numbers[row]] = *(const loose *)(from + (int64_t)row * stride * 16);
}

GCK_CLONES
void gck_return(int32_t size, int32_t sides, const int32_t *numbers, const double *from, double *to, int32_t stride) {
  for (int32_t row = 0; row < size; row++)
    for (int s = 0; s < sides; s++)
      *(loose *)(to + ((int64_t)row * stride + s) * 16) = ((const wide *)from)[(int64_t)numbers[row] * sides + s];
}

GCK_CLONES
void gck_take_lanes(int32_t count, const int32_t *lanes, const double *from, double *to) {
  for (int32_t row = 0; row < count; row++) {
    half v;
    for (int i = 0; i < 8; i++) v[i] = from[(int64_t)row * 16 + lanes[i]];
    ((half *)to)[row] = v;
  }
}

GCK_CLONES
void gck_put_lanes(int32_t count, int32_t lane_count, const int32_t *lanes, const double *from, double *to) {
  for (int32_t row = 0; row < count; row++)
    for (int i = 0; i < lane_count; i++) to[(int64_t)row * 16 + lanes[i]] = from[(int64_t)row * 8 + i];
}
