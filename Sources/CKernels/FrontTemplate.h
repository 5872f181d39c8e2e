// The kernels of one precision. Included with REAL, FLAG (an integer of REAL's size) and NAME(x) defined.

typedef REAL NAME(vec) __attribute__((vector_size(gck_lanes * sizeof(REAL))));
typedef FLAG NAME(mask) __attribute__((vector_size(gck_lanes * sizeof(FLAG))));
#define VEC NAME(vec)
#define B gck_block
#define UNROLL _Pragma("clang loop unroll(full)")

GCK_INLINE int64_t NAME(lower_start)(int64_t block) { return B * B * block * (block + 1) / 2; }

GCK_INLINE int NAME(height)(int rows, int block) {
  int left = rows - block * B;
  return left < B ? left : B;
}

/// Vectors of a lower triangle stored in blocks.
GCK_INLINE int64_t NAME(lower_size)(int rows) {
  if (rows == 0) return 0;
  int64_t last = (rows - 1) / B;
  int h = NAME(height)(rows, (int)last);
  return NAME(lower_start)(last) + (int64_t)h * (B * last + h);
}

/// c -= a bT over k columns, c of m x n in registers; only its lower triangle where `triangular`.
GCK_INLINE void NAME(multiply)(VEC *c, const VEC *a, const VEC *b, int m, int n, int k, int triangular) {
  for (int p = 0; p < k; p++) {
    VEC bs[B];
    UNROLL for (int j = 0; j < n; j++) bs[j] = b[j];
    UNROLL for (int i = 0; i < m; i++) {
      VEC ai = a[i];
      GCK_KEEP_ORDER;
      UNROLL for (int j = 0; j < n; j++)
        if (!triangular || j <= i) c[i * B + j] -= ai * bs[j];
    }
    a += m;
    b += n;
  }
}

/// A tile of F22: read (unless `fresh`), updated, written.
GCK_INLINE void NAME(update_tile)(VEC *tile, const VEC *a, const VEC *b, int m, int n, int k, int triangular,
                                  int fresh) {
  VEC c[B * B];
  UNROLL for (int j = 0; j < n; j++)
    UNROLL for (int i = 0; i < m; i++)
      if (!triangular || j <= i) c[i * B + j] = fresh ? (VEC){0} : tile[j * m + i];
  NAME(multiply)(c, a, b, m, n, k, triangular);
  UNROLL for (int j = 0; j < n; j++)
    UNROLL for (int i = 0; i < m; i++)
      if (!triangular || j <= i) tile[j * m + i] = c[i * B + j];
}

/// A tile below the diagonal of L: updated by the columns on its left, then solved with the diagonal tile `d`.
GCK_INLINE void NAME(solve_tile)(VEC *tile, const VEC *a, const VEC *b, const VEC *d, int m, int n, int k) {
  VEC c[B * B];
  UNROLL for (int j = 0; j < n; j++)
    UNROLL for (int i = 0; i < m; i++) c[i * B + j] = tile[j * m + i];
  NAME(multiply)(c, a, b, m, n, k, 0);
  UNROLL for (int q = 0; q < n; q++) {
    VEC reciprocal = d[q * n + q];
    UNROLL for (int i = 0; i < m; i++) c[i * B + q] *= reciprocal;
    UNROLL for (int j = q + 1; j < n; j++) {
      VEC factor = d[q * n + j];
      UNROLL for (int i = 0; i < m; i++) c[i * B + j] -= c[i * B + q] * factor;
    }
  }
  UNROLL for (int j = 0; j < n; j++)
    UNROLL for (int i = 0; i < m; i++) tile[j * m + i] = c[i * B + j];
}

/// A diagonal tile of L: updated, then factored; its diagonal becomes the reciprocal roots.
GCK_INLINE void NAME(factor_tile)(VEC *tile, const VEC *a, int m, int k, REAL threshold, FLAG first, FLAG *failure) {
  VEC c[B * B];
  UNROLL for (int j = 0; j < m; j++)
    UNROLL for (int i = j; i < m; i++) c[i * B + j] = tile[j * m + i];
  NAME(multiply)(c, a, a, m, m, k, 1);
  NAME(mask) failed = *(const NAME(mask) *)failure;
  UNROLL for (int q = 0; q < m; q++) {
    VEC pivot = c[q * B + q];
    NAME(mask) good = pivot > threshold;
    VEC one = (VEC){0} + (REAL)1;
    pivot = (VEC)(((NAME(mask))pivot & good) | ((NAME(mask))one & ~good));
    failed = (failed & ~(~good & (failed < 0))) | ((~good & (failed < 0)) & (first + q));
    VEC reciprocal = one / __builtin_elementwise_sqrt(pivot);
    c[q * B + q] = reciprocal;
    UNROLL for (int i = q + 1; i < m; i++) c[i * B + q] *= reciprocal;
    UNROLL for (int j = q + 1; j < m; j++)
      UNROLL for (int i = j; i < m; i++) c[i * B + j] -= c[i * B + q] * c[j * B + q];
  }
  *(NAME(mask) *)failure = failed;
  UNROLL for (int j = 0; j < m; j++)
    UNROLL for (int i = j; i < m; i++) tile[j * m + i] = c[i * B + j];
}

