internal import Quantities

/// What a term measures. Formulas stand with their code, in `Manufacturability/Terms`.
///
/// A measure is a case here, its row in ``MeasureRow/all``, and its evaluator in `TermContext`: `Docs/HowTo/measure.md`.
package enum Measure: Codable, Sendable, Equatable {
  /// Σ w f·u over the load cases; with a reference the excess Σ w f·u / reference − 1.
  case compliance(reference: Double? = nil, cases: [String]? = nil)
  /// The largest relaxed von Mises stress, smoothly.
  case stress(Aggregate = .init(), cases: [String]? = nil)
  /// The same under the temperatures alone, all forces off.
  case thermalStress(Aggregate = .init())
  /// The mean displacement of a region along a direction.
  case displacement(region: GridRegion, direction: [Double], cases: [String]? = nil)
  /// The p-norm of the lengths of a region's displacements.
  case displacementNorm(region: GridRegion, exponent: Double = 8, cases: [String]? = nil)
  /// The p-norm of T − T_sf over the nodes, T_sf the stress-free temperature.
  case temperature(exponent: Double = 8)
  /// The root mean square of a region's displacements under the temperatures alone.
  case thermalDistortion(region: GridRegion)
  /// The same out of the plane of a side (in 2-D: off its line), its best-fit plane removed.
  case warpage(side: GridSide)
  /// Mean density; with a target the squared excess (V/target − 1)² above it, or on both sides where `isExact`. Of two solids the share of one of them,
  /// by its index, where one is named.
  case volume(target: Double? = nil, isExact: Bool = false, solid: Int? = nil)
  /// Members and gaps thinner than the filter's length scale, penalised (Zhou, Lazarov, Wang and Sigmund 2015).
  case minimumSize(MinimumSize = .init())
  /// Material that nothing beneath it carries while it is built up along a direction (Langelaar 2017).
  case overhang(upwards: GridSide = .top)
  /// Material that does not hang together with the supports through solid; where nothing is held, with sinks and films.
  case connectivity(sweeps: Int = 16)
  /// A component of the homogenised stiffness C*, Voigt's order (xx, yy, xy in the plane; xx, yy, zz, xy, xz, yz in space).
  case effectiveStiffness(row: Int, column: Int, target: Double? = nil)
  /// A component of the homogenised conductivity k*.
  case effectiveConductivity(row: Int, column: Int, target: Double? = nil)
  /// A component of the homogenised thermal expansion α*, Voigt's order.
  case effectiveExpansion(row: Int, target: Double? = nil)
  /// dᵀ C*⁻¹ d: twice the energy density that a mean stress of the components d stores in the cell, over the square of its unit.
  case effectiveCompliance(direction: [Double])
  /// −S*_rc / S*_cc with S* = C*⁻¹: how much a cell shrinks along one axis when it is pulled along another.
  case effectivePoissonsRatio(row: Int, column: Int)
  /// The largest relaxed von Mises stress in a cell under a mean stress, smoothly.
  case cellStress(mean: [Double], Aggregate = .init())
}

extension Measure {
  /// The row of the measure.
  package var row: MeasureRow {
    switch self {
    case .compliance: .compliance
    case .stress: .stress
    case .thermalStress: .thermalStress
    case .displacement: .displacement
    case .displacementNorm: .displacementNorm
    case .temperature: .temperature
    case .thermalDistortion: .thermalDistortion
    case .warpage: .warpage
    case .volume: .volume
    case .minimumSize: .minimumSize
    case .overhang: .overhang
    case .connectivity: .connectivity
    case .effectiveStiffness: .effectiveStiffness
    case .effectiveConductivity: .effectiveConductivity
    case .effectiveExpansion: .effectiveExpansion
    case .effectiveCompliance: .effectiveCompliance
    case .effectivePoissonsRatio: .effectivePoissonsRatio
    case .cellStress: .cellStress
    }
  }

