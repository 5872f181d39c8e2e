import Glibc
import Meshing
import NumericalMethods
import Quantities

extension FieldReader {
  /// The values over a set that a norm is taken of: of a stress the mean over the points of each cell, of all else each node's.
  func values(_ observable: Observable, over name: String) throws(ReadingFault) -> [Double] {
    let values: [Double]
    if case .stress(let component) = observable {
      guard let stress = step.cellStress else { throw absent(observable) }
      guard let cells = model.mesh.cellSets[name.uppercased()], !cells.isEmpty else {
        throw ReadingFault("the deck has no set of elements '\(name)' with an element in it")
      }
      values = cells.map { Field.component(component, of: stress[Int($0)]) }
    } else {
      let field = try field(observable)
      values = try Self.nodes(ofSet: name, in: model.mesh).map { field.value(at: Int($0)) }
    }
    guard values.allSatisfy(\.isFinite) else {
      throw ReadingFault("the \(observable.text) over \(name) is not a number everywhere")
    }
    return values
  }
}

extension NormPlace.Function {
  /// The sizes as one number.
  ///
  /// - Parameter scale: s₀ in the unit of the values; read by KS alone.
  func value(of values: [Double], scale: Double) -> Double {
    let largest = values.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return largest }
    // Scaled by the largest, so that nothing overflows.
    switch self {
    case .norm(let exponent):
      return largest * pow(values.reduce(0) { $0 + pow(abs($1) / largest, exponent) }, 1 / exponent)
    case .rootMeanSquare:
      let sum = values.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
      return largest * (sum / Double(values.count)).squareRoot()
    case .ks(let exponent, _):
      let sum = values.reduce(0) { $0 + exp(exponent * (abs($1) - largest) / scale) }
      return largest + scale / exponent * log(sum)
    }
  }
}