/// Calls `CALL(h)` with the constant height h.
#define FOR_HEIGHT(h, CALL)                                                                                            \
  switch (h) {                                                                                                         \
    case 1: CALL(1); break;                                                                                            \
    case 2: CALL(2); break;                                                                                            \
    case 3: CALL(3); break;                                                                                            \
    case 4: CALL(4); break;                                                                                            \
    default: CALL(5); break;                                                                                           \
  }

/// One block of rows of L, h high, tile after tile from the left; `columns` of them lie left of its diagonal tile.
GCK_INLINE void NAME(solve_block)(VEC *row, const VEC *l11, int h, int columns) {
  int full = columns / B;
  int rest = columns - full * B;
  for (int j = 0; j < full; j++) {
    const VEC *b = l11 + NAME(lower_start)(j);
#define CALL(M) NAME(solve_tile)(row + (int64_t)j * B * M, row, b, b + (int64_t)j * B * B, M, B, j * B)
    FOR_HEIGHT(h, CALL)
#undef CALL
  }
  if (rest) {
    const VEC *b = l11 + NAME(lower_start)(full);
#define REST(M, N) NAME(solve_tile)(row + (int64_t)full * B * M, row, b, b + (int64_t)full * B * N, M, N, full * B)
#define CALL1(M) REST(M, 1)
#define CALL2(M) REST(M, 2)
#define CALL3(M) REST(M, 3)
#define CALL4(M) REST(M, 4)
    switch (rest) {
      case 1: FOR_HEIGHT(h, CALL1) break;
      case 2: FOR_HEIGHT(h, CALL2) break;
      case 3: FOR_HEIGHT(h, CALL3) break;
      default: FOR_HEIGHT(h, CALL4) break;
    }
  }
}

GCK_CLONES
void NAME(gck_front_eliminate)(gck_front front, REAL *factor, REAL *update, REAL threshold, FLAG *failure) {
  VEC *l11 = (VEC *)factor;
  VEC *l21 = l11 + NAME(lower_size)(front.pivots);
  VEC *f22 = (VEC *)update;
  int pivotBlocks = (front.pivots + B - 1) / B;
  for (int i = 0; i < pivotBlocks; i++) {
    int h = NAME(height)(front.pivots, i);
    VEC *row = l11 + NAME(lower_start)(i);
    NAME(solve_block)(row, l11, h, i * B);
#define CALL(M) NAME(factor_tile)(row + (int64_t)i * B * M, row, M, i * B, threshold, front.first + i * B, failure)
    FOR_HEIGHT(h, CALL)
#undef CALL
  }
  int blocks = (front.border + B - 1) / B;
  for (int i = 0; i < blocks; i++)
    NAME(solve_block)(l21 + (int64_t)i * B * front.pivots, l11, NAME(height)(front.border, i), front.pivots);
  // Columns are taken in slices whose block of rows stays in the first cache.
  const int slice = 48;
  for (int k = 0; k < front.pivots; k += slice) {
    int depth = front.pivots - k < slice ? front.pivots - k : slice;
    int fresh = k == 0;
    for (int i = 0; i < blocks; i++) {
      int h = NAME(height)(front.border, i);
      const VEC *a = l21 + (int64_t)i * B * front.pivots + (int64_t)k * h;
      VEC *row = f22 + NAME(lower_start)(i);
      for (int j = 0; j < i; j++) {
        const VEC *b = l21 + (int64_t)j * B * front.pivots + (int64_t)k * B;
        if (fresh) {
#define CALL(M) NAME(update_tile)(row + (int64_t)j * B * M, a, b, M, B, depth, 0, 1)
          FOR_HEIGHT(h, CALL)
#undef CALL
        } else {
#define CALL(M) NAME(update_tile)(row + (int64_t)j * B * M, a, b, M, B, depth, 0, 0)
          FOR_HEIGHT(h, CALL)
#undef CALL
        }
      }
#define CALL(M) NAME(update_tile)(row + (int64_t)i * B * M, a, a, M, M, depth, 1, fresh)
      FOR_HEIGHT(h, CALL)
#undef CALL
    }
  }
}

