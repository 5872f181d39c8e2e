#include <string.h>

#include "CKernels.h"

#if defined(__x86_64__)
#define GCK_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define GCK_CLONES
#endif
#define INLINE static inline __attribute__((always_inline))

// Arrays of a caller are aligned as it likes.
typedef double v8 __attribute__((vector_size(64), aligned(8)));

enum { LANES = gck_lanes };

INLINE void gather(const int32_t *unknowns, int size, const double *vector, const double *constant, int half,
                   v8 *cell) {
  for (int a = 0; a < size; a++) {
    v8 value = {0};
    if (vector) value = *(const v8 *)(vector + (int64_t)unknowns[a] * LANES + half);
    if (constant) value += constant[a];
    cell[a] = value;
  }
}

INLINE void assemble(const gck_elements *g, const int32_t *places, const double *scale, double *values, int size,
                     int matrixCount) {
  const int entryCount = size * (size + 1) / 2;
  for (int64_t cell = 0; cell < g->cellCount; cell++) {
    const int32_t *place = places + cell * entryCount;
    for (int half = 0; half < LANES; half += 8) {
      v8 s[2];
      for (int c = 0; c < matrixCount; c++) s[c] = *(const v8 *)(scale + (cell * matrixCount + c) * LANES + half);
      int entry = 0;
      for (int row = 0; row < size; row++) {
        const double *k = g->matrices + row * size;
        for (int column = 0; column <= row; column++, entry++) {
          if (place[entry] < 0) continue;
          v8 value = s[0] * k[column];
          if (matrixCount == 2) value += s[1] * k[size * size + column];
          *(v8 *)(values + (int64_t)place[entry] * LANES + half) += value;
        }
      }
    }
  }
}

INLINE void apply(const gck_elements *g, const double *scale, const double *constant, const double *displacement,
                  double *force, int size, int matrixCount) {
  for (int64_t cell = 0; cell < g->cellCount; cell++) {
    const int32_t *unknowns = g->unknowns + cell * size;
    for (int half = 0; half < LANES; half += 8) {
      v8 u[24];
      gather(unknowns, size, displacement, constant, half, u);
      v8 s[2];
      for (int c = 0; c < matrixCount; c++) s[c] = *(const v8 *)(scale + (cell * matrixCount + c) * LANES + half);
      for (int row = 0; row < size; row++) {
        v8 sum = {0};
        for (int c = 0; c < matrixCount; c++) {
          const double *k = g->matrices + (c * size + row) * size;
          v8 part = {0};
          for (int column = 0; column < size; column++) part += u[column] * k[column];
          sum += part * s[c];
        }
        *(v8 *)(force + (int64_t)unknowns[row] * LANES + half) += sum;
      }
    }
  }
}

typedef int64_t v8i __attribute__((vector_size(64), aligned(8)));

// In the modes 1, x, y and xy of its four nodes the stiffness of a square couples but these: x of u with y of v, y of u with x of v, and xy
// of either with itself; the first are no strain.
INLINE void multiply_squares(gck_squares_of_grid g, gck_rows rows, const int32_t *cells, int64_t count, int sides,
                             const double *x, double *y, double *beyond, double *products) {
  v8 product[4];
  for (int s = 0; s < sides; s++) product[s] = (v8){0};
  memset(y + (int64_t)rows.from * sides * LANES, 0, (size_t)(rows.to - rows.from) * sides * sizeof(v8));
  memset(beyond, 0, (size_t)(rows.last - rows.to) * sides * sizeof(v8));
  for (int64_t i = 0; i < count; i++) {
    int64_t cell = cells[i];
    const int32_t *unknowns = g.unknowns + cell * 8;
    v8 s0 = *(const v8 *)(g.scale + cell * 2 * LANES);
    v8 s1 = *(const v8 *)(g.scale + (cell * 2 + 1) * LANES);
    v8 k[8];
    for (int m = 0; m < 8; m++) k[m] = s0 * g.modes[m] + s1 * g.modes[8 + m];
    for (int side = 0; side < sides; side++) {
      v8 u[8], f[8];
      for (int a = 0; a < 8; a++) u[a] = *(const v8 *)(x + ((int64_t)unknowns[a] * sides + side) * LANES);
      v8 e = u[4] - u[0], h = u[2] - u[6];
      v8 ux = e + h, uy = e - h, uxy = (u[0] + u[4]) - (u[2] + u[6]);
      e = u[5] - u[1], h = u[3] - u[7];
      v8 vx = e + h, vy = e - h, vxy = (u[1] + u[5]) - (u[3] + u[7]);
      v8 gux = k[0] * ux + k[1] * vy, gvy = k[1] * ux + k[2] * vy;
      v8 guy = k[3] * uy + k[4] * vx, gvx = k[4] * uy + k[5] * vx;
      v8 guxy = k[6] * uxy, gvxy = k[7] * vxy;
      product[side] += (gux * ux + gvy * vy) + (guy * uy + gvx * vx) + (guxy * uxy + gvxy * vxy);
      e = gux + guy, h = gux - guy;
      f[0] = guxy - e, f[2] = h - guxy, f[4] = guxy + e, f[6] = -guxy - h;
      e = gvx + gvy, h = gvx - gvy;
      f[1] = gvxy - e, f[3] = h - gvxy, f[5] = gvxy + e, f[7] = -gvxy - h;
      for (int a = 0; a < 8; a++) {
        int32_t unknown = unknowns[a];
        double *to = unknown < rows.to ? y + ((int64_t)unknown * sides + side) * LANES
                                       : beyond + ((int64_t)(unknown - rows.to) * sides + side) * LANES;
        *(v8 *)to += (v8)((v8i)f[a] & *(const v8i *)(g.mask + (int64_t)unknown * LANES));
      }
    }
  }
  for (int side = 0; side < sides; side++) *(v8 *)(products + side * LANES) = product[side];
}

