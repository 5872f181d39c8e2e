/// One design with its systems solved: what terms read.
struct DesignState {
  let problem: PreparedProblem
  let fields: MaterialFields
  /// T − T_sf plus the change of temperature, the mean of every element; empty where nothing is warmed.
  var temperatureRise: [Double] = []
  /// Temperatures of the nodes; empty without conduction.
  var temperature: [Double] = []
  /// Displacements, `[case][unknown]`, the case of temperatures alone last where terms need it; of periodic cells the fluctuations χ,
  /// `[component][unknown]`, and those of a unit temperature rise last.
  var displacements: [[Double]] = []
  /// Mean strains of the elements, `[case][element][component]` in Voigt's order with engineering shears, of the cases whose stresses
  /// terms read; empty for others.
  var strains: [[Double]] = []
  /// Forces, thermal ones included, `[case][unknown]`.
  var forces: [[Double]] = []
  /// Of periodic cells: fluctuations of the temperature, `[axis][vertex]`.
  var temperatureFluctuations: [[Double]] = []
  /// Of periodic cells.
  var homogenized: HomogenizedConstants?
  /// Of periodic cells: the mean strain under every mean stress that terms read stresses under, whose strains are ``strains``.
  var meanStrains: [[Double]] = []
}

/// A term's value, and its derivatives by everything that it reads; empty arrays stand for zeros.
struct TermEvaluation {
  var value: Double
  /// By the constants of the elements, directly.
  var fields = FieldSensitivity()
  /// By displacements, `[case][unknown]`: the loads of adjoint solves.
  var displacements: [Int: [Double]] = [:]
  /// By mean strains, `[case][element][component]`; they end as loads of adjoint solves too.
  var strains: [Int: [Double]] = [:]
  /// The factor of u itself in the adjoint, per case, for terms whose adjoint is their own solution.
  var selfAdjoint: [Int: Double] = [:]
  /// By temperatures of the nodes.
  var temperature: [Double] = []
  /// By the temperature rise of the elements.
  var temperatureRise: [Double] = []
  /// By the homogenised constants.
  var homogenized: HomogenizedConstants?

  /// Adds another evaluation, times its weight.
  mutating func add(_ other: Self, times factor: Double) {
    value += factor * other.value
    fields.add(other.fields, times: factor)
    for (loadCase, load) in other.displacements {
      displacements[loadCase] = sum(displacements[loadCase] ?? [], load, factor)
    }
    for (loadCase, strain) in other.strains {
      strains[loadCase] = sum(strains[loadCase] ?? [], strain, factor)
    }
    for (loadCase, share) in other.selfAdjoint {
      selfAdjoint[loadCase, default: 0] += factor * share
    }
    temperature = sum(temperature, other.temperature, factor)
    temperatureRise = sum(temperatureRise, other.temperatureRise, factor)
    if let addend = other.homogenized {
      homogenized = homogenized?.adding(addend, times: factor) ?? addend.scaled(by: factor)
    }
  }

  private func sum(_ a: [Double], _ b: [Double], _ factor: Double) -> [Double] {
    guard !b.isEmpty else { return a }
    guard !a.isEmpty else { return factor == 1 ? b : multiples(b, by: factor) }
    var result = a
    addMultiples(b, by: factor, to: &result)
    return result
  }
}

/// Homogenised constants of a periodic cell, or derivatives by them.
package struct HomogenizedConstants: Codable, Sendable, Equatable {
  /// C*, force per area, `[row][column]` in Voigt's order (xx, yy, xy in the plane; xx, yy, zz, xy, xz, yz in space).
  package internal(set) var stiffness: [[Double]]
  /// β* = C* : α*, the stress of a temperature rise by one in a cell that cannot grow.
  package internal(set) var thermalStress: [Double]
  /// α*, Voigt's order, engineering shears.
  package internal(set) var expansion: [Double]
  /// k*, `[row][column]`.
  package internal(set) var conductivity: [[Double]]

  static func zero(components: Int, axes: Int) -> Self {
    Self(
      stiffness: Array(repeating: Array(repeating: 0, count: components), count: components),
      thermalStress: Array(repeating: 0, count: components),
      expansion: Array(repeating: 0, count: components),
      conductivity: Array(repeating: Array(repeating: 0, count: axes), count: axes))
  }

  func scaled(by factor: Double) -> Self {
    Self(
      stiffness: stiffness.map { $0.map { factor * $0 } },
      thermalStress: thermalStress.map { factor * $0 }, expansion: expansion.map { factor * $0 },
      conductivity: conductivity.map { $0.map { factor * $0 } })
  }

  func adding(_ other: Self, times factor: Double) -> Self {
    func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + factor * $1 } }
    return Self(
      stiffness: zip(stiffness, other.stiffness).map(sum),
      thermalStress: sum(thermalStress, other.thermalStress),
      expansion: sum(expansion, other.expansion),
      conductivity: zip(conductivity, other.conductivity).map(sum))
  }
}
