extension ManufacturabilityProblem {
  /// What is wrong with the terms.
  func termFaults() -> [ProblemFault] {
    var faults: [ProblemFault] = []
    if terms.isEmpty { faults.append(.init("terms", "nothing is measured")) }
    var names = Set<String>()
    let isMixed = isPeriodic && needsStructure
    for (place, term) in terms.enumerated() {
      let name = "terms[\(place)]"
      if !(term.weight >= 0) || !term.weight.isFinite {
        faults.append(.init(name + ".weight", "the weight \(term.weight) is negative"))
      }
      if !names.insert(term.name).inserted {
        faults.append(
          .init(name + ".name", "two terms are called '\(term.name)'", remedy: "name one of them"))
      }
      if isMixed, term.measure.kind == .cell {
        faults.append(
          .init(
            name, "'\(term.measure.name)' is of a periodic cell, other terms are of a structure",
            remedy: "make two problems of them"))
      }
      faults += term.measure.faults(in: self).map {
        ProblemFault($0.place.isEmpty ? name : "\(name).\($0.place)", $0.problem, remedy: $0.remedy)
      }
    }
    return faults
  }

  /// The least and the most mean density that passive elements leave.
  public var volumeRange: ClosedRange<Double> {
    var fixed = [Double?](repeating: nil, count: grid.elementCount)
    for region in passive {
      for element in grid.elements(in: region.region) {
        fixed[element] = region.filling == .solid ? 1 : 0
      }
    }
    let count = Double(grid.elementCount)
    let least = fixed.reduce(0) { $0 + ($1 ?? 0) } / count
    return least...fixed.reduce(0) { $0 + ($1 ?? 1) } / count
  }
}

extension Measure {
  /// What has to be solved for a measure.
  package enum Kind: Sendable { case structure, conduction, cell, geometry }

  package var kind: Kind {
    switch self {
    case .compliance, .stress, .thermalStress, .displacement, .displacementNorm,
      .thermalDistortion, .warpage:
      .structure
    case .temperature: .conduction
    case .effectiveStiffness, .effectiveConductivity, .effectiveExpansion: .cell
    case .volume, .minimumSize, .overhang, .connectivity: .geometry
    }
  }

  /// Whether the measure is taken under the temperatures alone.
  package var isOfTemperaturesAlone: Bool {
    switch self {
    case .thermalStress, .thermalDistortion, .warpage: true
    default: false
    }
  }

