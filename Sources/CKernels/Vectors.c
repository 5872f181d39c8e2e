#include <math.h>
#include <string.h>

#include "CKernels.h"
#include "Clones.h"

enum { LANES = gck_lanes };

// Eight doubles, one per design, and their singles.
typedef double wide __attribute__((vector_size(64)));
typedef float narrow __attribute__((vector_size(32)));
typedef int64_t wide_mask __attribute__((vector_size(64)));

GCK_CLONES
void gck_scales(int32_t size, const double *diagonals, const int64_t *starts, const int32_t *numbers, double *scales,
                double *largest, int32_t *failure) {
  wide most = {0};
  wide_mask failed;
  for (int lane = 0; lane < LANES; lane++) failed[lane] = failure[lane];
  const wide one = (wide){0} + 1.0;
  const wide_mask exponent = (wide_mask){0} + 0x7ff0000000000000;
  for (int32_t column = 0; column < size; column++) {
    wide diagonal = ((const wide *)diagonals)[starts ? starts[column] : column];
    wide_mask good = (diagonal > 0) & (diagonal < (double)INFINITY);
    wide pivot = (wide)(((wide_mask)diagonal & good) | ((wide_mask)one & ~good));
    // Truncated to a power of two: multiplying by it is exact.
    wide scale = (wide)((wide_mask)(one / __builtin_elementwise_sqrt(pivot)) & exponent);
    ((wide *)scales)[numbers[column]] = scale;
    wide_mask larger = scale > most;
    most = (wide)(((wide_mask)scale & larger) | ((wide_mask)most & ~larger));
    wide_mask fresh = ~good & (failed < 0);
    failed = (failed & ~fresh) | (fresh & numbers[column]);
  }
  *(wide *)largest = most;
  for (int lane = 0; lane < LANES; lane++) failure[lane] = (int32_t)failed[lane];
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
    wide sum;
    for (int i = 0; i < LANES; i++) {
      int32_t lane = lanes[i];
      sum[i] = values[(int64_t)entries[e] * LANES + lane] * scales[(int64_t)rows[e] * LANES + lane] *
               scales[(int64_t)columns[e] * LANES + lane];
    }
    ((wide *)factor)[places[e]] = sum;
  }
}

#define UNROLL _Pragma("clang loop unroll(full)")

