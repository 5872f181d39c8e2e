#pragma once
#include "elements.h"
/// Dense kernels of the interleaved batch factorization.
///
/// Every number of a front is one vector of eight designs, one per lane: 32 bytes in single precision (`_f32`), 64 in double
/// (`_f64`). No kernel mixes lanes. Arrays of vectors start on 64-byte boundaries.
///
/// A front is stored in blocks of `gck_block` rows, the last block lower: entry (i, k) of the block that starts at
/// `start` and is h rows high lies at `start + k * h + i`, in vectors. So a block's columns are one contiguous
/// stream, which is the order in which the tile kernels and the substitutions read it.
///
///   factor:  L11 (pivots x pivots, lower: block I has block * I + h columns), then L21 (border x pivots)
///   update:  F22 (border x border, lower, shaped as L11)
///
/// The diagonal of L11 holds the reciprocals of the pivots' roots.
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Rows of a block.
enum { gck_block = 5 };

/// The shape of one front.
typedef struct gck_front {
  /// The first pivot's number in the order of elimination.
  int32_t first;
  /// Columns eliminated here.
  int32_t pivots;
  /// Rows below them.
  int32_t border;
} gck_front;

#define GCK_DECLARE(SUFFIX, REAL, FLAG)                                                                                \
  /** Eliminates the pivots of a front, whose share of the update matrix is written. Where a lane's pivot is not above `threshold`, it is replaced by one, and    */ \
  /** `failure` of that lane, if still negative, becomes the pivot's number in the order of elimination.            */ \
  void gck_front_eliminate_##SUFFIX(gck_front front, REAL *factor, REAL *update, REAL threshold, FLAG *failure);       \
  /** Adds the update matrix of a child, `count` rows, whose row i is row places[i] of this front, to its pivots'    */ \
  /** columns: before they are eliminated.                                                                           */ \
  void gck_front_add_##SUFFIX(gck_front front, REAL *factor, const REAL *child, int32_t count, const int32_t *places); \
  /** Adds the rest of it to the update matrix: after the pivots are eliminated.                                     */ \
  void gck_front_add_update_##SUFFIX(gck_front front, REAL *update, const REAL *child, int32_t count,                  \
                                     const int32_t *places);                                                           \
  /** Solves with L11 and subtracts L21 times the result from the rows below: x is [unknown][right side] vectors.   */ \
  void gck_front_forward_##SUFFIX(gck_front front, const REAL *factor, const int32_t *rows, REAL *x, int32_t sides);   \
  /** The transposed of the forward step.                                                                            */ \
  void gck_front_backward_##SUFFIX(gck_front front, const REAL *factor, const int32_t *rows, REAL *x, int32_t sides);

GCK_DECLARE(f32, float, int32_t)
GCK_DECLARE(f64, double, int64_t)

/// The lower triangle of eight symmetric matrices on one pattern, in double precision.
typedef struct gck_matrix {
  int32_t size;
  /// Where each column's entries start; one more than the columns. The diagonal entry is first.
  const int64_t *starts;
  /// The row of each entry.
  const int32_t *rows;
  /// The number of each row in the order of elimination.
  const int32_t *numbers;
  /// [entry][8]
  const double *values;
} gck_matrix;

/// A chunk of rows, `from` up to but not including `to`, whose columns reach rows below `last`.
typedef struct gck_rows {
  int32_t from, to, last;
} gck_rows;

/// Finds the powers of two that bring diagonals near one: scales[numbers[i]] of diagonals[starts[i]], or of diagonals[i] where `starts` is null,
/// both [.][8], for `size` rows; largest[8] is the largest of each lane. Where a lane's diagonal is not positive and finite, its scale is one
/// and `failure` of that lane, if still negative, becomes the row in the order of elimination.
void gck_scales(int32_t size, const double *diagonals, const int64_t *starts, const int32_t *numbers, double *scales,
                double *largest, int32_t *failure);

/// Writes scaled matrix entries into a front: factor[places[e]] = values[entries[e]] scale[rows[e]] scale[columns[e]].
void gck_assemble_f32(int32_t count, const int32_t *entries, const int32_t *places, const int32_t *rows,
                      const int32_t *columns, const double *values, const double *scales, float *factor);
/// The same in double precision, lanes[i] in the place of lane i.
void gck_assemble_f64(int32_t count, const int32_t *entries, const int32_t *places, const int32_t *rows,
                      const int32_t *columns, const double *values, const double *scales, const int32_t *lanes,
                      double *factor);

/// y += A x by a chunk's columns of the lower triangle and their mirror images: y of the chunk's rows is set to zero first,
/// and what belongs to rows from `to` to `last` goes to `beyond`, [row][side][8], to be added by `gck_add`.
/// products[side][8] = the chunk's part of x . A x. x and y are [row][side][8].
void gck_multiply(gck_matrix matrix, gck_rows rows, int32_t sides, const double *x, double *y, double *beyond,
                  double *products);