GCK_CLONES void gck_multiply_squares(gck_squares_of_grid squares, gck_rows rows, const int32_t *cells, int64_t count,
                                     int32_t sides, const double *x, double *y, double *beyond, double *products) {
  if (sides == 1) multiply_squares(squares, rows, cells, count, 1, x, y, beyond, products);
  else multiply_squares(squares, rows, cells, count, sides, x, y, beyond, products);
}

#define PAIR(f) f(0, 0) f(1, 0) f(1, 1) f(2, 0) f(2, 1) f(2, 2) f(3, 0) f(3, 1) f(3, 2) f(3, 3) f(4, 0) f(4, 1)      \
  f(4, 2) f(4, 3) f(4, 4) f(5, 0) f(5, 1) f(5, 2) f(5, 3) f(5, 4) f(5, 5) f(6, 0) f(6, 1) f(6, 2) f(6, 3) f(6, 4)      \
  f(6, 5) f(6, 6) f(7, 0) f(7, 1) f(7, 2) f(7, 3) f(7, 4) f(7, 5) f(7, 6) f(7, 7)

GCK_CLONES void gck_assemble_cells_f32(gck_front_cells g, int32_t count, const int32_t *list, float *factor) {
  typedef float v8f __attribute__((vector_size(32)));
  // Which of the vectors below scale an entry: a held unknown keeps its diagonal.
#define ROW(a, b) (a == b ? 8 + a : a),
#define COLUMN(a, b) (a == b ? 8 + a : b),
  static const uint8_t row[36] = {PAIR(ROW)}, column[36] = {PAIR(COLUMN)};
#undef ROW
#undef COLUMN
  for (int32_t i = 0; i < count; i++) {
    int64_t cell = *list++;
    int32_t entries = *list++;
    const int32_t *unknowns = g.squares.unknowns + cell * 8;
    v8 f[8];
    for (int a = 0; a < 8; a++) f[a] = *(const v8 *)(g.scales + (int64_t)g.numbers[unknowns[a]] * LANES);
    // Moduli and scales may be large and small beyond single precision; by the first unknown's scale, a power of two, they are not.
    v8 unit = 1 / f[0];
    v8f s0 = __builtin_convertvector(*(const v8 *)(g.squares.scale + cell * 2 * LANES) * f[0] * f[0], v8f);
    v8f s1 = __builtin_convertvector(*(const v8 *)(g.squares.scale + (cell * 2 + 1) * LANES) * f[0] * f[0], v8f);
    v8f scale[16];
    for (int a = 0; a < 8; a++) {
      v8 own = f[a] * unit;
      scale[8 + a] = __builtin_convertvector(own, v8f);
      scale[a] = __builtin_convertvector(
          (v8)((v8i)own & *(const v8i *)(g.squares.mask + (int64_t)unknowns[a] * LANES)), v8f);
    }
    for (int32_t e = 0; e < entries; e++) {
      int32_t code = *list++;
      int pair = code & 63;
      v8f value = s0 * g.triangles[pair] + s1 * g.triangles[36 + pair];
      ((v8f *)factor)[code >> 6] += value * (scale[row[pair]] * scale[column[pair]]);
    }
  }
}

GCK_CLONES void gck_cell_diagonals(gck_front_cells g, int64_t cellCount, int32_t size, double *diagonals) {
  static const uint8_t pairs[8] = {0, 2, 5, 9, 14, 20, 27, 35};
  memset(diagonals, 0, (size_t)size * sizeof(v8));
  for (int64_t cell = 0; cell < cellCount; cell++) {
    v8 s0 = *(const v8 *)(g.squares.scale + cell * 2 * LANES);
    v8 s1 = *(const v8 *)(g.squares.scale + (cell * 2 + 1) * LANES);
    for (int a = 0; a < 8; a++) {
      int pair = pairs[a];
      *(v8 *)(diagonals + (int64_t)g.squares.unknowns[cell * 8 + a] * LANES) +=
          s0 * (double)g.triangles[pair] + s1 * (double)g.triangles[36 + pair];
    }
  }
}

