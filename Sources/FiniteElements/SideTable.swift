public import Meshing
internal import NumericalMethods

/// What can be computed of one kind of side of an element type before any cell is known.
///
/// The nodes of a side are those of ``CellShape/sides``: so ordered, the normal points out of the cell. Sides of
/// plane cells are edges times the thickness; those of axisymmetric cells are edges that turn about the axis,
/// and integrals over them are for a full turn.
public struct SideTable: Sendable {
  /// The element type.
  public let type: ElementType
  /// The shape of the side.
  public let sideShape: CellShape
  /// Nodes of the side.
  public let nodeCount: Int
  /// Points of the rule.
  public let pointCount: Int
  /// Reference coordinates of the points on the side.
  public let points: [SIMD3<Double>]
  /// Weights of the points.
  public let weights: [Double]
  /// Shape functions: points times nodes.
  public let shape: [Double]
  /// Gradients of the shape functions in reference coordinates of the side: points times nodes.
  public let gradients: [SIMD3<Double>]
  /// Shape functions in space of axisymmetric cells; empty for others.
  let wedge: WedgeTable

  /// The table of a side, with CalculiX's rule.
  ///
  /// - Parameters:
  ///   - type: The element type.
  ///   - side: From zero; 0 is S1.
  public static func side(_ side: Int, of type: ElementType) -> SideTable {
    tables[type][side]
  }

  private static let tables = LazyTables { type in
    var byShape: [CellShape: SideTable] = [:]
    return type.shape.sides.indices.map { side in
      let shape = type.shape.sideShape(side)
      let table = byShape[shape] ?? SideTable(type, shape)
      byShape[shape] = table
      return table
    }
  }

  private init(_ type: ElementType, _ sideShape: CellShape) {
    let rule = Self.rule(type, sideShape)
    let functions = rule.points.map { sideShape.shapeFunctions(at: $0) }
    self.type = type
    self.sideShape = sideShape
    nodeCount = sideShape.nodeCount
    pointCount = rule.points.count
    points = rule.points
    weights = rule.weights
    shape = functions.flatMap(\.values)
    gradients = functions.flatMap(\.gradients)
    wedge =
      type.theory == .axisymmetric ? WedgeTable(sideShape, at: rule.points) : WedgeTable()
  }

  /// CalculiX's rule; sides of plane and axisymmetric cells are faces of the brick it makes of them.
  private static func rule(_ type: ElementType, _ sideShape: CellShape) -> IntegrationRule {
    switch sideShape {
    case .triangle3: return .triangle1
    case .triangle6: return .triangle3
    default: break
    }
    let perAxis = type.traits.sidePointsPerAxis
    if type.theory == .solid { return .box(2, perAxis) }
    let line = IntegrationRule.box(1, perAxis)
    return type.theory == .axisymmetric
      ? line.extended(by: GaussLegendreRule(pointCount: perAxis)) : line
  }

  /// Whether the side turns about the axis of revolution.
  var isWedge: Bool { !wedge.radial.isEmpty }

  /// The side's normal times the area that a point stands for.
  func area(at point: Int, _ nodes: Span<SIMD3<Double>>, thickness: Double) -> SIMD3<Double> {
    var first = SIMD3<Double>.zero
    var second = SIMD3<Double>.zero
    for node in 0..<nodeCount {
      let entry = point * nodeCount + node
      let slope = gradients[entry]
      if isWedge {
        let (radius, height) = (nodes[node].x, nodes[node].y)
        let (radial, hoop) = (wedge.radialGradients[entry], wedge.hoopGradients[entry])
        first += [radius * radial.x, height * slope.x, radius * hoop.x]
        second += [radius * radial.z, 0, radius * hoop.z]
      } else {
        first += slope.x * nodes[node]
        second += slope.y * nodes[node]
      }
    }
    if isWedge { return Self.turn * weights[point] * first.cross(second) }
    if sideShape.dimension == 1 {
      return weights[point] * thickness * SIMD3(first.y, -first.x, 0)
    }
    return weights[point] * first.cross(second)
  }

  private static var turn: Double { ElementTable.wedgesPerTurn }

  /// Adds to `forces` what a push at a point does on the nodes.
  @inline(__always)
  private func spread(
    _ push: SIMD3<Double>, at point: Int, on forces: inout MutableSpan<SIMD3<Double>>
  ) {
    for node in 0..<nodeCount {
      let entry = point * nodeCount + node
      if isWedge {
        forces[node] += [
          wedge.radial[entry] * push.x + wedge.hoop[entry] * push.z, shape[entry] * push.y, 0,
        ]
      } else {
        forces[node] += shape[entry] * push
      }
    }
  }

  /// Nodal forces of a pressure that pushes into the undeformed cell.
  ///
  /// - Parameters:
  ///   - nodes: Where the side's nodes are.
  ///   - pressure: Force per area.
  ///   - thickness: Of plane cells.
  ///   - forces: Receives one vector per node of the side.
  public func pressureForce(
    nodes: Span<SIMD3<Double>>, pressure: Double, thickness: Double,
    into forces: inout MutableSpan<SIMD3<Double>>
  ) {
    checkCounts(nodes.count, forces.count)
    for node in 0..<nodeCount { forces[node] = .zero }
    for point in 0..<pointCount {
      spread(
        -pressure * area(at: point, nodes, thickness: thickness), at: point, on: &forces)
    }
  }

