internal import CKernels
public import LinearAlgebra

/// Cells that share a few constant matrices, for eight designs side by side; a design scales the matrices cell by cell:
/// K_e = Σ_c s_ec K_c.
///
/// Vectors are interleaved `[unknown][8]`, scales and contractions `[cell][matrix][8]`: the lanes of one number stand together, so that one
/// vector instruction serves eight designs. A lane's bits do not depend on the others.
public struct ScaledElements: Sendable {
  /// Designs side by side.
  public static let laneCount = 8
  /// Unknowns of a cell: 4, 8 or 24.
  public let size: Int
  /// Constant matrices: 1 or 2.
  public let matrixCount: Int
  /// Cells.
  public let cellCount: Int
  /// The unknowns of every cell, `[cell][size]`.
  public let unknowns: [Int32]
  /// `[matrix][row][column]`.
  let matrices: [Double]

  /// Cells.
  ///
  /// - Parameters:
  ///   - unknowns: `[cell][size]`, cell after cell.
  ///   - matrices: Each symmetric, row-major, of `size` rows.
  public init(size: Int, unknowns: [Int32], matrices: [[Double]]) {
    precondition(
      [4, 8, 24].contains(size) && (1...2).contains(matrices.count),
      "no kernel for \(matrices.count) matrices of \(size) rows")
    precondition(
      matrices.allSatisfy { $0.count == size * size }, "matrices that are not \(size) by \(size)")
    precondition(unknowns.count % size == 0, "\(unknowns.count) unknowns in cells of \(size)")
    self.size = size
    self.unknowns = unknowns
    self.matrices = matrices.flatMap { $0 }
    matrixCount = matrices.count
    cellCount = unknowns.count / size
  }

  /// Where the lower triangles of the cells' matrices stand in a sparse matrix, `[cell][size (size + 1) / 2]`, row by row.
  ///
  /// - Parameter column: The row and column of each unknown.
  public func places(in pattern: SparsityPattern, column: (Int) -> Int) -> [Int32] {
    var places: [Int32] = []
    places.reserveCapacity(cellCount * size * (size + 1) / 2)
    let columns = unknowns.map { column(Int($0)) }
    for cell in 0..<cellCount {
      for a in 0..<size {
        for b in 0...a {
          let (one, other) = (columns[cell * size + a], columns[cell * size + b])
          places.append(Int32(pattern.place(row: max(one, other), column: min(one, other))))
        }
      }
    }
    return places
  }

  /// Adds the cells' matrices into the values of a sparse matrix, `[entry][8]`.
  ///
  /// The corresponding C function is `gck_assemble`.
  public func assemble(
    scale: [Double], places: [Int32], into values: inout MutableSpan<Double>
  ) {
    checkScale(scale)
    precondition(places.count == cellCount * size * (size + 1) / 2, "\(places.count) places")
    values.withUnsafeMutableBufferPointer { values in
      withKernelView { gck_assemble($0, places, scale, values.baseAddress) }
    }
  }

  /// Adds Σ K_e (constant + displacement) to the forces.
  ///
  /// The corresponding C function is `gck_apply`.
  ///
  /// - Parameters:
  ///   - constant: The same in every cell and lane, one value per unknown of a cell.
  ///   - displacement: `[unknown][8]`.
  ///   - force: `[unknown][8]`.
  public func apply(
    scale: [Double], constant: [Double]? = nil, displacement: [Double]? = nil,
    to force: inout [Double]
  ) {
    checkScale(scale)
    checkConstant(constant)
    precondition(displacement == nil || displacement?.count == force.count, "vectors of two sizes")
    withKernelView { gck_apply($0, scale, constant, displacement, &force) }
  }

  /// One side of a contraction: a field, a displacement that is the same in every cell, or the sum of both.
  public struct Side {
    var field: [Double]?
    var constant: [Double]?

    /// - Parameters:
    ///   - field: `[unknown][8]`.
    ///   - constant: One value per unknown of a cell, the same for all.
    public init(field: [Double]?, constant: [Double]? = nil) {
      self.field = field
      self.constant = constant
    }
  }

  /// Adds factor · leftᵀ K_c right of every cell and matrix to `[cell][matrix][8]`: the derivative of Σ leftᵀ K_e right by the scales.
  ///
  /// The corresponding C function is `gck_contract`.
  ///
  /// - Parameter factors: One per lane.
  public func contract(
    _ left: Side, _ right: Side, factors: [Double], into result: inout [Double]
  ) {
    checkScale(result)
    checkConstant(left.constant)
    checkConstant(right.constant)
    precondition(
      factors.count == Self.laneCount, "\(factors.count) factors for \(Self.laneCount) lanes")
    withKernelView {
      gck_contract(
        $0, factors, left.field, left.constant, right.field, right.constant, &result)
    }
  }

  /// Values of a constant rectangular matrix times the displacements of every cell, `[cell][row][8]`.
  ///
  /// The corresponding C function is `gck_map`.
  ///
  /// - Parameters:
  ///   - map: `[row][size]`; 3 rows where a cell has 8 unknowns, 6 where it has 24.
  ///   - displacement: `[unknown][8]`.
  public func mapped(by map: [Double], _ displacement: [Double]) -> [Double] {
    let rows = rowCount(of: map)
    return [Double](unsafeUninitializedCapacity: cellCount * rows * Self.laneCount) {
      buffer, count in
      withKernelView { gck_map($0, map, displacement, buffer.baseAddress) }
      count = cellCount * rows * Self.laneCount
    }
  }

  /// The transpose of ``mapped(by:_:)``: adds Σ mapᵀ values_e to the forces.
  ///
  /// The corresponding C function is `gck_map_transposed`.
  public func addTransposed(_ map: [Double], _ values: [Double], to force: inout [Double]) {
    let rows = rowCount(of: map)
    precondition(
      values.count == cellCount * rows * Self.laneCount,
      "\(values.count) values for \(cellCount) cells")
    withKernelView { gck_map_transposed($0, map, values, &force) }
  }

  private func rowCount(of map: [Double]) -> Int {
    let rows = size == 8 ? 3 : 6
    precondition(size > 4 && map.count == rows * size, "a map of \(map.count) entries")
    return rows
  }

  private func checkScale(_ scale: [Double]) {
    precondition(
      scale.count == cellCount * matrixCount * Self.laneCount,
      "\(scale.count) scales for \(cellCount) cells of \(matrixCount) matrices")
  }

  private func checkConstant(_ constant: [Double]?) {
    precondition(constant == nil || constant?.count == size, "a constant of another cell size")
  }

  private func withKernelView<Result>(_ body: (UnsafePointer<gck_elements>) -> Result) -> Result {
    unknowns.withUnsafeBufferPointer { unknowns in
      matrices.withUnsafeBufferPointer { matrices in
        var view = gck_elements(
          cellCount: Int64(cellCount), size: Int64(size), matrixCount: Int64(matrixCount),
          unknowns: unknowns.baseAddress, matrices: matrices.baseAddress)
        return withUnsafePointer(to: &view) { body($0) }
      }
    }
  }
}

extension SparsityPattern {
  /// Where an entry of the lower triangle is stored; it must be there.
  ///
  /// - Complexity: O(log of the column's entries)
  public func place(row: Int, column: Int) -> Int {
    var low = columnStarts[column]
    var high = columnStarts[column + 1]
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    precondition(
      low < columnStarts[column + 1] && rows[low] == row,
      "no entry at row \(row), column \(column)")
    return low
  }
}
