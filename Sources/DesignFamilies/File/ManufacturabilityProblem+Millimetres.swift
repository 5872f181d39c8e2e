internal import DesignProblem
internal import Quantities

extension ManufacturabilityProblem {
  /// A problem in SI units in those of tasks: millimetres, newtons, megapascals, watts, kelvins.
  var inMillimetres: Self {
    var problem = self
    problem.grid.pixelSize = PhysicalDimension.length.inMillimetres(grid.pixelSize)
    problem.grid.thickness = PhysicalDimension.length.inMillimetres(grid.thickness)
    problem.solids = solids.map(\.inMillimetres)
    problem.matrix = matrix?.inMillimetres
    for place in passive.indices {
      problem.passive[place].madeOf = passive[place].madeOf?.inMillimetres
    }
    for (place, film) in (heat?.films ?? []).enumerated() {
      let coefficient = PhysicalDimension.filmCoefficient.inMillimetres(film.coefficient)
      problem.heat?.films[place].coefficient = coefficient
    }
    for place in terms.indices {
      problem.terms[place].measure = terms[place].measure.inMillimetres
    }
    return problem
  }
}

extension SolidPhase {
  /// A solid in SI units in those of tasks.
  fileprivate var inMillimetres: Self {
    var solid = self
    solid.youngsModulus = PhysicalDimension.stress.inMillimetres(youngsModulus)
    solid.conductivity = PhysicalDimension.conductivity.inMillimetres(conductivity)
    return solid
  }
}

extension Measure {
  /// The measure with what it is divided by, or compared with, in the units of tasks.
  var inMillimetres: Self {
    func energy(_ value: Double?) -> Double? {
      value.map(PhysicalDimension.energy.inMillimetres)
    }
    func stress(_ value: Double?) -> Double? {
      value.map(PhysicalDimension.stress.inMillimetres)
    }
    func aggregate(_ aggregate: Aggregate) -> Aggregate {
      var converted = aggregate
      converted.limit = stress(aggregate.limit)
      return converted
    }
    return switch self {
    case .compliance(let reference, let cases):
      .compliance(reference: energy(reference), cases: cases)
    case .stress(let stresses, let cases): .stress(aggregate(stresses), cases: cases)
    case .thermalStress(let stresses): .thermalStress(aggregate(stresses))
    case .effectiveStiffness(let row, let column, let target):
      .effectiveStiffness(row: row, column: column, target: stress(target))
    case .effectiveConductivity(let row, let column, let target):
      .effectiveConductivity(
        row: row, column: column,
        target: target.map(PhysicalDimension.conductivity.inMillimetres))
    case .cellStress(let mean, let stresses):
      .cellStress(mean: mean.map(PhysicalDimension.stress.inMillimetres), aggregate(stresses))
    case .displacement, .displacementNorm, .temperature, .thermalDistortion, .warpage, .volume,
      .minimumSize, .overhang, .connectivity, .effectiveExpansion,
      .effectiveCompliance, .effectivePoissonsRatio:
      self
    }
  }
}

extension PhysicalDimension {
  /// A value in SI units in those of tasks; divided by powers of ten, so that `68.9 GPa` is 68900 to the last bit.
  func inMillimetres(_ value: Double) -> Double {
    switch self {
    case .length, .energy: value * 1e3
    case .stress, .filmCoefficient: value / 1e6
    case .conductivity: value / 1e3
    case .materialCompliance: value * 1e6
    default: value
    }
  }
}
