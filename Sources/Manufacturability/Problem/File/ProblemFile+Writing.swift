extension ProblemFile {
  /// The text of a `problem.yml` that reads back as this file: numbers plain, in the problem's own units.
  public var yaml: String {
    var text = "gcgan: \(Self.format)\n"
    let grid = problem.grid
    text += "grid: {size: \(list(grid.extent)), pixel: \(grid.pixelSize)"
    text += (grid.isPlane ? ", thickness: \(grid.thickness)" : "") + "}\n"
    text += "solids:\n"
    for solid in problem.solids {
      text += "  - {index: \(solid.index), youngs-modulus: \(solid.youngsModulus)"
      text += ", poissons-ratio: \(solid.poissonsRatio), conductivity: \(solid.conductivity)"
      text += ", expansion: \(solid.expansion)}\n"
    }
    text += "void: {stiffness: \(problem.void.stiffnessRatio)"
    text += ", conductivity: \(problem.void.conductivityRatio)}\n"
    text += items("supports", problem.supports) {
      "region: \(words($0.region)), axes: \($0.axes.map(\.rawValue).joined())"
    }
    if !problem.loadCases.isEmpty {
      text += "load-cases:\n"
      for loadCase in problem.loadCases {
        text += "  - name: \(quoted(loadCase.name))\n    weight: \(loadCase.weight)\n"
        text += "    warm: \(loadCase.isWarm)\n"
        text += items("loads", loadCase.loads, indent: "    ") {
          "region: \(words($0.region)), force: \(list($0.force)), sharing: \($0.sharing.rawValue)"
        }
      }
    }
    if let heat = problem.heat {
      text += "heat:\n"
      text += items("sources", heat.sources, indent: "  ") {
        "region: \(words($0.region)), power: \($0.power)"
      }
      text += items("sinks", heat.sinks, indent: "  ") {
        "region: \(words($0.region)), temperature: \($0.temperature)"
      }
      text += "  stress-free-temperature: \(heat.stressFreeTemperature)\n"
    }
    if problem.temperatureChange != 0 {
      text += "temperature-change: \(problem.temperatureChange)\n"
    }
    text += items("passive", problem.passive) {
      "region: \(words($0.region)), filling: \($0.filling.rawValue)"
    }
    if let filter = problem.filter { text += "filter: \(filter.radius)\n" }
    if let projection = problem.projection {
      text +=
        "projection: {steepness: \(projection.steepness), threshold: \(projection.threshold)}\n"
    }
    let interpolation = problem.interpolation
    text +=
      "interpolation: {scheme: \(interpolation.scheme.rawValue), penalty: \(interpolation.penalty)"
    text += optional("conductivity", interpolation.conductivityPenalty)
    text += optional("thermal-stress", interpolation.thermalStressPenalty)
    text += optional("phase", interpolation.phasePenalty) + "}\n"
    text += words("penalty-continuation", problem.penaltyContinuation)
    text += words("projection-continuation", problem.projectionContinuation)
    text += items("terms", problem.terms) {
      "measure: \($0.measure.name), name: \(quoted($0.name)), weight: \($0.weight)"
        + words($0.measure)
    }
    if let options = optimisation { text += words(options) }
    return text
  }

  private func items<Item>(
    _ key: String, _ items: [Item], indent: String = "", _ words: (Item) -> String
  ) -> String {
    guard !items.isEmpty else { return "" }
    return "\(indent)\(key):\n" + items.map { "\(indent)  - {\(words($0))}\n" }.joined()
  }

  private func list<Number>(_ numbers: [Number]) -> String {
    "[" + numbers.map { "\($0)" }.joined(separator: ", ") + "]"
  }

  /// A name between quotes, as YAML reads it back whatever is in it.
  private func quoted(_ name: String) -> String {
    "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  private func optional(_ key: String, _ value: Double?) -> String {
    value.map { ", \(key): \($0)" } ?? ""
  }

  private func words(_ region: GridRegion) -> String {
    switch region {
    case .edge(let side): "{edge: \(side.rawValue)}"
    case .corner(let sides): "{corner: \(sides.map(\.rawValue).joined(separator: "-"))}"
    case .box(let lower, let upper): "{box: [\(list(lower)), \(list(upper))]}"
    case .disc(let center, let radius): "{disc: {center: \(list(center)), radius: \(radius)}}"
    case .point(let point): "{point: \(list(point))}"
    case .points(let points): "{points: [\(points.map { list($0) }.joined(separator: ", "))]}"
    }
  }

  private func words(_ key: String, _ schedule: Continuation?) -> String {
    guard let schedule else { return "" }
    return "\(key): {start: \(schedule.start), \(schedule.isGeometric ? "factor" : "step"): "
      + "\(schedule.step), every: \(schedule.interval), end: \(schedule.end)}\n"
  }

  /// The keys of a measure, each after a comma.
  private func words(_ measure: Measure) -> String {
    func cases(_ names: [String]?) -> String {
      names.map { ", cases: [\($0.map { quoted($0) }.joined(separator: ", "))]" } ?? ""
    }
    func words(_ aggregate: Aggregate) -> String {
      ", function: \(aggregate.function.rawValue), exponent: \(aggregate.exponent)"
        + ", relaxation: \(aggregate.relaxation)" + optional("limit", aggregate.limit)
    }
    switch measure {
    case .compliance(let reference, let names):
      return optional("reference", reference) + cases(names)
    case .stress(let aggregate, let names): return words(aggregate) + cases(names)
    case .thermalStress(let aggregate): return words(aggregate)
    case .displacement(let region, let direction, let names):
      return ", region: \(self.words(region)), direction: \(list(direction))" + cases(names)
    case .displacementNorm(let region, let exponent, let names):
      return ", region: \(self.words(region)), exponent: \(exponent)" + cases(names)
    case .temperature(let exponent): return ", exponent: \(exponent)"
    case .thermalDistortion(let region): return ", region: \(self.words(region))"
    case .warpage(let side): return ", side: \(side.rawValue)"
    case .volume(let target, let isExact): return optional("target", target) + ", exact: \(isExact)"
    case .minimumSize(let constants):
      return
        ", erosion: \(constants.erosion), dilation: \(constants.dilation), decay: \(constants.decay)"
    case .overhang(let upwards): return ", upwards: \(upwards.rawValue)"
    case .connectivity(let sweeps): return ", sweeps: \(sweeps)"
    case .effectiveStiffness(let row, let column, let target),
      .effectiveConductivity(let row, let column, let target):
      return ", row: \(row + 1), column: \(column + 1)" + optional("target", target)
    case .effectiveExpansion(let row, let target):
      return ", row: \(row + 1)" + optional("target", target)
    }
  }

  private func words(_ options: TopologyOptimisation.Options) -> String {
    var text = "optimise:\n  method: \(options.method.rawValue)\n"
    if let fraction = options.volumeFraction { text += "  volume-fraction: \(fraction)\n" }
    text += items("limits", options.limits, indent: "  ") {
      "term: \(quoted($0.term)), at-most: \($0.atMost)"
    }
    text += "  iterations: \(options.iterationLimit)\n  change: \(options.changeTolerance)\n"
    text += "  move: \(options.moveLimit)\n"
    if let density = options.initialDensity { text += "  initial-density: \(density)\n" }
    return text
  }
}
