internal import DesignProblem
internal import Files
internal import Manufacturability

extension DesignExport {
  /// The `part.yml`.
  var partText: String {
    let loads = problem.loads.count == 1 ? "1 load" : "\(problem.loads.count) loads"
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
      isHeated
        ? "units: {length: mm, force: N, temperature: K, power: W}"
        : "units: {length: mm, force: N}",
      "models:",
    ]
    if geometry == .smooth { lines.append("  - {name: smooth, deck: design.inp, stated: true}") }
    lines.append("  - {name: pixels, deck: pixels.inp, stated: true}")
    lines.append("quantities:")
    lines += isHeated ? heatQuantities : forceQuantities
    lines.append("limits:")
    if !isHeated {
      lines += [
        "  - name: carries its loads to supports", "    read: unsupported-loads", "    below: 0",
        "    source: \(Self.quoted("every force acts on a body of cells joined by sides that its supports hold"))",
      ]
    }
    var names: [String: Int] = [:]
    for limit in limits {
      // Names are unique.
      let name = limitName(limit)
      names[name, default: 0] += 1
      let count = names[name] ?? 1
      lines += self.limit(limit, name: count == 1 ? name : "\(name) (\(count))")
    }
    lines += provenanceLines
    if !warnings.isEmpty { lines.append("warnings:") }
    lines += warnings.map { "  - \(Self.quoted($0))" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The energy of both decks and the displacement of the loaded nodes, beside the prediction.
  private var forceQuantities: [String] {
    var lines: [String] = []
    let energy = "\(prediction.objective / 2) mJ"
    let agreement = ImagePrediction.pixelAgreement
    if geometry == .smooth {
      let uncertainty = prediction.objectiveUncertainty
      lines += quantity(
        "strain energy, half of f·u, smooth", "strain-energy", model: "smooth", value: energy,
        uncertainty: uncertainty, tolerance: 2 * uncertainty,
        reason:
          "twice the uncertainty: 2 % for a smooth boundary in the place of steps, and 1.25 times what cutting pixels in four changes"
      )
    }
    let sameElements =
      "the same elements; the image has void of 1e-9 of the stiffness where the deck has nothing"
    lines += quantity(
      "strain energy, half of f·u, pixels", "strain-energy", model: "pixels", value: energy,
      uncertainty: agreement, tolerance: agreement, reason: sameElements)
    if prediction.loadedDisplacement > 0 {
      lines += quantity(
        "displacement of the loaded nodes, mean, pixels", "displacement magnitude", model: "pixels",
        value: "\(prediction.loadedDisplacement) mm", uncertainty: agreement,
        tolerance: agreement, reason: sameElements)
    }
    return lines
  }

  private func quantity(
    _ name: String, _ read: String, model: String, value: String, uncertainty: Double,
    tolerance: Double, reason: String
  ) -> [String] {
    var lines = ["  - name: \(Self.quoted(name))", "    read: \(read)"]
    if read != "strain-energy" { lines.append("    at: {set: LOADED}") }
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
  private func limitName(_ limit: DesignLimit) -> String {
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

  private func limit(_ limit: DesignLimit, name: String) -> [String] {
    func set(_ region: GridRegion) -> String {
      regions.first { $0.region == region }?.name ?? "LOADED"
    }
    var model = geometry.rawValue
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
    case .volume: reading = ["volume"]
    case .temperature:
      reading = ["temperature", "at: max"]
      model = Geometry.pixels.rawValue
    }
    return ["  - name: \(Self.quoted(name))", "    read: \(reading[0])"]
      + reading.dropFirst().map { "    " + $0 }
      + [
        "    models: [\(model)]", "    \(limit.side.rawValue): \(limit.value) \(unit(of: limit))",
        "    source: \(Self.quoted(limit.source))",
      ]
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
  private static func short(_ value: Double) -> String {
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