GCK_CLONES
void NAME(gck_front_add)(gck_front front, REAL *factor, const REAL *child, int32_t count, const int32_t *places) {
  VEC *l11 = (VEC *)factor;
  VEC *l21 = l11 + NAME(lower_size)(front.pivots);
  int inPivots = 0;
  while (inPivots < count && places[inPivots] < front.pivots) inPivots++;
  int blocks = (count + B - 1) / B;
  for (int block = 0; block < blocks; block++) {
    int h = NAME(height)(count, block);
    const VEC *source = (const VEC *)child + NAME(lower_start)(block);
    for (int i = 0; i < h; i++) {
      int row = block * B + i;
      int place = places[row];
      const VEC *from = source + i;
      if (place < front.pivots) {
        int at = place / B;
        int high = NAME(height)(front.pivots, at);
        VEC *to = l11 + NAME(lower_start)(at) + place % B;
        for (int j = 0; j <= row; j++) to[(int64_t)places[j] * high] += from[(int64_t)j * h];
      } else {
        int at = (place - front.pivots) / B;
        int high = NAME(height)(front.border, at);
        VEC *to = l21 + (int64_t)at * B * front.pivots + (place - front.pivots) % B;
        for (int j = 0; j < inPivots; j++) to[(int64_t)places[j] * high] += from[(int64_t)j * h];
      }
    }
  }
}

GCK_CLONES
void NAME(gck_front_add_update)(gck_front front, REAL *update, const REAL *child, int32_t count,
                                const int32_t *places) {
  int inPivots = 0;
  while (inPivots < count && places[inPivots] < front.pivots) inPivots++;
  for (int block = inPivots / B; block * B < count; block++) {
    int h = NAME(height)(count, block);
    const VEC *source = (const VEC *)child + NAME(lower_start)(block);
    for (int i = block * B < inPivots ? inPivots - block * B : 0; i < h; i++) {
      int row = block * B + i;
      int place = places[row] - front.pivots;
      int at = place / B;
      int high = NAME(height)(front.border, at);
      const VEC *from = source + i;
      VEC *to = (VEC *)update + NAME(lower_start)(at) + place % B;
      for (int j = inPivots; j <= row; j++)
        to[(int64_t)(places[j] - front.pivots) * high] += from[(int64_t)j * h];
    }
  }
}

/// sum -= block times x over k columns, h rows, `sides` right sides.
GCK_INLINE void NAME(block_times)(VEC *sum, const VEC *block, const VEC *x, int h, int k, int sides) {
  for (int p = 0; p < k; p++) {
    UNROLL for (int i = 0; i < h; i++) {
      VEC l = block[i];
      UNROLL for (int s = 0; s < sides; s++) sum[i * sides + s] -= l * x[s];
    }
    block += h;
    x += sides;
  }
}

/// x -= blockT times y over k columns, from the last to the first.
GCK_INLINE void NAME(block_transposed_times)(VEC *x, const VEC *block, const VEC *y, int h, int k, int sides) {
  block += (int64_t)h * k;
  x += (int64_t)sides * k;
  for (int p = 0; p < k; p++) {
    block -= h;
    x -= sides;
    VEC sum[4];
    UNROLL for (int s = 0; s < sides; s++) sum[s] = x[s];
    UNROLL for (int i = h - 1; i >= 0; i--) {
      VEC l = block[i];
      UNROLL for (int s = 0; s < sides; s++) sum[s] -= l * y[i * sides + s];
    }
    UNROLL for (int s = 0; s < sides; s++) x[s] = sum[s];
  }
}

GCK_INLINE void NAME(forward_diagonal)(VEC *x, const VEC *row, const VEC *d, VEC *xs, int h, int k, int sides) {
  VEC sum[B * 4];
  UNROLL for (int i = 0; i < h * sides; i++) sum[i] = x[i];
  NAME(block_times)(sum, row, xs, h, k, sides);
  UNROLL for (int q = 0; q < h; q++) {
    UNROLL for (int s = 0; s < sides; s++) sum[q * sides + s] *= d[q * h + q];
    UNROLL for (int i = q + 1; i < h; i++)
      UNROLL for (int s = 0; s < sides; s++) sum[i * sides + s] -= d[q * h + i] * sum[q * sides + s];
  }
  UNROLL for (int i = 0; i < h * sides; i++) x[i] = sum[i];
}

GCK_INLINE void NAME(backward_diagonal)(VEC *x, const VEC *row, const VEC *d, VEC *xs, int h, int k, int sides) {
  VEC sum[B * 4];
  UNROLL for (int i = 0; i < h * sides; i++) sum[i] = x[i];
  UNROLL for (int q = h - 1; q >= 0; q--) {
    UNROLL for (int i = q + 1; i < h; i++)
      UNROLL for (int s = 0; s < sides; s++) sum[q * sides + s] -= d[q * h + i] * sum[i * sides + s];
    UNROLL for (int s = 0; s < sides; s++) sum[q * sides + s] *= d[q * h + q];
  }
  UNROLL for (int i = 0; i < h * sides; i++) x[i] = sum[i];
  NAME(block_transposed_times)(xs, row, sum, h, k, sides);
}

