internal import Quantities

extension ProblemFile {
  /// The file as text: what ``init(parsing:file:)`` reads as the same value.
  ///
  /// Numbers are written so that no digit is lost; with units in SI where ``hasUnits``.
  public var text: String {
    var writer = ProblemWriter(hasUnits: hasUnits)
    writer.write(self)
    return writer.lines.joined(separator: "\n") + "\n"
  }
}

/// Writes problem files: one line per item.
private struct ProblemWriter {
  let hasUnits: Bool
  var lines: [String] = []

  init(hasUnits: Bool) { self.hasUnits = hasUnits }

  mutating func write(_ file: ProblemFile) {
    let problem = file.problem
    lines.append("gcgan: \(ProblemFile.format)")
    if let title = file.title { lines.append("title: \(quoted(title))") }
    let grid = problem.grid
    line(
      "grid",
      [
        ("columns", "\(grid.columns)"), ("rows", "\(grid.rows)"),
        ("layers", grid.layers.map { "\($0)" }), ("pixel-size", value(grid.pixelSize, "m")),
        ("thickness", grid.isPlane ? value(grid.thickness, "m") : nil),
      ])
    list("solids", problem.solids) { solid, writer in
      [
        ("index", "\(solid.index)"), ("youngs-modulus", writer.value(solid.youngsModulus, "Pa")),
        ("poissons-ratio", solid.poissonsRatio.shortText),
        ("conductivity", writer.value(solid.conductivity, "W/(m*K)")),
        ("expansion", writer.value(solid.expansion, "1/K")),
      ]
    }
    line(
      "void",
      [
        ("stiffness-ratio", problem.void.stiffnessRatio.shortText),
        ("conductivity-ratio", problem.void.conductivityRatio.shortText),
      ])
    list("supports", problem.supports) { support, _ in
      [
        ("region", support.region.text),
        ("axes", "[\(support.axes.map(\.rawValue).joined(separator: ", "))]"),
      ]
    }
    loadCases(problem.loadCases)
    if let heat = problem.heat { self.heat(heat) }
    if problem.temperatureChange != 0 {
      lines.append("temperature-change: \(value(problem.temperatureChange, "K"))")
    }
    list("passive", problem.passive) { region, _ in
      [("region", region.region.text), ("filling", region.filling.rawValue)]
    }
    if let filter = problem.filter { line("filter", [("radius", filter.radius.shortText)]) }
    if let projection = problem.projection {
      line(
        "projection",
        [
          ("steepness", projection.steepness.shortText),
          ("threshold", projection.threshold.shortText),
        ])
    }
    let interpolation = problem.interpolation
    line(
      "interpolation",
      [
        ("scheme", interpolation.scheme.rawValue), ("penalty", interpolation.penalty.shortText),
        ("conductivity-penalty", interpolation.conductivityPenalty?.shortText),
        ("thermal-stress-penalty", interpolation.thermalStressPenalty?.shortText),
        ("phase-penalty", interpolation.phasePenalty?.shortText),
      ])
    continuation("penalty-continuation", problem.penaltyContinuation)
    continuation("projection-continuation", problem.projectionContinuation)
    list("terms", problem.terms) { term, writer in
      [
        ("measure", term.measure.name), ("name", writer.quoted(term.name)),
        ("weight", term.weight.shortText),
      ] + writer.entries(of: term.measure)
    }
    if let options = file.optimisation { optimisation(options, problem.terms) }
  }

  private mutating func loadCases(_ cases: [LoadCase]) {
    guard !cases.isEmpty else { return }
    lines.append("load-cases:")
    for loadCase in cases {
      lines.append("  - name: \(quoted(loadCase.name))")
      lines.append("    weight: \(loadCase.weight.shortText)")
      lines.append("    warm: \(loadCase.isWarm)")
      guard !loadCase.loads.isEmpty else { continue }
      lines.append("    loads:")
      for load in loadCase.loads {
        let force = load.force.map { value($0, "N") }.joined(separator: ", ")
        let entries = [
          ("region", load.region.text), ("force", "[\(force)]"),
          ("sharing", load.sharing.rawValue),
        ]
        lines.append("      - " + mapping(entries))
      }
    }
  }

  private mutating func heat(_ heat: HeatConduction) {
    lines.append("heat:")
    if !heat.sources.isEmpty {
      lines.append("  sources:")
      for source in heat.sources {
        lines.append(
          "    - "
            + mapping([("region", source.region.text), ("power", value(source.power, "W"))]))
      }
    }
    lines.append("  sinks:")
    for sink in heat.sinks {
      lines.append(
        "    - "
          + mapping([
            ("region", sink.region.text), ("temperature", value(sink.temperature, "K")),
          ]))
    }
    lines.append("  stress-free-temperature: \(value(heat.stressFreeTemperature, "K"))")
  }

