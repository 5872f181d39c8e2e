internal import Meshing

/// Copies of nodes that sheets of unequal thickness share.
///
/// As in CalculiX ("KNOT"), such sheets are joined in the plane only: at a shared node each thickness has a change of its own.
/// A node keeps the sheets of the first thickness that the mesh names it with; those of every other one get a copy of it, which
/// moves with it in the plane. Copies are numbered behind the nodes.
struct SheetCopies: Sendable {
  /// The node that each copy is of.
  private(set) var nodeOfCopy: [Int] = []
  /// The copy of a node for each thickness that has one.
  private(set) var copies: [ThicknessGrowth.Place: Int] = [:]
  /// Nodes of the mesh.
  let nodeCount: Int

  /// Finds the nodes that sheets of unequal thickness share.
  ///
  /// - Complexity: O(cells)
  init(_ model: ThermoElasticModel, _ theory: PlaneStressTheory) {
    nodeCount = model.mesh.nodes.count
    guard theory == .calculiX,
      model.mesh.blocks.contains(where: { $0.elementType?.theory == .planeStress })
    else { return }
    var first = [Double?](repeating: nil, count: nodeCount)
    Self.forEachSheetNode(model) { _, _, node, thickness in
      guard let kept = first[node] else {
        first[node] = thickness
        return
      }
      let place = ThicknessGrowth.Place(node: node, thickness: thickness)
      guard thickness != kept, copies[place] == nil else { return }
      copies[place] = nodeCount + nodeOfCopy.count
      nodeOfCopy.append(node)
    }
  }

  /// Calls `body` for every node of every plane-stress cell: with its block, its place in the block's connectivity, its number,
  /// and the thickness of the cell.
  private static func forEachSheetNode(
    _ model: ThermoElasticModel,
    _ body: (_ block: Int, _ place: Int, _ node: Int, _ thickness: Double) -> Void
  ) {
    let thickness = model.sections.thicknessOfCell(count: model.mesh.cellCount)
    var firstCell = 0
    for (number, block) in model.mesh.blocks.enumerated() {
      if block.elementType?.theory == .planeStress {
        for (place, node) in block.connectivity.enumerated() {
          body(number, place, Int(node), thickness[firstCell + place / block.shape.nodeCount])
        }
      }
      firstCell += block.count
    }
  }

  /// The model with its copies of nodes; they are not tied to their nodes yet.
  func extended(_ model: ThermoElasticModel) -> ThermoElasticModel {
    guard !nodeOfCopy.isEmpty else { return model }
    var result = model
    result.mesh.nodes = extended(model.mesh.nodes)
    result.mesh.nodeLabels = extended(model.mesh.nodeLabels)
    result.initialTemperature = extended(model.initialTemperature)
    Self.forEachSheetNode(model) { block, place, node, thickness in
      if let copy = copies[ThicknessGrowth.Place(node: node, thickness: thickness)] {
        result.mesh.blocks[block].connectivity[place] = Int32(copy)
      }
    }
    return result
  }

  /// Values at the nodes, and the same at their copies.
  func extended<Value>(_ values: [Value]) -> [Value] {
    nodeOfCopy.isEmpty ? values : values + nodeOfCopy.map { values[$0] }
  }

  /// Equations that move each copy with its node in the plane.
  ///
  /// - Parameter structure: Of the extended model, with the axes of its unknowns.
  func equations(_ structure: Structure) -> [[(slot: Int, coefficient: Double)]] {
    nodeOfCopy.enumerated().flatMap { offset, node in
      (0..<2).map { axis in
        let terms = (0..<2).map {
          (3 * node + $0, -structure.direction(node: node, component: $0)[axis])
        }
        return [(3 * (nodeCount + offset) + axis, 1)] + terms.filter { $0.1 != 0 }
      }
    }
  }

  /// The values at the nodes alone.
  func ofNodes<Value>(_ values: [Value]) -> [Value] {
    nodeOfCopy.isEmpty ? values : Array(values[..<nodeCount])
  }

  /// Forces at the nodes, those at their copies among them.
  func gathered(_ forces: [SIMD3<Double>]) -> [SIMD3<Double>] {
    var result = ofNodes(forces)
    for (offset, node) in nodeOfCopy.enumerated() { result[node] += forces[nodeCount + offset] }
    return result
  }

  /// By how much sheets are thicker, from the growth at nodes and copies; empty where there are no sheets.
  func thicknessGrowth(_ growth: [Double]) -> ThicknessGrowth {
    guard !growth.isEmpty else { return ThicknessGrowth() }
    return ThicknessGrowth(
      ofNode: ofNodes(growth), ofCopy: copies.mapValues { growth[$0] })
  }
}