INLINE void contract(const gck_elements *g, const double *factors, const double *left, const double *leftConstant,
                     const double *right, const double *rightConstant, double *out, int size, int matrixCount) {
  for (int64_t cell = 0; cell < g->cellCount; cell++) {
    const int32_t *unknowns = g->unknowns + cell * size;
    for (int half = 0; half < LANES; half += 8) {
      v8 l[24], r[24];
      gather(unknowns, size, left, leftConstant, half, l);
      gather(unknowns, size, right, rightConstant, half, r);
      for (int c = 0; c < matrixCount; c++) {
        v8 sum = {0};
        for (int row = 0; row < size; row++) {
          const double *k = g->matrices + (c * size + row) * size;
          v8 part = {0};
          for (int column = 0; column < size; column++) part += r[column] * k[column];
          sum += part * l[row];
        }
        *(v8 *)(out + (cell * matrixCount + c) * LANES + half) += sum * *(const v8 *)(factors + half);
      }
    }
  }
}

// One kernel per size, so that the loops over a cell are unrolled and its values stay in registers.
#define FOR_SIZES(CALL)                                             \
  if (elements->matrixCount == 2) {                                 \
    if (elements->size == 8) { CALL(8, 2); }                        \
    else if (elements->size == 24) { CALL(24, 2); }                 \
    else if (elements->size == 4) { CALL(4, 2); }                   \
  } else {                                                          \
    if (elements->size == 4) { CALL(4, 1); }                        \
    else if (elements->size == 8) { CALL(8, 1); }                   \
    else if (elements->size == 24) { CALL(24, 1); }                 \
  }

GCK_CLONES void gck_assemble(const gck_elements *elements, const int32_t *places, const double *scale,
                             double *values) {
#define CALL(size, count) assemble(elements, places, scale, values, size, count)
  FOR_SIZES(CALL)
#undef CALL
}

GCK_CLONES void gck_apply(const gck_elements *elements, const double *scale, const double *constant,
                          const double *displacement, double *force) {
#define CALL(size, count) apply(elements, scale, constant, displacement, force, size, count)
  FOR_SIZES(CALL)
#undef CALL
}

GCK_CLONES void gck_contract(const gck_elements *elements, const double *factors, const double *left,
                             const double *leftConstant, const double *right, const double *rightConstant,
                             double *out) {
#define CALL(size, count) \
  contract(elements, factors, left, leftConstant, right, rightConstant, out, size, count)
  FOR_SIZES(CALL)
#undef CALL
}

INLINE void map_cells(const gck_elements *g, const double *map, const double *displacement, double *out, int size,
                      int rows) {
  for (int64_t cell = 0; cell < g->cellCount; cell++) {
    for (int half = 0; half < LANES; half += 8) {
      v8 u[24];
      gather(g->unknowns + cell * size, size, displacement, 0, half, u);
      for (int row = 0; row < rows; row++) {
        v8 sum = {0};
        for (int column = 0; column < size; column++) sum += u[column] * map[row * size + column];
        *(v8 *)(out + (cell * rows + row) * LANES + half) = sum;
      }
    }
  }
}

INLINE void map_cells_transposed(const gck_elements *g, const double *map, const double *values, double *force,
                                 int size, int rows) {
  for (int64_t cell = 0; cell < g->cellCount; cell++) {
    const int32_t *unknowns = g->unknowns + cell * size;
    for (int half = 0; half < LANES; half += 8) {
      v8 s[6];
      for (int row = 0; row < rows; row++) s[row] = *(const v8 *)(values + (cell * rows + row) * LANES + half);
      for (int column = 0; column < size; column++) {
        v8 sum = {0};
        for (int row = 0; row < rows; row++) sum += s[row] * map[row * size + column];
        *(v8 *)(force + (int64_t)unknowns[column] * LANES + half) += sum;
      }
    }
  }
}

GCK_CLONES void gck_map(const gck_elements *elements, const double *map, const double *displacement, double *out) {
  if (elements->size == 8) map_cells(elements, map, displacement, out, 8, 3);
  else map_cells(elements, map, displacement, out, 24, 6);
}

GCK_CLONES void gck_map_transposed(const gck_elements *elements, const double *map, const double *values,
                                   double *force) {
  if (elements->size == 8) map_cells_transposed(elements, map, values, force, 8, 3);
  else map_cells_transposed(elements, map, values, force, 24, 6);
}