  private mutating func continuation(_ key: String, _ schedule: Continuation?) {
    guard let schedule else { return }
    line(
      key,
      [
        ("start", schedule.start.shortText), ("step", schedule.step.shortText),
        ("interval", "\(schedule.interval)"), ("end", schedule.end.shortText),
        ("geometric", "\(schedule.isGeometric)"),
      ])
  }

  private mutating func optimisation(_ options: OptimisationOptions, _ terms: [Term]) {
    lines.append("optimisation:")
    lines.append("  method: \(options.method.rawValue)")
    if let fraction = options.volumeFraction {
      lines.append("  volume-fraction: \(fraction.shortText)")
    }
    if !options.limits.isEmpty {
      lines.append("  limits:")
      for limit in options.limits {
        let dimension = terms.first { $0.name == limit.term }?.measure.dimension
        lines.append(
          "    - "
            + mapping([
              ("term", quoted(limit.term)),
              ("at-most", value(limit.atMost, dimension.map(Self.unit) ?? "")),
            ]))
      }
    }
    lines.append("  iteration-limit: \(options.iterationLimit)")
    lines.append("  change-tolerance: \(options.changeTolerance.shortText)")
    lines.append("  move-limit: \(options.moveLimit.shortText)")
    if let density = options.initialDensity {
      lines.append("  initial-density: \(density.shortText)")
    }
  }

  private func entries(of measure: Measure) -> [(String, String?)] {
    func cases(_ names: [String]?) -> (String, String?) {
      ("cases", names.map { "[" + $0.map(quoted).joined(separator: ", ") + "]" })
    }
    func aggregate(_ aggregate: Aggregate) -> [(String, String?)] {
      [
        ("function", aggregate.function.rawValue), ("exponent", aggregate.exponent.shortText),
        ("relaxation", aggregate.relaxation.shortText),
        ("limit", aggregate.limit.map { value($0, "Pa") }),
      ]
    }
    switch measure {
    case .compliance(let reference, let names):
      return [("reference", reference.map { value($0, "J") }), cases(names)]
    case .stress(let constants, let names): return aggregate(constants) + [cases(names)]
    case .thermalStress(let constants): return aggregate(constants)
    case .displacement(let region, let direction, let names):
      let text = direction.map(\.shortText).joined(separator: ", ")
      return [("region", region.text), ("direction", "[\(text)]"), cases(names)]
    case .displacementNorm(let region, let exponent, let names):
      return [("region", region.text), ("exponent", exponent.shortText), cases(names)]
    case .temperature(let exponent): return [("exponent", exponent.shortText)]
    case .thermalDistortion(let region): return [("region", region.text)]
    case .warpage(let side): return [("side", side.rawValue)]
    case .volume(let target, let isExact):
      return [("target", target?.shortText), ("exact", "\(isExact)")]
    case .minimumSize(let constants):
      return [
        ("erosion", constants.erosion.shortText), ("dilation", constants.dilation.shortText),
        ("decay", constants.decay.shortText),
      ]
    case .overhang(let side): return [("upwards", side.rawValue)]
    case .connectivity(let sweeps): return [("sweeps", "\(sweeps)")]
    case .effectiveStiffness(let row, let column, let target):
      return component(row, column, target, "Pa")
    case .effectiveConductivity(let row, let column, let target):
      return component(row, column, target, "W/(m*K)")
    case .effectiveExpansion(let row, let target):
      return [("row", "\(row + 1)"), ("target", target.map { value($0, "1/K") })]
    }
  }

  private func component(_ row: Int, _ column: Int, _ target: Double?, _ unit: String)
    -> [(String, String?)]
  {
    [
      ("row", "\(row + 1)"), ("column", "\(column + 1)"),
      ("target", target.map { value($0, unit) }),
    ]
  }

  private static func unit(of dimension: PhysicalDimension) -> String {
    switch dimension {
    case .energy: "J"
    case .stress: "Pa"
    case .length: "m"
    case .temperature: "K"
    case .conductivity: "W/(m*K)"
    case .expansion: "1/K"
    default: ""
    }
  }

  private mutating func line(_ key: String, _ entries: [(String, String?)]) {
    lines.append("\(key): \(mapping(entries))")
  }

  private mutating func list<Item>(
    _ key: String, _ items: [Item], _ entries: (Item, Self) -> [(String, String?)]
  ) {
    guard !items.isEmpty else { return }
    lines.append("\(key):")
    for item in items { lines.append("  - " + mapping(entries(item, self))) }
  }

  private func mapping(_ entries: [(String, String?)]) -> String {
    "{" + entries.compactMap { key, text in text.map { "\(key): \($0)" } }.joined(separator: ", ")
      + "}"
  }

  private func value(_ number: Double, _ unit: String) -> String {
    hasUnits && !unit.isEmpty ? "\(number.shortText) \(unit)" : number.shortText
  }

  /// A text in double quotes, with what YAML would read otherwise escaped.
  private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        quoted += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