  /// Nodal forces of a force per area with a fixed direction.
  ///
  /// - Parameters:
  ///   - nodes: Where the side's nodes are.
  ///   - traction: Force per area in global components; on axisymmetric cells in the plane of the mesh.
  ///   - thickness: Of plane cells.
  ///   - forces: Receives one vector per node of the side.
  public func tractionForce(
    nodes: Span<SIMD3<Double>>, traction: SIMD3<Double>, thickness: Double,
    into forces: inout MutableSpan<SIMD3<Double>>
  ) {
    checkCounts(nodes.count, forces.count)
    for node in 0..<nodeCount { forces[node] = .zero }
    for point in 0..<pointCount {
      let size = area(at: point, nodes, thickness: thickness).length
      var push = size * traction
      if isWedge {
        // The radial part turns with the point.
        let angle = angle(at: point, nodes)
        push = size * SIMD3(traction.x * angle.cosine, traction.y, traction.x * angle.sine)
      }
      spread(push, at: point, on: &forces)
    }
  }

  /// Cosine and sine of the angle at which a point of a turning side lies.
  private func angle(
    at point: Int, _ nodes: Span<SIMD3<Double>>
  ) -> (cosine: Double, sine: Double) {
    var x = 0.0
    var z = 0.0
    for node in 0..<nodeCount {
      x += wedge.radial[point * nodeCount + node] * nodes[node].x
      z += wedge.hoop[point * nodeCount + node] * nodes[node].x
    }
    let radius = (x * x + z * z).squareRoot()
    return radius > 0 ? (x / radius, z / radius) : (1, 0)
  }

  /// Shares of the nodes of something that is spread evenly over the side: ∫N dA times the amount per area.
  ///
  /// Heat flux into the side, or the coefficient of a film times the ambient temperature.
  ///
  /// - Parameters:
  ///   - nodes: Where the side's nodes are.
  ///   - density: Amount per area.
  ///   - thickness: Of plane cells.
  ///   - growth: By how much a sheet is thicker at every node of the side; empty where by nothing.
  ///   - amounts: Receives one amount per node of the side.
  public func source(
    nodes: Span<SIMD3<Double>>, density: Double, thickness: Double, growth: [Double] = [],
    into amounts: inout MutableSpan<Double>
  ) {
    checkCounts(nodes.count, amounts.count)
    for node in 0..<nodeCount { amounts[node] = 0 }
    for point in 0..<pointCount {
      let thickness = self.thickness(thickness, growth, at: point)
      let amount = density * area(at: point, nodes, thickness: thickness).length
      for node in 0..<nodeCount { amounts[node] += shape[point * nodeCount + node] * amount }
    }
  }

  /// The matrix of a film: ∫Nᵀ h N dA, to be added to the conductivity matrix.
  ///
  /// - Parameters:
  ///   - nodes: Where the side's nodes are.
  ///   - coefficient: Power per area and kelvin.
  ///   - thickness: Of plane cells.
  ///   - growth: By how much a sheet is thicker at every node of the side; empty where by nothing.
  ///   - matrix: Receives one row per node of the side.
  public func film(
    nodes: Span<SIMD3<Double>>, coefficient: Double, thickness: Double, growth: [Double] = [],
    into matrix: inout MutableSpan<Double>
  ) {
    precondition(nodes.count == nodeCount, "\(nodes.count) nodes for a side of \(nodeCount)")
    precondition(
      matrix.count == nodeCount * nodeCount,
      "\(matrix.count) entries for a matrix of \(nodeCount) rows")
    for entry in 0..<matrix.count { matrix[entry] = 0 }
    for point in 0..<pointCount {
      let thickness = self.thickness(thickness, growth, at: point)
      let amount = coefficient * area(at: point, nodes, thickness: thickness).length
      for i in 0..<nodeCount {
        for j in 0..<nodeCount {
          matrix[i * nodeCount + j] +=
            amount * shape[point * nodeCount + i] * shape[point * nodeCount + j]
        }
      }
    }
  }

  /// The side's area (a full turn's for axisymmetric cells) and, of a closed surface zero in sum, its normal times it.
  ///
  /// - Parameters:
  ///   - nodes: Where the side's nodes are.
  ///   - thickness: Of plane cells.
  public func area(
    nodes: Span<SIMD3<Double>>, thickness: Double
  ) -> (size: Double, vector: SIMD3<Double>) {
    precondition(nodes.count == nodeCount, "\(nodes.count) nodes for a side of \(nodeCount)")
    var size = 0.0
    var vector = SIMD3<Double>.zero
    for point in 0..<pointCount {
      let share = area(at: point, nodes, thickness: thickness)
      size += share.length
      vector += share
    }
    return (size, vector)
  }

  /// The thickness at a point of a sheet's side.
  private func thickness(_ thickness: Double, _ growth: [Double], at point: Int) -> Double {
    guard type.theory == .planeStress else { return thickness }
    return growth.indices.reduce(thickness) { $0 + shape[point * nodeCount + $1] * growth[$1] }
  }

  private func checkCounts(_ nodes: Int, _ results: Int) {
    precondition(nodes == nodeCount, "\(nodes) nodes for a side of \(nodeCount)")
    precondition(results == nodeCount, "\(results) results for a side of \(nodeCount) nodes")
  }
}
