import Glibc
public import Meshing

extension Mesh {
  /// A flat ring, or a sector of one, about the origin in the plane of the first two axes.
  ///
  /// Node sets and surfaces: `inner`, `outer` and, of a sector, `start` and `end` by the angle. Cell
  /// set: `all`. Mid-side nodes lie on the circles.
  ///
  /// - Parameters:
  ///   - innerRadius: The radius of the hole, above zero.
  ///   - outerRadius: The outer radius.
  ///   - angles: The sector from the first axis, counter-clockwise, in degrees; `nil` for the full turn.
  ///   - divisions: Quadrilaterals along the radius and around.
  ///   - elementType: The element of every cell.
  public static func ring(
    innerRadius: Double, outerRadius: Double, angles: ClosedRange<Double>? = nil,
    divisions: SIMD2<Int>, elementType: ElementType
  ) -> Mesh {
    turned(
      radii: innerRadius...outerRadius, angles: angles, height: 0,
      divisions: SIMD3(divisions.x, divisions.y, 0), elementType: elementType)
  }

  /// A hollow cylinder, or a sector of one, standing on the plane of the first two axes about the third.
  ///
  /// Node sets and surfaces: `inner`, `outer`, `bottom`, `top` and, of a sector, `start` and `end` by the
  /// angle. Cell set: `all`. Mid-side nodes lie on the cylinders.
  ///
  /// - Parameters:
  ///   - innerRadius: The radius of the bore, above zero.
  ///   - outerRadius: The outer radius.
  ///   - angles: The sector from the first axis, counter-clockwise, in degrees; `nil` for the full turn.
  ///   - height: The length along the axis.
  ///   - divisions: Bricks along the radius, around and along the axis.
  ///   - elementType: The element of every cell.
  public static func cylinder(
    innerRadius: Double, outerRadius: Double, angles: ClosedRange<Double>? = nil, height: Double,
    divisions: SIMD3<Int>, elementType: ElementType
  ) -> Mesh {
    turned(
      radii: innerRadius...outerRadius, angles: angles, height: height, divisions: divisions,
      elementType: elementType)
  }

  /// The section of a ring or hollow cylinder for axisymmetric elements: a rectangle over radius and axis.
  ///
  /// Node sets and surfaces: `inner`, `outer`, `bottom`, `top`. Cell set: `all`. An inner radius of zero
  /// makes a full cylinder.
  ///
  /// - Parameters:
  ///   - innerRadius: The smallest first coordinate.
  ///   - outerRadius: The largest first coordinate.
  ///   - height: The length along the second axis, from zero.
  ///   - divisions: Quadrilaterals along radius and axis.
  ///   - elementType: The element of every cell.
  public static func ringSection(
    innerRadius: Double, outerRadius: Double, height: Double, divisions: SIMD2<Int>,
    elementType: ElementType
  ) -> Mesh {
    var mesh = rectangle(
      origin: SIMD2(innerRadius, 0), size: SIMD2(outerRadius - innerRadius, height),
      divisions: divisions, elementType: elementType)
    for (old, new) in [("left", "inner"), ("right", "outer")] {
      mesh.nodeSets[new] = mesh.nodeSets.removeValue(forKey: old)
      mesh.surfaces[new] = mesh.surfaces.removeValue(forKey: old)
    }
    return mesh
  }

  private static func turned(
    radii: ClosedRange<Double>, angles: ClosedRange<Double>?, height: Double,
    divisions: SIMD3<Int>, elementType: ElementType
  ) -> Mesh {
    precondition(
      radii.lowerBound > 0 && radii.lowerBound < radii.upperBound,
      "a ring from radius \(radii.lowerBound) to \(radii.upperBound)")
    precondition(
      angles != nil || divisions.y >= 3, "a full turn of \(divisions.y) divisions")
    var lattice = Lattice(divisions: divisions)
    lattice.closesSecond = angles == nil
    let turn = angles ?? 0...360
    let end = 2 &* divisions
    var sides: [Lattice.Side] = [
      .init(name: "inner") { $0.x == 0 }, .init(name: "outer") { $0.x == end.x },
    ]
    if angles != nil {
      sides += [.init(name: "start") { $0.y == 0 }, .init(name: "end") { $0.y == end.y }]
    }
    if divisions.z > 0 {
      sides += [.init(name: "bottom") { $0.z == 0 }, .init(name: "top") { $0.z == end.z }]
    }
    return lattice.mesh(of: elementType, sides: sides) { parameters in
      let radius = radii.lowerBound + (radii.upperBound - radii.lowerBound) * parameters.x
      let angle = turn.lowerBound + (turn.upperBound - turn.lowerBound) * parameters.y
      let direction = SIMD3(degrees: angle)
      return radius * direction + SIMD3(0, 0, height * parameters.z)
    }
  }
}

extension SIMD3<Double> {
  /// The unit vector at an angle from the first axis, exact at the quarter turns, so that nodes meant to
  /// lie on an axis do.
  init(degrees: Double) {
    switch degrees.remainder(dividingBy: 360) {
    case 0: self.init(1, 0, 0)
    case 90: self.init(0, 1, 0)
    case -90: self.init(0, -1, 0)
    case 180, -180: self.init(-1, 0, 0)
    case let rest: self.init(cos(rest * .pi / 180), sin(rest * .pi / 180), 0)
    }
  }
}