  /// What is wrong; places are properties of the measure.
  fileprivate func faults(in problem: ManufacturabilityProblem) -> [ProblemFault] {
    let grid = problem.grid
    var faults: [ProblemFault] = []
    func checkRegion(_ region: GridRegion) {
      if grid.nodes(in: region).isEmpty { faults.append(.empty("region")) }
    }
    func checkExponent(_ exponent: Double) {
      if !(exponent >= 1 && exponent <= 1000) {
        faults.append(.init("exponent", "\(exponent) is not within 1…1000: no norm"))
      }
    }
    func checkCases(_ cases: [String]?) {
      let known = problem.loadCases.map(\.name)
      if known.isEmpty { faults.append(.init("", "the problem has no load case to measure it in")) }
      for name in cases ?? [] where !known.contains(name) {
        faults.append(
          .init(
            "cases", "there is no load case '\(name)'",
            remedy: "there are \(known.joined(separator: ", "))"))
      }
      if cases?.isEmpty == true { faults.append(.init("cases", "the list is empty")) }
    }
    func checkAggregate(_ aggregate: Aggregate) {
      checkExponent(aggregate.exponent)
      if !(aggregate.relaxation >= 0 && aggregate.relaxation <= 8) {
        faults.append(.init("relaxation", "\(aggregate.relaxation) is not within 0…8"))
      }
      if let limit = aggregate.limit, !(limit > 0) || !limit.isFinite {
        faults.append(.init("limit", "\(limit) is not positive"))
      }
      if aggregate.function == .ks, aggregate.limit == nil {
        faults.append(
          .init(
            "limit", "'ks' needs a stress to measure by", remedy: "give a limit, or take p-norm"))
      }
    }
    func checkWarm() {
      if !problem.isWarmed {
        faults.append(
          .init("", "nothing warms the structure", remedy: "give heat, or a change of temperature"))
      }
    }
    func checkIndex(_ index: Int, _ name: String, _ count: Int) {
      if !(0..<count).contains(index) {
        faults.append(.init(name, "there is no component \(index + 1)", remedy: "1 to \(count)"))
      }
    }
    func checkSide(_ side: GridSide, _ name: String) {
      if side.axis >= grid.axisCount {
        faults.append(.init(name, "a plane grid has no side '\(side.rawValue)'"))
      }
    }
    let components = grid.isPlane ? 3 : 6
    switch self {
    case .compliance(let reference, let cases):
      checkCases(cases)
      if let reference, !(reference > 0) || !reference.isFinite {
        faults.append(.init("reference", "\(reference) is not positive"))
      }
    case .stress(let aggregate, let cases):
      checkCases(cases)
      checkAggregate(aggregate)
    case .thermalStress(let aggregate):
      checkWarm()
      checkAggregate(aggregate)
    case .displacement(let region, let direction, let cases):
      checkCases(cases)
      checkRegion(region)
      if direction.count != grid.axisCount || !direction.allSatisfy(\.isFinite)
        || direction.allSatisfy({ $0 == 0 })
      {
        faults.append(.init("direction", "\(direction) is no direction of the grid"))
      }
    case .displacementNorm(let region, let exponent, let cases):
      checkCases(cases)
      checkRegion(region)
      checkExponent(exponent)
    case .temperature(let exponent):
      checkExponent(exponent)
      if problem.heat == nil {
        faults.append(.init("", "the problem has no heat", remedy: "give sources and sinks"))
      }
    case .thermalDistortion(let region):
      checkWarm()
      checkRegion(region)
    case .warpage(let side):
      checkWarm()
      checkSide(side, "side")
      let needed = grid.isPlane ? 2 : 1
      if grid.extent.enumerated().contains(where: { $0.offset != side.axis && $0.element < needed })
      {
        faults.append(.init("side", "a side of two nodes cannot bend"))
      }
    case .volume(let target, _):
      if let target {
        let range = problem.volumeRange
        if !(target > 0 && target <= 1) {
          faults.append(
            .init("target", "\(target) is no volume fraction", remedy: "above 0, up to 1"))
        } else if target < range.lowerBound {
          faults.append(
            .init(
              "target", "\(target) cannot be reached: passive solid alone is \(range.lowerBound)"))
        } else if target > range.upperBound {
          faults.append(
            .init("target", "\(target) cannot be reached: passive void leaves \(range.upperBound)"))
        }
      }
    case .minimumSize(let constants):
      if !(0 < constants.dilation && constants.dilation < constants.erosion
        && constants.erosion < 1)
      {
        faults.append(.init("erosion", "thresholds must rise: 0 < dilation < erosion < 1"))
      }
      if !(constants.decay >= 0) || !constants.decay.isFinite {
        faults.append(.init("decay", "\(constants.decay) is negative"))
      }
    case .overhang(let upwards): checkSide(upwards, "upwards")
    case .connectivity(let sweeps):
      if !(1...1024).contains(sweeps) {
        faults.append(.init("sweeps", "\(sweeps) is not within 1…1024"))
      }
      if problem.supports.isEmpty {
        faults.append(.init("", "the problem has no supports for material to hang on"))
      }
    case .effectiveStiffness(let row, let column, let target):
      checkIndex(row, "row", components)
      checkIndex(column, "column", components)
      if let target, !target.isFinite { faults.append(.init("target", "it is not finite")) }
    case .effectiveConductivity(let row, let column, let target):
      checkIndex(row, "row", grid.axisCount)
      checkIndex(column, "column", grid.axisCount)
      if let target, !target.isFinite { faults.append(.init("target", "it is not finite")) }
    case .effectiveExpansion(let row, let target):
      checkIndex(row, "row", components)
      if let target, !target.isFinite { faults.append(.init("target", "it is not finite")) }
    }
    return faults
  }
}
