package import Quantities

/// All that is known of a measure beside its formula: reader, writer, faults, schema and pages come from this row.
package struct MeasureRow: Sendable {
  /// What has to be solved for a measure.
  package enum Solve: Sendable {
    /// The displacements of a structure.
    case structure
    /// Temperatures.
    case conduction
    /// The unit strains of a periodic cell.
    case cellStrain
    /// The unit temperature gradients of a periodic cell.
    case cellConduction
    /// Nothing: the density says it.
    case geometry
  }

  /// The name in problem files and reports.
  package let name: String
  /// What the value is, for the page on problem files.
  package let meaning: String
  /// What has to be solved for it.
  package let solve: Solve
  /// Whether stresses are read in its load cases.
  package let readsStress: Bool
  /// Whether it is taken under the temperatures alone, all forces off.
  package let isOfTemperaturesAlone: Bool
  /// Whether its error is quadratic in that of the displacements, or there is none.
  package let isQuadratic: Bool
  /// The keys beside `measure`, `name` and `weight`, in the order they are written.
  package let keys: [MeasureKey]
  /// The dimension of its value.
  private let dimension: PhysicalDimension
  /// The key that its value is divided by, or compared with, where it is given.
  private let divisor: String?
  /// The measure of given values; `nil` where a required one is missing.
  let make: @Sendable (MeasureValues) -> Measure?
  /// What is wrong beyond what the kinds of its keys say.
  private let furtherFaults: @Sendable (Measure, ManufacturabilityProblem) -> [ProblemFault]

  init(
    _ name: String, _ meaning: String, _ dimension: PhysicalDimension, over divisor: String? = nil,
    solves solve: Solve, readsStress: Bool = false, isOfTemperaturesAlone: Bool = false,
    isQuadratic: Bool = false, keys: [MeasureKey],
    make: @escaping @Sendable (MeasureValues) -> Measure?,
    faults: @escaping @Sendable (Measure, ManufacturabilityProblem) -> [ProblemFault] = { _, _ in []
    }
  ) {
    (self.name, self.meaning, self.solve, self.keys) = (name, meaning, solve, keys)
    (self.readsStress, self.isOfTemperaturesAlone) = (readsStress, isOfTemperaturesAlone)
    (self.isQuadratic, self.dimension, self.divisor) = (isQuadratic, dimension, divisor)
    (self.make, furtherFaults) = (make, faults)
  }

  /// Whether it is of a periodic cell.
  var isOfCell: Bool { solve == .cellStrain || solve == .cellConduction }

  /// The row of a name in files.
  static func named(_ name: String) -> MeasureRow? { all.first { $0.name == name } }

  /// What the value of a measure is.
  package func dimension(of measure: Measure) -> PhysicalDimension {
    divisor.flatMap { measure.values[$0] } == nil ? dimension : .dimensionless
  }

  /// What is wrong with a measure in a problem; places are keys.
  func faults(of measure: Measure, in problem: ManufacturabilityProblem) -> [ProblemFault] {
    var faults: [ProblemFault] = []
    if isOfTemperaturesAlone, !problem.isWarmed {
      faults.append(
        ProblemFault(
          "", "nothing warms the structure", remedy: "give heat, or a change of temperature"))
    }
    let values = measure.values
    for key in keys { faults += key.faults(of: values[key.name], in: problem) }
    return faults + furtherFaults(measure, problem)
  }
}

extension Measure {
  /// The measure's name in problem files and reports.
  package var name: String { row.name }

  /// What its value is: of a stress that is divided by a limit, a number.
  package var dimension: PhysicalDimension { row.dimension(of: self) }

  /// The load cases it is taken in; `nil` for all.
  package var cases: [String]? { values.names("cases") }

  /// The name, with the component where there are several: `effective-stiffness-12`.
  package var label: String {
    let values = values
    let components = ["row", "column"].compactMap { values.whole($0) }.map { "\($0 + 1)" }
    return components.isEmpty ? name : name + "-" + components.joined()
  }
}
