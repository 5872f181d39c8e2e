internal import FiniteElements
internal import Meshing

/// What the points of a structure remember: the states of their laws, side by side.
///
/// A value: a step that fails leaves the states it began with.
struct MaterialStates: Sendable {
  /// The points of one block, cell after cell.
  struct Block: Sendable {
    /// Bytes per point: the largest state of the block's laws.
    let stride: Int
    var bytes: [UInt8]
  }

  var blocks: [Block]

  /// The states of one cell while a loop works on it; no two workers may touch the same cell.
  struct Cell: @unchecked Sendable {
    let first: UnsafeMutableRawPointer
    let stride: Int

    /// The state of a point of the cell.
    func state<State: BitwiseCopyable>(_ point: Int) -> State {
      first.loadUnaligned(fromByteOffset: point * stride, as: State.self)
    }

    /// Writes the state of a point of the cell.
    func set<State: BitwiseCopyable>(_ state: State, _ point: Int) {
      first.storeBytes(of: state, toByteOffset: point * stride, as: State.self)
    }
  }
}

extension Structure {
  /// The states before any load.
  ///
  /// - Throws: ``SolveError/lawNeedsAllStrains(material:type:)`` where a law is not linear and an element finds a part of the
  ///   strain from linear elasticity: the thickness of two-dimensional plane stress, the bubbles of C3D8I.
  func initialStates() throws -> MaterialStates {
    MaterialStates(
      blocks: try blocks.map { block in
        let materials = Set(block.materialOfCell).sorted().map { self.materials[Int($0)] }
        for material in materials where !material.law.isLinear && block.table.hidesStrain {
          throw SolveError.lawNeedsAllStrains(
            material: material.material.name, type: block.type.rawValue)
        }
        let stride = materials.map { $0.law.stateSize }.max() ?? 0
        let points = block.table.pointCount
        var bytes = [UInt8](repeating: 0, count: block.count * points * stride)
        guard stride > 0 else { return .init(stride: 0, bytes: bytes) }
        bytes.withUnsafeMutableBytes { bytes in
          guard let first = bytes.baseAddress else { return }
          for cell in 0..<block.count {
            self.materials[Int(block.materialOfCell[cell])].law.writeInitialState(
              to: .init(first: first + cell * points * stride, stride: stride), points)
          }
        }
        return .init(stride: stride, bytes: bytes)
      })
  }
}

extension MaterialLaw {
  /// Bytes of a point's state.
  fileprivate var stateSize: Int { MemoryLayout<State>.size }

  /// Sets all points of a cell to the state before any load.
  fileprivate func writeInitialState(to cell: MaterialStates.Cell, _ pointCount: Int) {
    for point in 0..<pointCount { cell.set(initialState, point) }
  }
}