GCK_INLINE void NAME(border_forward)(VEC *x, const VEC *block, const VEC *xs, const int32_t *rows, int h, int k,
                                     int sides) {
  VEC sum[B * 4];
  UNROLL for (int i = 0; i < h; i++)
    UNROLL for (int s = 0; s < sides; s++) sum[i * sides + s] = x[(int64_t)rows[i] * sides + s];
  NAME(block_times)(sum, block, xs, h, k, sides);
  UNROLL for (int i = 0; i < h; i++)
    UNROLL for (int s = 0; s < sides; s++) x[(int64_t)rows[i] * sides + s] = sum[i * sides + s];
}

GCK_INLINE void NAME(border_backward)(const VEC *x, const VEC *block, VEC *xs, const int32_t *rows, int h, int k,
                                      int sides) {
  VEC y[B * 4];
  UNROLL for (int i = 0; i < h; i++)
    UNROLL for (int s = 0; s < sides; s++) y[i * sides + s] = x[(int64_t)rows[i] * sides + s];
  NAME(block_transposed_times)(xs, block, y, h, k, sides);
}

GCK_INLINE void NAME(forward)(gck_front front, const VEC *l11, const int32_t *rows, VEC *x, int sides) {
  const VEC *l21 = l11 + NAME(lower_size)(front.pivots);
  VEC *xs = x + (int64_t)front.first * sides;
  for (int i = 0; i * B < front.pivots; i++) {
    int h = NAME(height)(front.pivots, i);
    const VEC *row = l11 + NAME(lower_start)(i);
#define CALL(M) NAME(forward_diagonal)(xs + i * B * sides, row, row + i * B * M, xs, M, i * B, sides)
    FOR_HEIGHT(h, CALL)
#undef CALL
  }
  for (int i = 0; i * B < front.border; i++) {
    int h = NAME(height)(front.border, i);
    const VEC *block = l21 + (int64_t)i * B * front.pivots;
#define CALL(M) NAME(border_forward)(x, block, xs, rows + i * B, M, front.pivots, sides)
    FOR_HEIGHT(h, CALL)
#undef CALL
  }
}

GCK_INLINE void NAME(backward)(gck_front front, const VEC *l11, const int32_t *rows, VEC *x, int sides) {
  const VEC *l21 = l11 + NAME(lower_size)(front.pivots);
  VEC *xs = x + (int64_t)front.first * sides;
  for (int i = (front.border - 1) / B; front.border > 0 && i >= 0; i--) {
    int h = NAME(height)(front.border, i);
    const VEC *block = l21 + (int64_t)i * B * front.pivots;
#define CALL(M) NAME(border_backward)(x, block, xs, rows + i * B, M, front.pivots, sides)
    FOR_HEIGHT(h, CALL)
#undef CALL
  }
  for (int i = (front.pivots - 1) / B; i >= 0; i--) {
    int h = NAME(height)(front.pivots, i);
    const VEC *row = l11 + NAME(lower_start)(i);
#define CALL(M) NAME(backward_diagonal)(xs + i * B * sides, row, row + i * B * M, xs, M, i * B, sides)
    FOR_HEIGHT(h, CALL)
#undef CALL
  }
}

GCK_CLONES
void NAME(gck_front_forward)(gck_front front, const REAL *factor, const int32_t *rows, REAL *x, int32_t sides) {
  switch (sides) {
    case 1: NAME(forward)(front, (const VEC *)factor, rows, (VEC *)x, 1); break;
    case 2: NAME(forward)(front, (const VEC *)factor, rows, (VEC *)x, 2); break;
    case 3: NAME(forward)(front, (const VEC *)factor, rows, (VEC *)x, 3); break;
    default: NAME(forward)(front, (const VEC *)factor, rows, (VEC *)x, 4); break;
  }
}

GCK_CLONES
void NAME(gck_front_backward)(gck_front front, const REAL *factor, const int32_t *rows, REAL *x, int32_t sides) {
  switch (sides) {
    case 1: NAME(backward)(front, (const VEC *)factor, rows, (VEC *)x, 1); break;
    case 2: NAME(backward)(front, (const VEC *)factor, rows, (VEC *)x, 2); break;
    case 3: NAME(backward)(front, (const VEC *)factor, rows, (VEC *)x, 3); break;
    default: NAME(backward)(front, (const VEC *)factor, rows, (VEC *)x, 4); break;
  }
}

#undef VEC
#undef B
#undef UNROLL
#undef FOR_HEIGHT
