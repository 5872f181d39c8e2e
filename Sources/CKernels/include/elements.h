#pragma once
#include <stdint.h>

/// Designs side by side.
enum { gck_lanes = 8 };

// Kernels over the cells of a grid for eight designs side by side. Every array of values is interleaved: eight
// consecutive doubles, one per design, stand where a single design would have one. Lanes never mix.
//
// All cells share `matrixCount` constant matrices of `size` rows, row-major and symmetric; a design scales them cell by cell:
// K_e = sum over c of scale[e][c] * matrix[c].

typedef struct {
  int64_t cellCount;
  int64_t size;               // unknowns of a cell: 4, 8 or 24
  int64_t matrixCount;        // 1 or 2
  const int32_t *unknowns;    // [cell][size]
  const double *matrices;     // [matrix][size][size]
} gck_elements;

/// values[place] += the lower triangles of all K_e.
///
/// `places` is [cell][size (size + 1) / 2], row by row; a negative place is left out.
void gck_assemble(const gck_elements *elements, const int32_t *places, const double *scale, double *values);

/// force += K_e (constant + displacement) for all cells; vectors are [unknown][8], `constant` is [size] and may be null,
/// `displacement` may be null.
void gck_apply(const gck_elements *elements, const double *scale, const double *constant,
               const double *displacement, double *force);

/// out[cell][matrix] += factors * left_e . matrix . right_e, a factor for each of the eight, vectors [unknown][8]; each may have a constant [size] added
/// in every cell, and may be null where it is that constant alone.
void gck_contract(const gck_elements *elements, const double *factors, const double *left, const double *leftConstant,
                  const double *right, const double *rightConstant, double *out);

/// out[cell][row] = map . displacement_e: `map` is [rows][size], the same for all cells, 3 rows where size is 8 and
/// 6 where it is 24.
void gck_map(const gck_elements *elements, const double *map, const double *displacement, double *out);

/// force += mapT . values_e for all cells: the transpose of `gck_map`.
void gck_map_transposed(const gck_elements *elements, const double *map, const double *values, double *force);
