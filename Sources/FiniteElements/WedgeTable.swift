internal import Glibc
internal import Meshing

/// Shape functions in space of the wedge that stands for an axisymmetric cell.
///
/// CalculiX makes a solid of two degrees of a plane cell: every node appears on both side planes, corners of
/// quadratic cells in the middle plane too. Because the three copies of a node move along with its radius and height,
/// the solid's functions add up to one function per plane node and direction: a node at radius r and height y
/// puts r·`radial` into x, y·N into y and r·`hoop` into z, and so do its displacements. Linear cells make flat
/// wedges, quadratic ones arcs through three nodes.
struct WedgeTable: Sendable {
  /// Half the angle of the wedge.
  static let halfAngle = Double.pi / 180

  /// Shares of the nodes' radii in x: points times nodes.
  var radial: [Double] = []
  /// Gradients of `radial` in reference coordinates.
  var radialGradients: [SIMD3<Double>] = []
  /// Shares of the nodes' radii in z: points times nodes.
  var hoop: [Double] = []
  /// Gradients of `hoop` in reference coordinates.
  var hoopGradients: [SIMD3<Double>] = []

  /// The table of solids: empty.
  init() {}

  /// The table of a sheet, whose nodes move their faces apart: `hoop` is their share in z, `radial` is empty.
  init(sheet shape: CellShape, at points: [SIMD3<Double>]) {
    for point in points {
      let functions = shape.shapeFunctions(at: point)
      hoop += functions.values.map { $0 * point.z }
      hoopGradients += zip(functions.values, functions.gradients).map { value, slope in
        [point.z * slope.x, point.z * slope.y, value]
      }
    }
  }

  /// The table of a plane shape at points whose third coordinate runs through the wedge from -1 to 1.
  init(_ shape: CellShape, at points: [SIMD3<Double>]) {
    let (sine, cosine) = (sin(Self.halfAngle), cos(Self.halfAngle))
    for point in points {
      let functions = shape.shapeFunctions(at: point)
      let corners = shape.linear.shapeFunctions(at: point)
      let along = point.z
      for node in functions.values.indices {
        let value = functions.values[node]
        let slope = functions.gradients[node]
        hoop.append(sine * along * value)
        hoopGradients.append([sine * along * slope.x, sine * along * slope.y, sine * value])
        var middle = 0.0
        var middleSlope = SIMD3<Double>.zero
        if shape.isQuadratic, node < shape.cornerCount {
          let bulge = (1 - cosine) * (1 - along * along)
          middle = bulge * corners.values[node]
          middleSlope = bulge * corners.gradients[node]
          middleSlope.z = -2 * (1 - cosine) * along * corners.values[node]
        }
        radial.append(cosine * value + middle)
        radialGradients.append([cosine * slope.x, cosine * slope.y, 0] + middleSlope)
      }
    }
  }
}
