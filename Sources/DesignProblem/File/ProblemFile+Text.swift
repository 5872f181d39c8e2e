internal import Quantities

extension ProblemFile {
  /// The file as text: what ``init(parsing:file:)`` reads as the same value.
  ///
  /// Numbers are written so that no digit is lost; with units in SI where ``hasUnits``.
  package var text: String {
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
      [("index", "\(solid.index)")] + writer.constants(of: solid)
    }
    line(
      "void",
      [
        ("stiffness-ratio", problem.void.stiffnessRatio.shortText),
        ("conductivity-ratio", problem.void.conductivityRatio.shortText),
      ])
    if let matrix = problem.matrix { line("matrix", constants(of: matrix)) }
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
    list("passive", problem.passive) { region, writer in
      [
        ("region", region.region.text), ("filling", region.filling.rawValue),
        ("made-of", region.madeOf.map { writer.mapping(writer.constants(of: $0)) }),
      ]
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

  private func constants(of solid: SolidPhase) -> [(String, String?)] {
    [
      ("youngs-modulus", value(solid.youngsModulus, "Pa")),
      ("poissons-ratio", solid.poissonsRatio.shortText),
      ("conductivity", value(solid.conductivity, "W/(m*K)")),
      ("expansion", value(solid.expansion, "1/K")),
    ]
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
    if !heat.sinks.isEmpty { lines.append("  sinks:") }
    for sink in heat.sinks {
      lines.append(
        "    - "
          + mapping([
            ("region", sink.region.text), ("temperature", value(sink.temperature, "K")),
          ]))
    }
    if !heat.films.isEmpty { lines.append("  films:") }
    for film in heat.films {
      lines.append(
        "    - "
          + mapping([
            ("region", film.region.text),
            ("coefficient", value(film.coefficient, "W/(m^2*K)")),
            ("ambient", value(film.ambient, "K")),
          ]))
    }
    lines.append("  stress-free-temperature: \(value(heat.stressFreeTemperature, "K"))")
    if !heat.deforms { lines.append("  deforms: false") }
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
        let measure = terms.first { $0.name == limit.term }?.measure
        lines.append(
          "    - "
            + mapping([
              ("term", quoted(limit.term)),
              (
                "at-most",
                value(limit.atMost, measure.map { Self.unit(of: $0.row.dimension(of: $0)) } ?? "")
              ),
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
    let values = measure.values
    return measure.row.keys.map { key in
      (key.name, values[key.name].map { text(of: $0, key.kind) })
    }
  }

  private func text(of measured: MeasureValue, _ kind: MeasureKey.Kind) -> String {
    switch (kind, measured) {
    case (.quantity(let dimension), .number(let number)),
      (.positiveQuantity(let dimension), .number(let number)):
      value(number, Self.unit(of: dimension))
    case (.strainComponent, .whole(let index)), (.axisComponent, .whole(let index)): "\(index + 1)"
    case (_, .number(let number)): number.shortText
    case (_, .whole(let number)): "\(number)"
    case (_, .flag(let flag)): "\(flag)"
    case (_, .names(let names)): "[" + names.map(quoted).joined(separator: ", ") + "]"
    case (.stresses, .numbers(let numbers)):
      "[" + numbers.map { value($0, Self.unit(of: .stress)) }.joined(separator: ", ") + "]"
    case (_, .numbers(let numbers)): "[" + numbers.map(\.shortText).joined(separator: ", ") + "]"
    case (_, .region(let region)): region.text
    case (_, .side(let side)): side.rawValue
    case (_, .function(let function)): function.rawValue
    }
  }

  private static func unit(of dimension: PhysicalDimension) -> String {
    switch dimension {
    case .energy: "J"
    case .stress: "Pa"
    case .length: "m"
    case .temperature: "K"
    case .conductivity: "W/(m*K)"
    case .expansion: "1/K"
    case .materialCompliance: "1/Pa"
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
