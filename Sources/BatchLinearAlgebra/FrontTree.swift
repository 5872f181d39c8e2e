internal import CKernels
internal import LinearAlgebra

/// The fronts of a pattern in the order of their elimination, and where everything of each front lies.
///
/// A front is a supernode of the factor: columns of nearly equal structure, eliminated together as one dense block.
/// Its parent is the supernode that holds the first row below its columns; the fronts are numbered in postorder, so
/// that a front's children come before it and the update matrices live on a stack.
final class FrontTree: Sendable {
  struct Front: Sendable {
    var shape = gck_front()
    /// In vectors from the start of the factor.
    var factorStart = 0
    var factorSize = 0
    /// In vectors from the start of the stack of update matrices.
    var updateStart = 0
    var updateSize = 0
    /// Where this front's lists start in `indices`: the rows below its pivots, and their places in the parent front.
    var rows = 0
    var places = 0
    /// The matrix entries that enter here: four lists (entry, place, row, column) of `entryCount`, one after the other.
    var entryCount = 0
    var entries = 0
    var parent = -1
    var firstChild = -1
    var nextSibling = -1
    /// Multiplications and additions.
    var operationCount = 0.0
  }

  let fronts: [Front]
  /// Subtrees that are eliminated side by side, those of the most work first, and the fronts above them.
  let parts: [Subtree]
  let top: [Int]
  /// Rows of a vector with the slots of all parts behind.
  let vectorSize: Int
  /// All lists of all fronts.
  let indices: ConstantTable<Int32>
  /// Vectors of the whole factor, and of the stack at its highest.
  let factorSize: Int
  let stackSize: Int
  /// Multiplications and additions of one factorization.
  let operationCount: Double

  /// - Parameters:
  ///   - pattern: The matrix in the caller's order.
  ///   - numbers: The number of each of the caller's unknowns in the order of elimination.
  ///   - symbolic: Supernodes of the matrix in the order of elimination.
  init(pattern: SparsityPattern, numbers: [Int32], symbolic: SupernodalStructure) {
    var layout = FrontLayout(frontCount: symbolic.frontCount)
    layout.placeRows(symbolic, size: pattern.size)
    layout.placeParts(symbolic, size: pattern.size)
    layout.placeUpdates()
    layout.placeEntries(pattern, numbers, symbolic)
    fronts = layout.fronts
    parts = layout.parts
    vectorSize = layout.vectorSize
    let shared = Set(layout.parts.flatMap(\.fronts))
    top = layout.fronts.indices.filter { !shared.contains($0) }
    indices = ConstantTable(layout.indices)
    factorSize = layout.factorSize
    stackSize = layout.stackSize
    operationCount = layout.operationCount
  }
}
