import Meshing
import Testing

@Suite("Shape functions") struct ShapeFunctionTests {
  static let shapes = CellShape.allCases.filter { $0.dimension > 0 }

  /// Points inside the reference cell, away from anything special.
  static func points(_ shape: CellShape) -> [SIMD3<Double>] {
    let center = shape.referenceNodes.reduce(.zero, +) / Double(shape.nodeCount)
    return shape.referenceNodes.enumerated().map { node, place in
      center + (0.2 + 0.6 * Double(node) / Double(shape.nodeCount)) * (place - center)
    }
  }

  @Test("add up to one, their gradients to nothing", arguments: shapes)
  func unity(_ shape: CellShape) {
    for point in Self.points(shape) {
      let functions = shape.shapeFunctions(at: point)
      #expect(abs(functions.values.reduce(0, +) - 1) < 1e-14)
      let sum = functions.gradients.reduce(.zero, +)
      #expect(max(abs(sum.x), abs(sum.y), abs(sum.z)) < 1e-14)
    }
  }

  @Test("are one at their own node and zero at the others", arguments: shapes)
  func nodality(_ shape: CellShape) {
    for (node, place) in shape.referenceNodes.enumerated() {
      for (other, value) in shape.shapeFunctions(at: place).values.enumerated() {
        #expect(abs(value - (node == other ? 1 : 0)) < 1e-14)
      }
    }
  }

  @Test("have the gradients that differences show", arguments: shapes)
  func gradients(_ shape: CellShape) {
    let step = 1e-4  // error of a central difference: step² times third derivatives
    for point in Self.points(shape) {
      let functions = shape.shapeFunctions(at: point)
      for axis in 0..<shape.dimension {
        var (back, ahead) = (point, point)
        back[axis] -= step
        ahead[axis] += step
        let before = shape.shapeFunctions(at: back).values
        let after = shape.shapeFunctions(at: ahead).values
        for node in functions.gradients.indices {
          let slope = (after[node] - before[node]) / (2 * step)
          #expect(abs(slope - functions.gradients[node][axis]) < 1e-7)
        }
      }
    }
  }

  @Test("reproduce linear fields, quadratic cells quadratic ones", arguments: shapes)
  func completeness(_ shape: CellShape) {
    let degree = shape.isQuadratic ? 2 : 1
    for point in Self.points(shape) {
      let values = shape.shapeFunctions(at: point).values
      for x in 0...degree {
        for y in 0...degree - x {
          func field(_ p: SIMD3<Double>) -> Double {
            (x == 0 ? 1 : x == 1 ? p.x : p.x * p.x) * (y == 0 ? 1 : y == 1 ? p.y : p.y * p.y)
          }
          if shape.dimension == 1, y > 0 { continue }
          let sum = zip(values, shape.referenceNodes).reduce(0) { $0 + $1.0 * field($1.1) }
          #expect(abs(sum - field(point)) < 1e-14)
        }
      }
    }
  }
}
