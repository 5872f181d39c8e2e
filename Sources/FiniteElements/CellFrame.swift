internal import Meshing

/// Gradients in space at the points of one cell, in scratch memory that lives as long as a call.
///
/// All pointers are within one block of memory whose size ``ElementTable/withFrame(of:thickness:_:)`` works
/// out from the same counts that bound every loop over them.
struct CellFrame {
  /// Points of the cell.
  let pointCount: Int
  /// Nodes, and behind them bubbles where the type has any.
  let columnCount: Int
  /// Gradients of the shape functions: points times columns.
  let gradients: UnsafeMutablePointer<SIMD3<Double>>
  /// Gradients of the functions ``WedgeTable/radial``; unused in other cells.
  let radial: UnsafeMutablePointer<SIMD3<Double>>
  /// Gradients of the functions ``WedgeTable/hoop`` of axisymmetric cells and sheets; unused in other cells.
  let hoop: UnsafeMutablePointer<SIMD3<Double>>
  /// Volume that each point stands for.
  let volumes: UnsafeMutablePointer<Double>
  /// Hourglass vectors of a mean-strain cell, four times eight nodes of its brick; unused in others.
  let hourglass: UnsafeMutablePointer<Double>
  /// What the hourglass modulus is multiplied by.
  var hourglassScale = 0.0
  /// The smallest determinant of the map from reference coordinates.
  var smallestDeterminant = Double.infinity
}

extension ElementTable {
  /// Bubbles in addition to the nodes.
  var bubbleCount: Int { formulation == .incompatibleModes ? 3 : 0 }

  /// Whether the cell stands for a wedge of two degrees.
  var isWedge: Bool { !wedge.radial.isEmpty }

  /// Whether the cell is a plane one whose nodes change its thickness.
  var isSheet: Bool { wedge.radial.isEmpty && !wedge.hoop.isEmpty }

  /// Whether a part of the strain is no function of the nodes' displacements but found from linear elasticity: across the plane
  /// in two-dimensional plane stress, and that of bubbles.
  package var hidesStrain: Bool {
    bubbleCount > 0 || (type.theory == .planeStress && !isSheet)
  }

  /// Computes gradients and volumes of a cell and lends them to `body`.
  @inline(__always)
  func withFrame<Result>(
    of nodes: Span<SIMD3<Double>>, thickness: Double, _ body: (inout CellFrame) -> Result
  ) -> Result {
    precondition(nodes.count == nodeCount, "\(nodes.count) nodes for a \(type.rawValue)")
    let columnCount = nodeCount + bubbleCount
    let entryCount = pointCount * columnCount
    let kinds = isWedge || isSheet ? 3 : 1
    let scalars = (pointCount + 32 + 3) / 4
    return withUnsafeTemporaryAllocation(
      of: SIMD3<Double>.self, capacity: kinds * entryCount + scalars
    ) { memory in
      let base = memory.baseAddress.unsafelyUnwrapped
      return (base + kinds * entryCount).withMemoryRebound(to: Double.self, capacity: 4 * scalars) {
        var frame = CellFrame(
          pointCount: pointCount, columnCount: columnCount, gradients: base,
          radial: kinds == 3 ? base + entryCount : base,
          hoop: kinds == 3 ? base + 2 * entryCount : base,
          volumes: $0, hourglass: $0 + pointCount)
        nodes.withUnsafeBufferPointer { nodes in
          switch formulation {
          case .isoparametric where isWedge: fillWedge(&frame, nodes)
          case .isoparametric: fillIsoparametric(&frame, nodes, thickness)
          case .incompatibleModes:
            fillIsoparametric(&frame, nodes, thickness)
            fillBubbles(&frame, nodes)
          case .meanStrain: fillMeanStrain(&frame, nodes, thickness)
          }
        }
        return body(&frame)
      }
    }
  }

  /// Gradients and volumes of solids and plane cells.
  private func fillIsoparametric(
    _ frame: inout CellFrame, _ nodes: UnsafeBufferPointer<SIMD3<Double>>, _ thickness: Double
  ) {
    let isPlane = type.axisCount == 2
    let depth = isSheet ? thickness / 2 : thickness
    gradients.withUnsafeBufferPointer { reference in
      for point in 0..<pointCount {
        let slopes = reference.baseAddress.unsafelyUnwrapped + point * nodeCount
        let target = frame.gradients + point * frame.columnCount
        var map = ReferenceMap()
        for node in 0..<nodeCount { map.add(nodes[node], slopes[node]) }
        if isPlane { map.makePlane(thickness: depth) }
        let determinant = map.invert()
        for node in 0..<nodeCount { target[node] = map.gradient(slopes[node]) }
        if isSheet {
          for entry in point * nodeCount..<(point + 1) * nodeCount {
            frame.hoop[entry] = map.gradient(wedge.hoopGradients[entry])
          }
        }
        frame.volumes[point] = determinant * weights[point]
        frame.smallestDeterminant = min(frame.smallestDeterminant, determinant)
      }
    }
  }

