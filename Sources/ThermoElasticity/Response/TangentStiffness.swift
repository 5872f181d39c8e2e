internal import FiniteElements
internal import LinearAlgebra

extension Structure {
  /// The derivative of the nodal forces of ``respond(to:_:from:)`` with respect to the displacements: ∫Bᵀ C B dV with the laws'
  /// tangents C.
  ///
  /// - Parameters:
  ///   - map: The unknowns.
  ///   - displacement: Of every node at the end of an increment.
  ///   - temperature: Of every node at its end; `nil` where the analysis knows none.
  ///   - states: What the points remember at its start.
  /// - Throws: ``SolveError`` where a cell is inverted.
  func tangentStiffness(
    _ map: UnknownMap, at displacement: [SIMD3<Double>], _ temperature: [Double]?,
    from states: MaterialStates
  ) throws -> SparseMatrix {
    let numberOfBlock = Dictionary(
      uniqueKeysWithValues: blocks.enumerated().map { ($1.firstCell, $0) })
    return try assembled(map, scratch: { TangentScratch($0) }) { block, cell, scratch, target in
      if let number = numberOfBlock[block.firstCell] {
        scratch.points.states = states.blocks[number].cell(cell, block.table.pointCount)
      }
      scratch.points.withBuffers {
        respond(block, cell, &scratch.cell, displacement, temperature, $0)
      }
      return block.table.stiffness(
        nodes: scratch.cell.nodes.span, elasticity: scratch.cell.elasticity.span,
        thickness: materials[Int(block.materialOfCell[cell])].thickness, into: &target)
    }
  }
}

/// One worker's memory for the tangents of a cell.
private struct TangentScratch {
  var cell: CellScratch
  /// Of one cell; its states are a copy, which the tangent does not keep.
  var points: PointArrays

  init(_ block: Structure.Block) {
    cell = CellScratch(block.table)
    points = PointArrays(count: block.table.pointCount, states: nil)
  }
}

extension MaterialStates.Block {
  /// The states of one cell, copied.
  fileprivate func cell(_ cell: Int, _ pointCount: Int) -> Self? {
    let length = pointCount * stride
    return length == 0
      ? nil : Self(stride: stride, bytes: Array(bytes[cell * length..<(cell + 1) * length]))
  }
}
