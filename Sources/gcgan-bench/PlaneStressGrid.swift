internal import DesignProblem
internal import FiniteElements
internal import LinearAlgebra
internal import Meshing

/// A grid of four-node plane-stress squares, clamped on the left, one modulus per cell: what a density design becomes.
struct PlaneStressGrid: Sendable {
  let width: Int
  let height: Int
  /// The vertices' graph, lower triangle.
  let graph: SparsityPattern
  /// For each of the 36 entries of a cell's lower triangle: its place in the matrix, or -1 where a side is clamped.
  private(set) var slots: [Int32] = []
  /// The stiffness of a cell of unit modulus, in the order of `slots`.
  private let stiffness: [Double]
  /// Diagonal entries of clamped unknowns.
  private(set) var clamped: [Int] = []

  static let unknownsPerVertex = 2

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    var starts = [0]
    var members: [Int32] = []
    let grid = DesignGrid(columns: width, rows: height)
    for y in 0..<height {
      for x in 0..<width {
        members += grid.nodes(ofElement: grid.element(x, y)).map(Int32.init)
        starts.append(members.count)
      }
    }
    graph = SparsityPattern(
      size: (width + 1) * (height + 1), groupStarts: starts, members: members)
    stiffness = Self.cellStiffness(poissonsRatio: 0.3)
    let pattern = graph.expanded(widths: Array(repeating: 2, count: graph.size))
    func isClamped(_ unknown: Int) -> Bool { unknown / 2 % (width + 1) == 0 }
    for cell in 0..<(starts.count - 1) {
      let unknowns = (0..<8).map { Int(members[cell * 4 + $0 / 2]) * 2 + $0 % 2 }
      for i in 0..<8 {
        for j in 0...i {
          let (row, column) = (max(unknowns[i], unknowns[j]), min(unknowns[i], unknowns[j]))
          slots.append(
            isClamped(row) || isClamped(column)
              ? -1 : Int32(Self.place(of: row, in: column, pattern)))
        }
      }
    }
    clamped = (0..<pattern.size).filter(isClamped).map { pattern.columnStarts[$0] }
  }

  var unknownCount: Int { graph.size * 2 }
  var cellCount: Int { width * height }

  /// The entry of a row in a column of a pattern that holds it.
  static func place(of row: Int, in column: Int, _ pattern: SparsityPattern) -> Int {
    var (low, high) = (pattern.columnStarts[column], pattern.columnStarts[column + 1])
    while high - low > 1 {
      let middle = (low + high) / 2
      if pattern.rows[middle] <= row { low = middle } else { high = middle }
    }
    return low
  }

  /// The lower triangle of the stiffness of a CPS4 of one by one, thickness and modulus one.
  private static func cellStiffness(poissonsRatio: Double) -> [Double] {
    let corners: [SIMD3<Double>] = [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]
    let material = [ElasticityMatrix.isotropic(youngsModulus: 1, poissonsRatio: poissonsRatio)]
    var full = [Double](repeating: 0, count: 64)
    var span = full.mutableSpan
    _ = ElementTable.stiffness(.cps4).stiffness(
      nodes: corners.span, elasticity: material.span, thickness: 1, into: &span)
    return (0..<8).flatMap { i in (0...i).map { full[i * 8 + $0] } }
  }

  /// Assembles eight designs at once; moduli are [cell][lane].
  func assemble(_ moduli: [Double], into values: inout MutableSpan<Double>) {
    typealias Lanes = SIMD8<Double>
    values.withUnsafeMutableBufferPointer { buffer in
      buffer.update(repeating: 0)
      // The solver's storage starts on a boundary of 64 bytes: vectors of 8 are loaded as they lie.
      guard let base = buffer.baseAddress.map(UnsafeMutableRawPointer.init) else { return }
      moduli.withUnsafeBytes { moduli in
        for cell in 0..<cellCount {
          let modulus = moduli.loadUnaligned(fromByteOffset: cell * 64, as: Lanes.self)
          for entry in 0..<36 {
            let slot = Int(slots[cell * 36 + entry])
            guard slot >= 0 else { continue }
            let sum =
              base.loadUnaligned(fromByteOffset: slot * 64, as: Lanes.self)
              + modulus * stiffness[entry]
            base.storeBytes(of: sum, toByteOffset: slot * 64, as: Lanes.self)
          }
        }
      }
      for place in clamped {
        base.storeBytes(of: Lanes(repeating: 1), toByteOffset: place * 64, as: Lanes.self)
      }
    }
  }

  /// Assembles one lane of eight by itself.
  func assembled(_ moduli: [Double], lane: Int, entryCount: Int) -> [Double] {
    var values = [Double](repeating: 0, count: entryCount)
    for cell in 0..<cellCount {
      for entry in 0..<36 where slots[cell * 36 + entry] >= 0 {
        values[Int(slots[cell * 36 + entry])] += moduli[cell * 8 + lane] * stiffness[entry]
      }
    }
    for place in clamped { values[place] = 1 }
    return values
  }
}