  /// The values of the row's keys; one that is not given is left out.
  var values: MeasureValues {
    switch self {
    case .compliance(let reference, let cases):
      ["reference": .number(reference), "cases": .names(cases)]
    case .stress(let aggregate, let cases): aggregate.values.with("cases", .names(cases))
    case .thermalStress(let aggregate): aggregate.values
    case .displacement(let region, let direction, let cases):
      ["region": .region(region), "direction": .numbers(direction), "cases": .names(cases)]
    case .displacementNorm(let region, let exponent, let cases):
      ["region": .region(region), "exponent": .number(exponent), "cases": .names(cases)]
    case .temperature(let exponent): ["exponent": .number(exponent)]
    case .thermalDistortion(let region): ["region": .region(region)]
    case .warpage(let side): ["side": .side(side)]
    case .volume(let target, let isExact, let solid):
      ["target": .number(target), "exact": .flag(isExact), "solid": solid.map { .whole($0) }]
    case .minimumSize(let sizes):
      [
        "erosion": .number(sizes.erosion), "dilation": .number(sizes.dilation),
        "decay": .number(sizes.decay), "radius": .number(sizes.radius),
      ]
    case .overhang(let side): ["upwards": .side(side)]
    case .connectivity(let sweeps): ["sweeps": .whole(sweeps)]
    case .effectiveStiffness(let row, let column, let target),
      .effectiveConductivity(let row, let column, let target):
      ["row": .whole(row), "column": .whole(column), "target": .number(target)]
    case .effectiveExpansion(let row, let target): ["row": .whole(row), "target": .number(target)]
    case .effectiveCompliance(let direction): ["direction": .numbers(direction)]
    case .effectivePoissonsRatio(let row, let column):
      ["row": .whole(row), "column": .whole(column)]
    case .cellStress(let mean, let aggregate): aggregate.values.with("mean", .numbers(mean))
    }
  }
}

extension MeasureRow {
  /// All measures, in the order of the pages and of error texts.
  package static let all: [MeasureRow] = [
    compliance, stress, thermalStress, displacement, displacementNorm, temperature,
    thermalDistortion, warpage, volume, minimumSize, overhang, connectivity, effectiveStiffness,
    effectiveConductivity, effectiveExpansion, effectiveCompliance, effectivePoissonsRatio,
    cellStress,
  ]

  private static let exponent = MeasureKey("exponent", .exponent, standard: "8")
  private static let aggregate: [MeasureKey] = [
    MeasureKey("function", .function, standard: "p-norm"), exponent,
    MeasureKey("relaxation", .number(0...8), standard: "0.5"),
    MeasureKey("limit", .positiveQuantity(.stress)),
    MeasureKey("away", .notNegative, standard: "0"), MeasureKey("region", .region),
  ]

  static let compliance = MeasureRow(
    "compliance", "energy; with a reference the excess over it", .energy, over: "reference",
    solves: .structure, isQuadratic: true,
    keys: [MeasureKey("reference", .positiveQuantity(.energy)), MeasureKey("cases", .cases)]
  ) { .compliance(reference: $0.number("reference"), cases: $0.names("cases")) }

  static let stress = MeasureRow(
    "stress", "stress; with a limit its share", .stress, over: "limit", solves: .structure,
    readsStress: true, keys: aggregate + [MeasureKey("cases", .cases)]
  ) {
    .stress(Aggregate($0), cases: $0.names("cases"))
  } faults: { measure, problem in
    Aggregate(measure.values).faults(in: problem, cases: problem.cases(measure.cases))
  }

  static let thermalStress = MeasureRow(
    "thermal-stress", "stress under the temperatures alone; with a limit its share", .stress,
    over: "limit",
    solves: .structure, readsStress: true, isOfTemperaturesAlone: true, keys: aggregate
  ) {
    .thermalStress(Aggregate($0))
  } faults: { measure, problem in
    Aggregate(measure.values).faults(in: problem, cases: [nil])
  }

  static let displacement = MeasureRow(
    "displacement", "mean displacement along the direction, a length", .length, solves: .structure,
    keys: [
      MeasureKey("region", .region, isRequired: true),
      MeasureKey("direction", .direction, isRequired: true), MeasureKey("cases", .cases),
    ]
  ) {
    guard let region = $0.region("region"), let direction = $0.numbers("direction") else {
      return nil
    }
    return .displacement(region: region, direction: direction, cases: $0.names("cases"))
  }

  static let displacementNorm = MeasureRow(
    "displacement-norm", "p-norm of displacements, a length", .length, solves: .structure,
    keys: [
      MeasureKey("region", .region, isRequired: true), exponent, MeasureKey("cases", .cases),
    ]
  ) {
    guard let region = $0.region("region") else { return nil }
    return .displacementNorm(
      region: region, exponent: $0.number("exponent") ?? 8, cases: $0.names("cases"))
  }

