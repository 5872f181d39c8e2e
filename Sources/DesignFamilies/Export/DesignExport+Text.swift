internal import DesignProblem
internal import Files
internal import Manufacturability

extension DesignExport {
  /// The `part.yml`.
  var partText: String {
    let cases = problem.stated.loadCases
    let loadCount = cases.reduce(0) { $0 + $1.loads.count }
    var loads = loadCount == 1 ? "1 load" : "\(loadCount) loads"
    if cases.count > 1 { loads += " in \(cases.count) load cases" }
    if problem.stated.isWarmed { loads += " and temperatures" }
    var lines = [
      "gcgan: part/1",
      "title: \(Self.quoted(title))",
      "family: \(family)",
      "context: "
        + Self.quoted(
          isHeated
            ? heatContext
            : "A design in plane stress under \(loads), checked against the limits of its problem. What the solver of images predicts is compared with the decks' "
              + "solution besides, which decides nothing by itself; nothing here is measured."),
      problem.stated.isWarmed
        ? "units: {length: mm, force: N, temperature: K, power: W}"
        : "units: {length: mm, force: N}",
      "models:",
    ]
    if geometry == .smooth { lines.append("  - {name: smooth, deck: design.inp, stated: true}") }
    lines.append("  - {name: pixels, deck: pixels.inp, stated: true}")
    if image != nil { lines.append("  - {name: image, deck: image.inp, stated: true}") }
    let quantities = isHeated ? heatQuantities : forceQuantities
    if !quantities.isEmpty { lines += ["quantities:"] + quantities }
    lines.append("limits:")
    if problem.hasForces {
      lines += ["  - name: carries its loads to supports", "    read: unsupported-loads"]
      // No force acts in a deck of heat alone.
      if image != nil {
        lines.append("    models: [\(geometry == .smooth ? "smooth, " : "")pixels]")
      }
      lines += [
        "    below: 0",
        "    source: \(Self.quoted("every force acts on a body of cells joined by sides that its supports hold"))",
      ]
    }
    var names: [String: Int] = [:]
    /// Names are unique.
    func unique(_ name: String) -> String {
      names[name, default: 0] += 1
      let count = names[name] ?? 1
      return count == 1 ? name : "\(name) (\(count))"
    }
    for limit in limits {
      for reading in readings(of: limit) { lines += reading.lines(named: unique(reading.title)) }
    }
    for limit in gateLimits {
      let reading = limit.reading(regions: regions, cells: cellSets)
      // The same figure with the same bound is one limit.
      let isKnown = limits.contains { readings(of: $0).contains { $0.isSame(as: reading) } }
      if !isKnown { lines += reading.lines(named: unique(reading.title)) }
    }
    lines += confirmations
    lines += provenanceLines
    if !warnings.isEmpty { lines.append("warnings:") }
    lines += warnings.map { "  - \(Self.quoted($0))" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The energy of both decks and the displacement of the loaded nodes in every cold load case, beside the prediction.
  private var forceQuantities: [String] {
    let stated = problem.stated
    return stated.loadCases.indices.filter { !(stated.isWarmed && stated.loadCases[$0].isWarm) }
      .flatMap { forceQuantities(inCase: $0) }
  }

  private func forceQuantities(inCase place: Int) -> [String] {
    var lines: [String] = []
    let predicted = prediction.cases[place]
    let number = problem.deckSteps.count == 1 ? nil : problem.number(of: .loadCase(place))
    let ending = number == nil ? "" : ", load case \(problem.stated.loadCases[place].name)"
    let energy = "\(predicted.compliance / 2) mJ"
    let agreement = ImagePrediction.pixelAgreement
    if geometry == .smooth {
      let uncertainty = predicted.uncertainty
      lines += quantity(
        "strain energy, half of f·u, smooth" + ending, "strain-energy", model: "smooth",
        step: number, value: energy, uncertainty: uncertainty, tolerance: 2 * uncertainty,
        reason:
          "twice the uncertainty: 2 % for a smooth boundary in the place of steps, and 1.25 times what cutting pixels in four changes"
      )
    }
    let sameElements =
      "the same elements; the image has void of 1e-9 of the stiffness where the deck has nothing"
    lines += quantity(
      "strain energy, half of f·u, pixels" + ending, "strain-energy", model: "pixels", step: number,
      value: energy, uncertainty: agreement, tolerance: agreement, reason: sameElements)
    // The set of loaded nodes has those of all cases.
    if predicted.loadedDisplacement > 0, problem.stated.loadCases.count == 1 {
      lines += quantity(
        "displacement of the loaded nodes, mean, pixels", "displacement magnitude",
        model: "pixels", step: number, value: "\(predicted.loadedDisplacement) mm",
        uncertainty: agreement, tolerance: agreement, reason: sameElements)
    }
    return lines
  }

  private func quantity(
    _ name: String, _ read: String, model: String, step: Int?, value: String,
    uncertainty: Double, tolerance: Double, reason: String
  ) -> [String] {
    var lines = ["  - name: \(Self.quoted(name))", "    read: \(read)"]
    if read != "strain-energy" { lines.append("    at: {set: LOADED}") }
    if let step { lines.append("    step: \(step)") }
    return lines + [
      "    models: [\(model)]",
      "    reference:",
      "      value: \(value)",
      "      uncertainty: \(Self.percent(uncertainty))",
      "      kind: other-solver",
      "      source: \(Self.quoted("gcgan's solver of images: CPS4 pixels, void of 1e-9 of the stiffness; a prediction, not a measurement"))",
      "    tolerance: {relative: \(Self.percent(tolerance)), reason: \(Self.quoted(reason))}",
    ]
  }

  /// What is limited, with the limit.
  private func title(of limit: DesignLimit) -> String {
    let what =
      switch limit.figure {
      case .vonMisesStress: "von Mises stress"
      case .displacement: "displacement"
      case .displacementOver: "largest displacement of a region"
      case .meanDisplacement(_, let axis): "mean displacement of a region along \(axis.rawValue)"
      case .strainEnergy: "strain energy"
      case .volume: "volume"
      case .temperature: "largest temperature"
      }
    return
      "\(what) \(limit.side == .below ? "at most" : "at least") \(Self.short(limit.value)) \(unit(of: limit))"
  }

  private func unit(of limit: DesignLimit) -> String {
    switch limit.figure {
    case .vonMisesStress: "MPa"
    case .displacement, .displacementOver, .meanDisplacement: "mm"
    case .strainEnergy: "mJ"
    case .volume: "mm^3"
    case .temperature: "K"
    }
  }

  /// What a limit reads; one figure for each step that it is of.
  func readings(of limit: DesignLimit) -> [LimitReading] {
    func set(_ region: GridRegion) -> String {
      regions.first { $0.region == region }?.name ?? "LOADED"
    }
    var model = geometry.rawValue
    let cases = problem.stated.loadCases
    var steps = cases.indices.filter { limit.cases?.contains(cases[$0].name) ?? true }
      .map { DeckStep.loadCase($0) }
    let reading: [String]
    switch limit.figure {
    case .vonMisesStress:
      let distance = Self.singularDistance * problem.pixelSize
      reading = [
        "stress von-mises", "at: max",
        "away-from: {sets: [SINGULAR], corners: \(Self.sharpCorner) deg, distance: \(distance) mm}",
      ]
    case .displacement: reading = ["displacement magnitude", "at: max"]
    case .displacementOver(let region):
      reading = ["displacement magnitude", "at: {max-over: \(set(region))}"]
    case .meanDisplacement(let region, let axis):
      reading = ["displacement \(axis.rawValue)", "at: {set: \(set(region))}"]
    case .strainEnergy:
      reading = ["strain-energy"]
      model = Geometry.pixels.rawValue
    case .volume:
      // The cells of a deck with a matrix fill the grid.
      reading = ["volume"] + (problem.isBonded ? ["at: {set: DESIGN}"] : [])
      steps = []
    case .temperature:
      reading = ["temperature", "at: max"]
      model = Geometry.pixels.rawValue
      steps = [.heat]
    }
    let numbers = steps.compactMap { problem.number(of: $0) }
    let isOneStep = problem.deckSteps.count == 1 || limit.figure == .volume
    let title = title(of: limit)
    return (isOneStep ? [nil] : numbers.map { Optional($0) }).map { number in
      let isNamed = numbers.count > 1
      return LimitReading(
        title: isNamed ? title + " in step \(number ?? 1)" : title,
        read: reading + (number.map { ["step: \($0)"] } ?? []), model: model, side: limit.side,
        value: limit.value, unit: unit(of: limit), source: limit.source)
    }
  }

  /// Answers to what would be asked of a void that conducts and holds next to nothing.
  private var confirmations: [String] {
    guard let image, image.voidBlock != nil else { return [] }
    let questions = ["conductivity"] + (imageSteps == [.heat] ? [] : ["modulus"])
    return ["confirmed:"]
      + questions.map {
        "  - {question: \($0), of: VOID, reason: \(Self.quoted("void of the image: 1e-9 of the solid"))}"
      }
  }

  private var provenanceLines: [String] {
    func text(_ key: String, _ value: String?) -> String? {
      value.flatMap { $0.isEmpty ? nil : "  \(key): \(Self.quoted($0))" }
    }
    func number(_ key: String, _ value: (some BinaryInteger)?) -> String? {
      value.map { "  \(key): \($0)" }
    }
    let lines = [
      text("program", provenance.program), text("model", provenance.model),
      text("model-sha256", provenance.modelHash), text("config-sha256", provenance.configHash),
      text("data-sha256", provenance.dataHash), number("seed", provenance.seed),
      number("number", provenance.number), number("solves", provenance.solveCount),
      number("refinement-steps", provenance.refinementStepCount),
    ].compactMap { $0 }
    // Whoever made it, it was made: what was made is judged by limits.
    return ["provenance:"] + (lines.isEmpty ? ["  program: \"gcgan\""] : lines)
  }

  /// A number to six digits, for names; the limit itself has all of them.
  static func short(_ value: Double) -> String {
    var scale = 1.0
    while abs(value) * scale < 1e5, scale < 1e15 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && abs(rounded) < 1e9 ? "\(Int(rounded))" : "\(rounded)"
  }

  /// A share in per cent, its digits cut where nobody asks for them.
  static func percent(_ share: Double) -> String {
    // Three digits, never rounded down.
    var scale = 1.0
    while share * 100 * scale < 100, scale < 1e15 { scale *= 10 }
    return "\((share * 100 * scale).rounded(.up) / scale) %"
  }

  /// A text in double quotes, as YAML and JSON read it.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.oneLine.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}
