package import DesignProblem
import Manufacturability

/// What a problem file asks of a design, as limits of the part, and what of it no part can check.
///
/// Every `limit`, `target` and `optimisation: {limits: ...}` of the file becomes a limit of the part, or a warning. What `optimisation` limits is a limit of the
/// file's task besides, which the part reads as the very number that the solver of images finds (``GateLimit``).
package struct DesignRequirements: Sendable, Equatable {
  /// The file, kept as it is: title, terms, filter.
  package let file: ProblemFile
  /// What the part is checked for.
  package private(set) var limits: [DesignLimit] = []
  /// What is not checked, or not aimed at.
  package private(set) var warnings: [String] = []

  /// What the user should add where the file limits nothing that answers to the loads: its parts end undecided.
  package var advice: String? {
    limits.contains { $0.figure != .volume } || limitsTermAlone
      ? nil
      : "the problem states no limit on a stress or displacement, so its part ends undecided; add one, such as 'limit: 235 MPa' to a term of "
        + "'stress', or 'optimisation: {limits: [{term: displacement, at-most: 0.1 mm}]}'"
  }

  /// Whether a term is limited that is read as a number of the task alone.
  private var limitsTermAlone = false
  /// Millimetres and megapascals of the file's units.
  private let millimetre, megapascal: Double
  private let grid: DesignGrid

  /// Reads the requirements of a problem file.
  ///
  /// - Parameter isDrawn: Whether a network draws the design: then only stiffness and volume are aimed at.
  package init(_ file: ProblemFile, isDrawn: Bool) {
    self.file = file
    // Without units a file is in millimetres, newtons and megapascals.
    (millimetre, megapascal) = file.hasUnits ? (1e3, 1e-6) : (1, 1)
    grid = file.problem.grid
    if let fraction = file.optimisation?.volumeFraction {
      limitVolume(
        fraction, isExact: isDrawn || file.optimisation?.method == .optimalityCriteria,
        source: "problem.yml, 'volume-fraction: \(fraction)'")
    }
    for term in file.problem.terms { read(term) }
    warnings += isDrawn ? notAimedAt : notFiltered
  }

  /// The bounds on a term's value that the file states.
  private func bounds(on term: Term) -> [(value: Double, source: String)] {
    (file.optimisation?.limits ?? []).filter { $0.term == term.name }.map {
      (
        $0.atMost,
        "problem.yml, 'optimisation: {limits: ...}', at most \($0.atMost) of term '\(term.name)'"
      )
    }
  }

  private mutating func read(_ term: Term) {
    let bounds = bounds(on: term)
    func source(_ key: String) -> String { "problem.yml, '\(key)' of term '\(term.name)'" }
    func notChecked(_ reason: String) -> String {
      "the limit on term '\(term.name)' is not checked: \(reason)"
    }
    let cases = file.problem.loadCases
    // What is added over load cases, or warm, is read as a number of the task.
    let isOneColdCase = cases.count == 1 && !file.problem.isWarmed
    switch term.measure {
    case .stress(let aggregate, let names):
      var stated: [(Double, String)] = aggregate.limit.map { [($0, source("limit"))] } ?? []
      stated += bounds.map { ($0.value * (aggregate.limit ?? 1), $0.source) }
      for (value, source) in stated {
        add(
          DesignLimit(
            .vonMisesStress, below: value * megapascal, source: source, cases: names))
      }
    case .compliance(let reference, _):
      let weight = cases.first?.weight ?? 1
      for bound in bounds {
        guard isOneColdCase else {
          limitsTermAlone = true
          continue
        }
        guard weight > 0 else {
          warnings.append(notChecked("its load case has no weight"))
          continue
        }
        // With a reference the value is the excess over it. Joules are a thousand newton millimetres.
        let compliance = reference.map { $0 * (1 + bound.value) } ?? bound.value
        let energy = compliance / (2 * weight) * (file.hasUnits ? 1e3 : 1)
        add(DesignLimit(.strainEnergy, below: energy, source: bound.source))
      }
    case .displacement(let region, let direction, _):
      for bound in bounds {
        guard let axis = GridAxis.allCases.first(where: { $0.index < 2 && direction.isAlong($0) })
        else {
          warnings.append(
            notChecked("its direction lies along no axis, and parts read displacements along axes"))
          continue
        }
        guard cases.count == 1 else {
          limitsTermAlone = true
          continue
        }
        let value = bound.value * millimetre
        let figure = DesignLimit.Figure.meanDisplacement(of: region, along: axis)
        add(
          direction[axis.index] > 0
            ? DesignLimit(figure, below: value, source: bound.source)
            : DesignLimit(figure, above: -value, source: bound.source))
      }
    case .displacementNorm(let region, let exponent, let names):
      for bound in bounds {
        add(
          DesignLimit(
            .displacementOver(region), below: bound.value * millimetre,
            source: bound.source + " (the largest; the term is its norm of order \(exponent))",
            cases: names))
      }
    case .volume(_, _, let solid?):
      warnings.append(notChecked("parts read no volume of solid \(solid) alone"))
    case .volume(let target, let isExact, nil):
      if let target { limitVolume(target, isExact: isExact, source: source("target")) }
      for bound in bounds {
        // With a target the value is the square of the relative excess.
        let fraction = target.map { $0 * (1 + max(0, bound.value).squareRoot()) } ?? bound.value
        limitVolume(fraction, isExact: false, source: bound.source)
      }
    case .minimumSize(let constants):
      if bounds.isEmpty {
        warnings.append(
          notChecked(
            "write 'optimisation: {method: mma, limits: [{term: \(term.name), at-most: 0.0005}]}'"))
      } else if constants.radius == nil {
        warnings.append(notChecked("give the term a 'radius': a part has no filter"))
      } else {
        limitsTermAlone = true
      }
    case .overhang:
      warnings.append("term '\(term.name)' is not checked: no part measures it")
    case .connectivity:
      if !bounds.isEmpty {
        warnings.append(notChecked("the part checks that loads reach supports instead"))
      }
    case .thermalStress(let aggregate):
      if !bounds.isEmpty {
        limitsTermAlone = true
      } else if aggregate.limit != nil {
        warnings.append(
          notChecked(
            "write 'optimisation: {method: mma, limits: [{term: \(term.name), at-most: 1}]}'"))
      }
    case .temperature, .thermalDistortion:
      if !bounds.isEmpty { limitsTermAlone = true }
    default:
      if !bounds.isEmpty, file.problem.matrix == nil || term.measure.name != "warpage" {
        warnings.append(notChecked("no part reads '\(term.measure.name)'"))
      }
    }
  }

  /// Limits on the volume: what the image's elements can meet, and where it is to be met, no less than 98 %.
  private mutating func limitVolume(_ fraction: Double, isExact: Bool, source: String) {
    let size = GridSize(columns: grid.columns, rows: grid.rows)
    let pixel = grid.elementVolume * millimetre * millimetre * millimetre
    for limit in DesignLimit.volume(
      fraction, of: size, pixelVolume: pixel, isExact: isExact, source: source)
    { add(limit) }
  }

  /// Two statements of the same are one limit.
  private mutating func add(_ limit: DesignLimit) {
    let isKnown = limits.contains {
      $0.figure == limit.figure && $0.side == limit.side
        && abs($0.value - limit.value) <= 1e-12 * abs(limit.value)
    }
    if !isKnown { limits.append(limit) }
  }

  /// What a network does not aim at.
  private var notAimedAt: [String] {
    let problem = file.problem
    var warnings: [String] = []
    let limited = file.optimisation?.limits.map(\.term) ?? []
    let hasForces = problem.loadCases.contains { !$0.loads.isEmpty }
    let others = problem.terms.filter {
      switch $0.measure {
      case .compliance, .volume: false
      case .temperature where !hasForces: false
      default: $0.weight > 0 && !limited.contains($0.name)
      }
    }
    if !others.isEmpty {
      warnings.append(
        "drawings aim at \(hasForces ? "stiffness" : "cooling"), volume and limits alone, not at "
          + others.map { "term '\($0.name)'" }.joined(separator: ", ")
          + "; limits on what a part can read are checked")
    }
    var unused: [String] = []
    if problem.filter != nil { unused.append("'filter'") }
    if problem.projection != nil { unused.append("'projection'") }
    if problem.interpolation != MaterialInterpolation() { unused.append("'interpolation'") }
    if problem.void != VoidPhase() { unused.append("'void'") }
    if !unused.isEmpty {
      warnings.append(
        "\(unused.joined(separator: ", ")) of the problem: kept in problem.yml, not used in drawing"
      )
    }
    return warnings
  }

  /// What an optimisation without a filter leads to.
  private var notFiltered: [String] {
    file.problem.filter == nil
      ? [
        "the problem has no filter: expect checkerboards and members of one pixel; add 'filter: {radius: 1.5}'"
      ] : []
  }
}

