import Meshing
import NumericalMethods
import ThermoElasticity

extension SolvedModel {
  /// The largest extent of the cells along an axis, in the deck's length; `nil` without cells.
  var size: Double? {
    let used = usedNodes
    guard let first = used.first else { return nil }
    var (low, high) = (mesh.nodes[first], mesh.nodes[first])
    for node in used {
      low = pointwiseMin(low, mesh.nodes[node])
      high = pointwiseMax(high, mesh.nodes[node])
    }
    return (high - low).max()
  }
}

extension Material.Elasticity {
  /// Moduli at all temperatures: Young's, or what stands for them on the diagonal.
  var moduli: [Double] {
    func columns(_ curve: MaterialCurve, _ places: [Int]) -> [Double] {
      stride(from: 0, to: curve.values.count, by: curve.width).flatMap { row in
        places.map { curve.values[row + $0] }
      }
    }
    switch self {
    case .isotropic(let curve): return columns(curve, [0])
    case .orthotropic(let curve), .anisotropic(let curve): return columns(curve, [0, 2, 5])
    case .engineeringConstants(let curve): return columns(curve, [0, 1, 2])
    }
  }
}

extension MaterialCurve {
  /// The first three constants of each row at most: those along axes.
  var axialValues: [Double] {
    stride(from: 0, to: values.count, by: width).flatMap { row in
      values[row..<row + Swift.min(3, width)]
    }
  }
}
