extension PartExport {
  /// The `part.yml`.
  var partText: String {
    let loads = problem.loads.count == 1 ? "1 load" : "\(problem.loads.count) loads"
    var lines = [
      "gcgan: part/1",
      "title: \(Self.quoted(title))",
      "family: part",
      "context: "
        + Self.quoted(
          "Stiffness of a design in plane stress under \(loads), its volume given. What the solver of images predicts is compared with the decks' "
            + "solution; nothing here is measured."),
      "units: {length: mm, force: N}",
      "models:",
    ]
    if geometry == .smooth { lines.append("  - {name: smooth, deck: design.inp, stated: true}") }
    lines.append("  - {name: pixels, deck: pixels.inp, stated: true}")
    lines.append("quantities:")
    let energy = "\(prediction.compliance / 2) mJ"
    let agreement = ImagePrediction.pixelAgreement
    if geometry == .smooth {
      let uncertainty = prediction.complianceUncertainty
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
    if !limits.isEmpty { lines.append("limits:") }
    for limit in limits { lines += self.limit(limit) }
    lines += provenanceLines
    if !warnings.isEmpty { lines.append("warnings:") }
    lines += warnings.map { "  - \(Self.quoted($0))" }
    return lines.joined(separator: "\n") + "\n"
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

  private func limit(_ limit: DesignLimit) -> [String] {
    let (name, read, unit) =
      switch limit.figure {
      case .vonMisesStress: ("von Mises stress", "stress von-mises", "MPa")
      case .displacement: ("displacement", "displacement magnitude", "mm")
      case .strainEnergy: ("strain energy", "strain-energy", "mJ")
      }
    return [
      "  - name: \(Self.quoted("\(name) below \(limit.below) \(unit)"))", "    read: \(read)",
    ] + (limit.figure == .strainEnergy ? [] : ["    at: max"]) + [
      "    models: [\(geometry.rawValue)]",
      "    below: \(limit.below) \(unit)",
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
    return lines.isEmpty ? [] : ["provenance:"] + lines
  }

  /// A share in per cent, its digits cut where nobody asks for them.
  private static func percent(_ share: Double) -> String {
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