extension DesignLimit {
  /// Limits on the volume of an image.
  ///
  /// - Parameters:
  ///   - fraction: The share of the grid that is to be filled.
  ///   - pixelVolume: Cubic millimetres.
  ///   - isExact: Whether less is a fault too: a design that misses its volume by more than 2 %, as at the sign-off.
  static func volume(
    _ fraction: Double, of size: GridSize, pixelVolume: Double, isExact: Bool, source: String
  ) -> [DesignLimit] {
    let count = fraction * Double(size.elementCount)
    // Whole pixels are within a half of any count; the smooth boundary encloses them to 1e-9.
    let most = DesignLimit(
      .volume, below: (count + 0.5) * (1 + 1e-6) * pixelVolume,
      source: source + ", to half a pixel")
    guard isExact else { return [most] }
    let least = (count * (1 - SignOffLimits().volumeError) - 0.5) * (1 - 1e-6)
    return [
      most,
      DesignLimit(
        .volume, above: max(0, least * pixelVolume),
        source: source + ", less 2 % and half a pixel"),
    ]
  }
}

extension [Double] {
  /// Whether a direction lies along an axis.
  fileprivate func isAlong(_ axis: GridAxis) -> Bool {
    indices.allSatisfy { ($0 == axis.index) == (self[$0] != 0) }
  }
}