  static let temperature = MeasureRow(
    "temperature", "p-norm of temperatures above the stress-free one", .temperature,
    solves: .conduction,
    keys: [exponent]
  ) {
    .temperature(exponent: $0.number("exponent") ?? 8)
  } faults: { _, problem in
    problem.heat == nil
      ? [ProblemFault("", "the problem has no heat", remedy: "give sources, and sinks or films")]
      : []
  }

  static let thermalDistortion = MeasureRow(
    "thermal-distortion",
    "root mean square of displacements under the temperatures alone, a length", .length,
    solves: .structure, isOfTemperaturesAlone: true,
    keys: [MeasureKey("region", .region, isRequired: true)]
  ) { $0.region("region").map { .thermalDistortion(region: $0) } }

  static let warpage = MeasureRow(
    "warpage", "the same out of the plane of a side, its best-fit plane removed", .length,
    solves: .structure, isOfTemperaturesAlone: true,
    keys: [MeasureKey("side", .side, isRequired: true)]
  ) {
    $0.side("side").map { .warpage(side: $0) }
  } faults: { measure, problem in
    guard let side = measure.values.side("side") else { return [] }
    let needed = problem.grid.isPlane ? 2 : 1
    let isShort = problem.grid.extent.enumerated().contains {
      $0.offset != side.axis && $0.element < needed
    }
    return isShort ? [ProblemFault("side", "a side of two nodes cannot bend")] : []
  }

  static let volume = MeasureRow(
    "volume", "mean density; with a target the squared excess", .dimensionless, solves: .geometry,
    isQuadratic: true,
    keys: [
      MeasureKey("target", .positive), MeasureKey("exact", .flag, standard: "false"),
      MeasureKey("solid", .whole(1...2)),
    ]
  ) {
    .volume(
      target: $0.number("target"), isExact: $0.flag("exact") ?? false, solid: $0.whole("solid"))
  } faults: { measure, problem in
    if let solid = measure.values.whole("solid") {
      return problem.solids.contains { $0.index == solid }
        ? [] : [ProblemFault("solid", "no solid has the index \(solid)")]
    }
    guard let target = measure.values.number("target") else { return [] }
    guard target > 0 && target <= 1 else {
      return [
        ProblemFault("target", "\(target) is no volume fraction", remedy: "above 0, up to 1")
      ]
    }
    let range = problem.volumeRange
    if target < range.lowerBound {
      return [
        ProblemFault(
          "target", "\(target) cannot be reached: passive solid alone is \(range.lowerBound)")
      ]
    }
    return target > range.upperBound
      ? [
        ProblemFault(
          "target", "\(target) cannot be reached: passive void leaves \(range.upperBound)")
      ] : []
  }

  static let minimumSize = MeasureRow(
    "minimum-size", "a number without unit, 0 where nothing is thinner", .dimensionless,
    solves: .geometry, isQuadratic: true,
    keys: [
      MeasureKey("erosion", .positive, standard: "0.75"),
      MeasureKey("dilation", .positive, standard: "0.25"),
      MeasureKey("decay", .notNegative, standard: "64"),
      MeasureKey("radius", .number(1...64)),
    ]
  ) {
    .minimumSize(MinimumSize($0))
  } faults: { measure, _ in
    let sizes = MinimumSize(measure.values)
    return 0 < sizes.dilation && sizes.dilation < sizes.erosion && sizes.erosion < 1
      ? [] : [ProblemFault("erosion", "thresholds must rise: 0 < dilation < erosion < 1")]
  }

  static let overhang = MeasureRow(
    "overhang", "a number without unit, 0 where all can be built up", .dimensionless,
    solves: .geometry, isQuadratic: true,
    keys: [MeasureKey("upwards", .side, standard: "top")]
  ) { .overhang(upwards: $0.side("upwards") ?? .top) }

  static let connectivity = MeasureRow(
    "connectivity", "a number without unit, 0 where all is connected", .dimensionless,
    solves: .geometry, isQuadratic: true,
    keys: [MeasureKey("sweeps", .whole(1...1024), standard: "16")]
  ) {
    .connectivity(sweeps: $0.whole("sweeps") ?? 16)
  } faults: { _, problem in
    problem.anchoringRegions.isEmpty
      ? [ProblemFault("", "the problem has no support, sink or film for material to hang on")] : []
  }

