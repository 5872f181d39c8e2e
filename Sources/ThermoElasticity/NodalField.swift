internal import FiniteElements
public import Meshing
public import NumericalMethods

/// How exactly points are extended to nodes.
public enum NodalFieldDigits: Sendable {
  /// To all digits.
  case all
  /// With the few decimals CalculiX has in its tables: uniform fields are off by up to 2e-4. What it prints of
  /// sections hangs on them.
  case calculiX
}

/// A value of which means can be taken.
public protocol NodalAverageable: Sendable {
  /// The neutral value.
  static var zero: Self { get }
  /// The sum.
  static func + (a: Self, b: Self) -> Self
  /// A multiple.
  static func * (factor: Double, value: Self) -> Self
}

extension Double: NodalAverageable {}
extension SymmetricTensor: NodalAverageable {}
extension SIMD3: NodalAverageable where Scalar == Double {}

extension PointField where Value: NodalAverageable {
  /// The field at the nodes, as CalculiX shows it: every cell's points extended to its nodes, and at every node the
  /// plain mean over the cells that meet there.
  ///
  /// Cells of different materials are averaged together, as CalculiX does. Values of plane and axisymmetric
  /// cells are in global axes at the plane of the mesh.
  ///
  /// - Parameters:
  ///   - mesh: The mesh whose blocks this field has; every block has an element type.
  ///   - digits: The weights with which points are extended.
  /// - Returns: One value per node; zero at nodes without a cell.
  public func nodalAverage(on mesh: Mesh, digits: NodalFieldDigits = .all) -> [Value] {
    precondition(
      blocks.count == mesh.blocks.count, "\(blocks.count) blocks for \(mesh.blocks.count)")
    var sums = [Value](repeating: .zero, count: mesh.nodes.count)
    var counts = [Int32](repeating: 0, count: mesh.nodes.count)
    for (block, cells) in zip(blocks, mesh.blocks) {
      guard let type = cells.elementType else { continue }
      let extrapolation = Extrapolation.nodes(of: type)
      let (nodeCount, pointCount) = (extrapolation.nodeCount, extrapolation.pointCount)
      let weights =
        digits == .all ? extrapolation.matrix : NodalFieldExtrapolation.of(type).weights
      precondition(
        pointCount == block.pointCount,
        "\(block.pointCount) points for a \(type.rawValue) with \(pointCount)")
      for cell in 0..<cells.count {
        for local in 0..<nodeCount {
          var value = Value.zero
          for point in 0..<pointCount {
            value =
              value
              + weights[local * pointCount + point] * block.values[cell * pointCount + point]
          }
          let node = Int(cells.connectivity[cell * nodeCount + local])
          sums[node] = sums[node] + value
          counts[node] += 1
        }
      }
    }
    for node in sums.indices where counts[node] > 1 {
      sums[node] = (1 / Double(counts[node])) * sums[node]
    }
    return sums
  }
}