GCK_INLINE void multiply(gck_matrix matrix, int from, int to, int last, int sides, const wide *x, wide *y, wide *beyond,
                         wide *products) {
  wide product[4];
  UNROLL for (int s = 0; s < sides; s++) product[s] = (wide){0};
  memset(y + (int64_t)from * sides, 0, (size_t)(to - from) * sides * sizeof(wide));
  memset(beyond, 0, (size_t)(last - to) * sides * sizeof(wide));
  for (int32_t column = from; column < to; column++) {
    int64_t at = (int64_t)column * sides;
    int64_t start = matrix.starts[column], end = matrix.starts[column + 1];
    wide own[4], below[8];
    const wide *entry = (const wide *)matrix.values + start;
    wide diagonal = *entry++;
    UNROLL for (int s = 0; s < sides; s++) {
      own[s] = x[at + s];
      below[s] = below[4 + s] = (wide){0};
    }
    // Rows ascend: those beyond the chunk come last. Two sums in turn hide the latency of the additions.
    int64_t e = start + 1, inside = end;
    while (inside > e && matrix.rows[inside - 1] >= to) inside--;
#define ENTRY(target, first, sum)                                                   \
  {                                                                                 \
    int64_t row = matrix.rows[e++];                                                 \
    wide a = *entry++;                                                              \
    UNROLL for (int s = 0; s < sides; s++) {                                        \
      target[(row - (first)) * sides + s] += a * own[s];                            \
      below[sum + s] += a * x[row * sides + s];                                     \
    }                                                                               \
  }
    while (e + 1 < inside) {
      ENTRY(y, 0, 0)
      ENTRY(y, 0, 4)
    }
    if (e < inside) ENTRY(y, 0, 0)
    while (e < end) ENTRY(beyond, to, 0)
#undef ENTRY
    UNROLL for (int s = 0; s < sides; s++) {
      wide first = diagonal * own[s];
      wide rest = below[s] + below[4 + s];
      y[at + s] += first + rest;
      product[s] += own[s] * (first + 2.0 * rest);
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
void gck_multiply(gck_matrix matrix, gck_rows rows, int32_t sides, const double *x, double *y, double *beyond,
                  double *products) {
#define CALL(N)                                                                                                        \
  multiply(matrix, rows.from, rows.to, rows.last, N, (const wide *)x, (wide *)y, (wide *)beyond, (wide *)products)
  FOR_SIDES(CALL)
#undef CALL
}

GCK_CLONES
void gck_add(int32_t count, const double *from, double *to) {
  for (int32_t at = 0; at < count; at++) ((wide *)to)[at] += ((const wide *)from)[at];
}

GCK_CLONES
void gck_gradients_scale(gck_gradients g, gck_rows rows, const double *factor) {
  for (int32_t row = rows.from; row < rows.to; row++) {
    int32_t number = g.numbers[row];
    wide scale = ((const wide *)g.scales)[number];
    for (int s = 0; s < g.sides; s++) {
      wide r = ((const wide *)g.residual)[(int64_t)row * g.sides + s] * scale * ((const wide *)factor)[s];
      ((narrow *)g.preconditioned)[(int64_t)number * g.sides + s] = __builtin_convertvector(r, narrow);
    }
  }
}

GCK_CLONES
void gck_gradients_scale_wide(gck_gradients g, const double *factor) {
  for (int32_t row = 0; row < g.size; row++) {
    int32_t number = g.numbers[row];
    wide scale = ((const wide *)g.scales)[number];
    for (int s = 0; s < g.sides; s++)
      ((wide *)g.wide)[(int64_t)number * g.sides + s] =
          ((const wide *)g.residual)[(int64_t)row * g.sides + s] * scale * ((const wide *)factor)[s];
  }
}

GCK_CLONES
void gck_gradients_unscale_wide(gck_gradients g, const double *factor) {
  for (int32_t number = 0; number < g.size; number++) {
    wide scale = ((const wide *)g.scales)[number];
    for (int s = 0; s < g.sides; s++)
      ((wide *)g.wide)[(int64_t)number * g.sides + s] *= scale * ((const wide *)factor)[s];
  }
}

GCK_CLONES
void gck_gradients_widen(gck_gradients g) {
  for (int64_t at = 0; at < (int64_t)g.size * g.sides; at++)
    ((wide *)g.wide)[at] = __builtin_convertvector(((const narrow *)g.preconditioned)[at], wide);
}

/// The preconditioned residual of one row and side; a macro, since a function may not return so wide a vector.
#define PRECONDITIONED(at, s)                                                                                          \
  (isWide ? ((const wide *)g.wide)[at]                                                                                 \
          : __builtin_convertvector(((const narrow *)g.preconditioned)[at], wide) * scale * factor[s])

GCK_INLINE void products(gck_gradients g, gck_rows rows, const wide *factor, wide *residual, wide *image, int sides,
                         int isWide) {
  wide a[4], b[4];
  UNROLL for (int s = 0; s < sides; s++) a[s] = b[s] = (wide){0};
  for (int32_t row = rows.from; row < rows.to; row++) {
    int32_t number = g.numbers[row];
    wide scale = ((const wide *)g.scales)[number];
    UNROLL for (int s = 0; s < sides; s++) {
      int64_t at = (int64_t)row * sides + s;
      wide z = PRECONDITIONED((int64_t)number * sides + s, s);
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
void gck_gradients_products(gck_gradients g, gck_rows rows, const double *factor, double *residual, double *image) {
  int sides = g.sides;
#define CALL(N)                                                                                                        \
  if (g.wide) products(g, rows, (const wide *)factor, (wide *)residual, (wide *)image, N, 1);                          \
  else products(g, rows, (const wide *)factor, (wide *)residual, (wide *)image, N, 0)
  FOR_SIDES(CALL)
#undef CALL
}

GCK_INLINE void turn(gck_gradients g, gck_rows rows, const wide *factor, const wide *beta, int isFirst, int sides,
                     int isWide) {
  for (int32_t row = rows.from; row < rows.to; row++) {
    int32_t number = g.numbers[row];
    wide scale = ((const wide *)g.scales)[number];
    UNROLL for (int s = 0; s < sides; s++) {
      wide *direction = (wide *)g.direction + (int64_t)row * sides + s;
      wide z = PRECONDITIONED((int64_t)number * sides + s, s);
      *direction = isFirst ? z : z + beta[s] * *direction;
    }
  }
}

GCK_CLONES
void gck_gradients_turn(gck_gradients g, gck_rows rows, const double *factor, const double *beta, int32_t isFirst) {
  int sides = g.sides;
#define CALL(N)                                                                                                        \
  if (g.wide) turn(g, rows, (const wide *)factor, (const wide *)beta, isFirst, N, 1);                                  \
  else turn(g, rows, (const wide *)factor, (const wide *)beta, isFirst, N, 0)
  FOR_SIDES(CALL)
#undef CALL
}

GCK_INLINE void step(gck_gradients g, gck_rows rows, const wide *alpha, const wide *factor, int isFirst, wide *squares,
                     int sides) {
  wide sum[4];
  UNROLL for (int s = 0; s < sides; s++) sum[s] = (wide){0};
  for (int32_t row = rows.from; row < rows.to; row++) {
    int32_t number = g.numbers[row];
    wide scale = ((const wide *)g.scales)[number];
    UNROLL for (int s = 0; s < sides; s++) {
      int64_t at = (int64_t)row * sides + s;
      wide step = alpha[s] * ((const wide *)g.direction)[at];
      ((wide *)g.solution)[at] = isFirst ? step : ((wide *)g.solution)[at] + step;
      wide r = ((const wide *)g.residual)[at] - alpha[s] * ((const wide *)g.image)[at];
      ((wide *)g.residual)[at] = r;
      sum[s] += r * r;
      ((narrow *)g.preconditioned)[(int64_t)number * sides + s] = __builtin_convertvector(r * scale * factor[s], narrow);
    }
  }
  UNROLL for (int s = 0; s < sides; s++) squares[s] = sum[s];
}

GCK_CLONES
void gck_gradients_step(gck_gradients g, gck_rows rows, const double *alpha, const double *factor, int32_t isFirst,
                        double *squares) {
  int sides = g.sides;
#define CALL(N) step(g, rows, (const wide *)alpha, (const wide *)factor, isFirst, (wide *)squares, N)
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
      y[column] += a;
      if (e > matrix.starts[column]) y[matrix.rows[e]] += a;
    }
  }
}

// The caller's arrays lie on the boundaries of doubles.
typedef double loose __attribute__((vector_size(64), aligned(8)));

GCK_INLINE void residual(gck_gradients g, gck_rows rows, const double *load, int32_t stride, int hasImage,
                         const wide *factor, wide *squares, int sides) {
  wide sum[4];
  UNROLL for (int s = 0; s < sides; s++) sum[s] = (wide){0};
  for (int32_t row = rows.from; row < rows.to; row++) {
    int32_t number = g.numbers[row];
    wide scale = ((const wide *)g.scales)[number];
    UNROLL for (int s = 0; s < sides; s++) {
      int64_t at = (int64_t)row * sides + s;
      wide r = *(const loose *)(load + ((int64_t)row * stride + s) * LANES);
      if (hasImage) r -= ((const wide *)g.image)[at];
      ((wide *)g.residual)[at] = r;
      sum[s] += r * r;
      ((narrow *)g.preconditioned)[(int64_t)number * sides + s] = __builtin_convertvector(r * scale * factor[s], narrow);
    }
  }
  UNROLL for (int s = 0; s < sides; s++) squares[s] = sum[s];
}

GCK_CLONES
void gck_gradients_residual(gck_gradients g, gck_rows rows, const double *load, int32_t stride, int32_t hasImage,
                            const double *factor, double *squares) {
  int sides = g.sides;
#define CALL(N)                                                                                                        \
  if (hasImage) residual(g, rows, load, stride, 1, (const wide *)factor, (wide *)squares, N);                          \
  else residual(g, rows, load, stride, 0, (const wide *)factor, (wide *)squares, N)
  FOR_SIDES(CALL)
#undef CALL
}

GCK_CLONES
void gck_gather(int32_t size, const double *from, int32_t stride, double *to) {
  for (int32_t row = 0; row < size; row++) ((wide *)to)[row] = *(const loose *)(from + (int64_t)row * stride * LANES);
}

GCK_CLONES
void gck_return(gck_rows rows, int32_t sides, const double *from, double *to, int32_t stride) {
  for (int32_t row = rows.from; row < rows.to; row++)
    for (int s = 0; s < sides; s++)
      *(loose *)(to + ((int64_t)row * stride + s) * LANES) = ((const wide *)from)[(int64_t)row * sides + s];
}

GCK_CLONES
void gck_take_lanes(int32_t count, const int32_t *lanes, const double *from, double *to) {
  for (int32_t row = 0; row < count; row++) {
    wide v;
    for (int i = 0; i < LANES; i++) v[i] = from[(int64_t)row * LANES + lanes[i]];
    ((wide *)to)[row] = v;
  }
}

GCK_CLONES
void gck_put_lanes(int32_t count, int32_t lane_count, const int32_t *lanes, const double *from, double *to) {
  for (int32_t row = 0; row < count; row++)
    for (int i = 0; i < lane_count; i++) to[(int64_t)row * LANES + lanes[i]] = from[(int64_t)row * LANES + i];
}