/// Square cells of eight unknowns, x and y of four nodes one after the other, counter-clockwise from the lower left, whose stiffness is
/// scale[cell][0] K_0 + scale[cell][1] K_1 for eight designs.
///
/// With the modes m = (x, y, xy) of the nodes' values, sums with the signs (-++-), (--++), (+-+-), K_c couples ux with vy, uy with vx, and uxy
/// and vxy with themselves; modes[c] has, over 16: (ux, ux), (ux, vy), (vy, vy), (uy, uy), (uy, vx), (vx, vx), (uxy, uxy), (vxy, vxy).
typedef struct gck_squares_of_grid {
  /// [cell][8]
  const int32_t *unknowns;
  /// [matrix][8]
  const double *modes;
  /// [cell][matrix][8]
  const double *scale;
  /// [unknown][8]: no bits where an unknown is held.
  const int64_t *mask;
} gck_squares_of_grid;

/// y += A x by a chunk's cells, `count` of them in the order of `cells`, all of whose unknowns lie in `rows`: y of the chunk's rows is set to
/// zero first, and what belongs to rows from `to` to `last` goes to `beyond`, as by `gck_multiply`. Held unknowns get nothing; x must be zero
/// there. products[side][8] = the chunk's part of x . A x.
void gck_multiply_squares(gck_squares_of_grid squares, gck_rows rows, const int32_t *cells, int64_t count,
                          int32_t sides, const double *x, double *y, double *beyond, double *products);
/// Square cells on their way into fronts.
typedef struct gck_front_cells {
  gck_squares_of_grid squares;
  /// The lower triangles of K_0 and K_1, row by row: [matrix][36].
  const float *triangles;
  /// The numbers of the unknowns in the order of elimination.
  const int32_t *numbers;
  /// [row in the order of elimination][8]
  const double *scales;
} gck_front_cells;

/// Adds entries of `count` cells' scaled matrices to a front, without the couplings of held unknowns. `list` has for each cell: the cell, how
/// many entries, and for each of these its place in the triangle + 64 times its place in the front.
void gck_assemble_cells_f32(gck_front_cells cells, int32_t count, const int32_t *list, float *factor);

/// diagonals[unknown][8] = the diagonals of all cells added up, for `size` unknowns.
void gck_cell_diagonals(gck_front_cells cells, int64_t cellCount, int32_t size, double *diagonals);

/// to += from, `count` vectors of eight.
void gck_add(int32_t count, const double *from, double *to);

/// Eight systems' vectors, [row][side][8], of preconditioned conjugate gradients.
typedef struct gck_gradients {
  int32_t size;
  int32_t sides;
  /// The number of each row in the order of elimination.
  const int32_t *numbers;
  /// [row in the order of elimination][8]
  const double *scales;
  /// The approximation, its residual, the direction, and the matrix times the direction.
  double *solution, *residual, *direction, *image;
  /// The scaled residual, and in its place the scaled preconditioned residual, in single precision and in the order of
  /// elimination.
  float *preconditioned;
  /// The preconditioned residual in double precision and in the order of elimination, or null where `preconditioned` is
  /// to be taken.
  double *wide;
} gck_gradients;

// Each of the following works on a chunk of rows where it is given one; sums are the chunk's.

/// preconditioned = residual scale factor; factor is [side][8].
void gck_gradients_scale(gck_gradients g, gck_rows rows, const double *factor);
/// wide = residual scale factor, the input of a substitution in double precision.
void gck_gradients_scale_wide(gck_gradients g, const double *factor);
/// wide = preconditioned, still scaled.
void gck_gradients_widen(gck_gradients g);
/// wide = wide scale factor.
void gck_gradients_unscale_wide(gck_gradients g, const double *factor);
/// residual[side][8] = z . residual and image[side][8] = z . image, z = preconditioned scale factor, or wide.
void gck_gradients_products(gck_gradients g, gck_rows rows, const double *factor, double *residual, double *image);
/// direction = z + beta direction, or z where `is_first`.
void gck_gradients_turn(gck_gradients g, gck_rows rows, const double *factor, const double *beta, int32_t is_first);
/// solution += alpha direction (solution = alpha direction where `is_first`), residual -= alpha image,
/// squares[side][8] = residual . residual, preconditioned = residual scale factor.
void gck_gradients_step(gck_gradients g, gck_rows rows, const double *alpha, const double *factor, int32_t is_first,
                        double *squares);
/// residual = load - image (load alone unless `has_image`), squares[side][8] = residual . residual, preconditioned =
/// residual scale factor. `load` has `stride` vectors of eight per row, which need not start on a boundary of 64 bytes.
void gck_gradients_residual(gck_gradients g, gck_rows rows, const double *load, int32_t stride, int32_t has_image,
                            const double *factor, double *squares);
/// One vector of eight per row, put one after the other.
void gck_gather(int32_t size, const double *from, int32_t stride, double *to);
/// Vectors back among `stride` of the caller's per row.
void gck_return(gck_rows rows, int32_t sides, const double *from, double *to, int32_t stride);
/// squares[side][8] = x . x
void gck_squares(int32_t size, int32_t sides, const double *x, double *squares);
/// sums[row][8]: the sums of the absolute values of each row.
void gck_row_sums(gck_matrix matrix, double *sums);
/// `count` vectors with lanes[i] in the place of lane i.
void gck_take_lanes(int32_t count, const int32_t *lanes, const double *from, double *to);
/// The first lane_count lanes put back where they were.
void gck_put_lanes(int32_t count, int32_t lane_count, const int32_t *lanes, const double *from, double *to);

#ifdef __cplusplus
}
#endif