  /// Gradients of the bubbles 1 − ξ², 1 − η², 1 − ζ², turned into space by the map at the cell's centre.
  ///
  /// As CalculiX has them. Their mean over an oblique cell is not zero there, so that a uniform stress excites them; corrected
  /// ones have it taken off.
  ///
  /// - Source: Taylor, Beresford and Wilson, A non-conforming element for stress analysis, Int. J. Num. Meth. Engng. 10
  ///   (1976) 1211-1219; the mean taken off as in Simo and Rifai, the same 29 (1990) 1595-1638.
  private func fillBubbles(
    _ frame: inout CellFrame, _ nodes: UnsafeBufferPointer<SIMD3<Double>>
  ) {
    var map = ReferenceMap()
    for node in 0..<8 { map.add(nodes[node], hexahedronCorners[node] / 8) }
    _ = map.invert()
    for point in 0..<pointCount {
      let target = frame.gradients + point * frame.columnCount + nodeCount
      target[0] = -2 * points[point].x * map.first
      target[1] = -2 * points[point].y * map.second
      target[2] = -2 * points[point].z * map.third
    }
    guard variant == .corrected else { return }
    var volume = 0.0
    var means = InlineArray<3, SIMD3<Double>>(repeating: .zero)
    for point in 0..<pointCount {
      volume += frame.volumes[point]
      for bubble in 0..<3 {
        means[bubble] +=
          frame.volumes[point] * frame.gradients[point * frame.columnCount + nodeCount + bubble]
      }
    }
    for point in 0..<pointCount {
      for bubble in 0..<3 {
        frame.gradients[point * frame.columnCount + nodeCount + bubble] -= means[bubble] / volume
      }
    }
  }

  /// Gradients and volumes of axisymmetric cells, for a full turn.
  private func fillWedge(_ frame: inout CellFrame, _ nodes: UnsafeBufferPointer<SIMD3<Double>>) {
    for point in 0..<pointCount {
      let row = point * nodeCount
      var map = ReferenceMap()
      for node in 0..<nodeCount {
        let (radius, height) = (nodes[node].x, nodes[node].y)
        map.add([radius, 0, 0], wedge.radialGradients[row + node])
        map.add([0, height, 0], gradients[row + node])
        map.add([0, 0, radius], wedge.hoopGradients[row + node])
      }
      let determinant = map.invert()
      for node in 0..<nodeCount {
        frame.gradients[row + node] = map.gradient(gradients[row + node])
        frame.radial[row + node] = map.gradient(wedge.radialGradients[row + node])
        frame.hoop[row + node] = map.gradient(wedge.hoopGradients[row + node])
      }
      frame.volumes[point] = determinant * weights[point] * Self.wedgesPerTurn
      frame.smallestDeterminant = min(frame.smallestDeterminant, determinant)
    }
  }
}

/// The corners of the reference hexahedron.
let hexahedronCorners: InlineArray<8, SIMD3<Double>> = [
  [-1, -1, -1], [1, -1, -1], [1, 1, -1], [-1, 1, -1],
  [-1, -1, 1], [1, -1, 1], [1, 1, 1], [-1, 1, 1],
]

/// The derivative of space by the reference coordinates, and once inverted that of the coordinates by space.
struct ReferenceMap {
  /// Derivatives by ξ, η, ζ; after ``invert()`` gradients of ξ, η, ζ.
  var first = SIMD3<Double>.zero
  var second = SIMD3<Double>.zero
  var third = SIMD3<Double>.zero

  /// Adds a node's share: where it is, and how its shape function changes.
  @inline(__always)
  mutating func add(_ node: SIMD3<Double>, _ slope: SIMD3<Double>) {
    first += node * slope.x
    second += node * slope.y
    third += node * slope.z
  }

  /// Makes a map of the plane one of a sheet, so that its determinant counts the thickness.
  @inline(__always)
  mutating func makePlane(thickness: Double) {
    first.z = 0
    second.z = 0
    third = [0, 0, thickness]
  }

  /// Replaces the derivatives by their inverse, and returns their determinant.
  @inline(__always)
  mutating func invert() -> Double {
    let a = second.cross(third)
    let b = third.cross(first)
    let c = first.cross(second)
    let determinant = first.dot(a)
    let scale = 1 / determinant
    (first, second, third) = (a * scale, b * scale, c * scale)
    return determinant
  }

  /// The gradient in space of a function with the given slope in reference coordinates.
  @inline(__always)
  func gradient(_ slope: SIMD3<Double>) -> SIMD3<Double> {
    first * slope.x + second * slope.y + third * slope.z
  }
}
