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

  /// What the best-fit plane of the nodes' places leaves of values over a set of nodes, by Gram and Schmidt on 1, x, y and z; on a straight or plane side
  /// those of the directions along it are left.
  func offPlane(_ values: [Double], over name: String) throws(ReadingFault) -> [Double] {
    let nodes = try Self.nodes(ofSet: name, in: model.mesh)
    guard nodes.count == values.count else {
      throw ReadingFault("'warp-over' takes a set of nodes, and reads displacements")
    }
    let places = nodes.map { model.mesh.nodes[Int($0)] }
    var functions = [places.map { _ in 1.0 }]
    for axis in 0..<3 { functions.append(places.map { $0[axis] }) }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    var basis: [[Double]] = []
    for function in functions {
      var left = function
      for known in basis {
        let share = dot(known, left)
        for place in left.indices { left[place] -= share * known[place] }
      }
      let length = dot(left, left).squareRoot()
      // A coordinate that is the same everywhere, or follows from the others, leaves round-off.
      if length > 1e-9 * max(1e-300, dot(function, function).squareRoot()) {
        basis.append(left.map { $0 / length })
      }
    }
    var left = values
    for plane in basis {
      let share = dot(plane, left)
      for place in left.indices { left[place] -= share * plane[place] }
    }
    return left
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
    case .rootMeanSquare, .warpage:
      let sum = values.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
      return largest * (sum / Double(values.count)).squareRoot()
    case .ks(let exponent, _):
      let sum = values.reduce(0) { $0 + exp(exponent * (abs($1) - largest) / scale) }
      return largest + scale / exponent * log(sum)
    }
  }
}