  static let effectiveStiffness = MeasureRow(
    "effective-stiffness",
    "stiffness of the periodic cell; with a target the squared difference",
    .stress, over: "target", solves: .cellStrain,
    keys: [
      MeasureKey("row", .strainComponent, isRequired: true),
      MeasureKey("column", .strainComponent, isRequired: true),
      MeasureKey("target", .quantity(.stress)),
    ]
  ) {
    guard let row = $0.whole("row"), let column = $0.whole("column") else { return nil }
    return .effectiveStiffness(row: row, column: column, target: $0.number("target"))
  }

  static let effectiveConductivity = MeasureRow(
    "effective-conductivity",
    "conductivity of the periodic cell; with a target the squared difference", .conductivity,
    over: "target", solves: .cellConduction,
    keys: [
      MeasureKey("row", .axisComponent, isRequired: true),
      MeasureKey("column", .axisComponent, isRequired: true),
      MeasureKey("target", .quantity(.conductivity)),
    ]
  ) {
    guard let row = $0.whole("row"), let column = $0.whole("column") else { return nil }
    return .effectiveConductivity(row: row, column: column, target: $0.number("target"))
  }

  static let effectiveExpansion = MeasureRow(
    "effective-expansion",
    "thermal expansion of the periodic cell; with a target the squared difference", .expansion,
    over: "target", solves: .cellStrain,
    keys: [
      MeasureKey("row", .strainComponent, isRequired: true),
      MeasureKey("target", .quantity(.expansion)),
    ]
  ) {
    guard let row = $0.whole("row") else { return nil }
    return .effectiveExpansion(row: row, target: $0.number("target"))
  } faults: { measure, problem in
    problem.contrastFaults(
      ofTarget: measure.values.number("target"), row: measure.values.whole("row"))
  }

  static let effectiveCompliance = MeasureRow(
    "effective-compliance",
    "strain over stress of the periodic cell: dᵀ C*⁻¹ d with the mean stress d",
    .materialCompliance,
    solves: .cellStrain, isQuadratic: true,
    keys: [MeasureKey("direction", .strainDirection, isRequired: true)]
  ) { $0.numbers("direction").map { .effectiveCompliance(direction: $0) } }

  static let effectivePoissonsRatio = MeasureRow(
    "effective-poissons-ratio",
    "shrinkage along the axis `row` per growth along the axis `column` that the cell is pulled along",
    .dimensionless, solves: .cellStrain,
    keys: [
      MeasureKey("row", .axisComponent, isRequired: true),
      MeasureKey("column", .axisComponent, isRequired: true),
    ]
  ) {
    guard let row = $0.whole("row"), let column = $0.whole("column") else { return nil }
    return .effectivePoissonsRatio(row: row, column: column)
  } faults: { measure, _ in
    measure.values.whole("row") == measure.values.whole("column")
      ? [ProblemFault("column", "it is the axis of 'row' too", remedy: "take two axes")] : []
  }

  static let cellStress = MeasureRow(
    "cell-stress", "stress in the periodic cell under the mean stress; with a limit its share",
    .stress, over: "limit", solves: .cellStrain,
    keys: [MeasureKey("mean", .stresses, isRequired: true)]
      + aggregate.filter { !["away", "region"].contains($0.name) }
  ) { values in
    values.numbers("mean").map { .cellStress(mean: $0, Aggregate(values)) }
  } faults: { measure, problem in
    Aggregate(measure.values).faults(in: problem, cases: [])
  }
}

extension ManufacturabilityProblem {
  /// Why an expansion cannot be reached: every mixture of solids that expand alike, with void or without, expands as they do (Levin, *Mech. Solids* 2,
  /// 1967).
  fileprivate func contrastFaults(ofTarget target: Double?, row: Int?) -> [ProblemFault] {
    guard let target, let row, let first = solids.first?.expansion,
      solids.allSatisfy({ $0.expansion == first })
    else { return [] }
    let reached = row < grid.axisCount ? first : 0
    guard abs(target - reached) > 1e-12 * abs(first) else { return [] }
    return [
      ProblemFault(
        "target",
        "\(target) cannot be reached: "
          + (solids.count == 1
            ? "a cell of one solid" : "a cell of two solids of the same expansion")
          + " expands as the solid does, by \(reached)",
        remedy: "give two solids with different expansions")
    ]
  }
}
