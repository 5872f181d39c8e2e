internal import DesignProblem
internal import Manufacturability

/// What a part file says of a design in which heat is conducted and no force acts.
extension DesignExport {
  /// Whether the decks are of steady heat conduction alone.
  var isHeated: Bool { problem.deckSteps == [.heat] }

  /// The context of use.
  var heatContext: String {
    let count = problem.stated.heat?.sources.count ?? 0
    return
      "A design in steady heat conduction with \(count == 1 ? "1 source" : "\(count) sources") of heat, checked against the limits of its "
      + "problem. What the solver of images predicts is compared with the decks' solution besides, which decides nothing by itself; nothing here is "
      + "measured."
  }

  /// The largest temperature of both decks, beside the prediction.
  var heatQuantities: [String] {
    var lines: [String] = []
    if geometry == .smooth {
      let uncertainty = prediction.objectiveUncertainty
      lines += heatQuantity(
        "smooth", uncertainty: uncertainty, tolerance: 2 * uncertainty,
        reason:
          "twice the uncertainty: 2 % for a smooth boundary in the place of steps, and 1.25 times what cutting pixels in four changes"
      )
    }
    return lines
      + heatQuantity(
        "pixels", uncertainty: ImagePrediction.pixelAgreement,
        tolerance: ImagePrediction.pixelAgreement,
        reason:
          "the same elements; the image has void of 1e-9 of the conductivity where the deck has nothing"
      )
  }

  private func heatQuantity(
    _ model: String, uncertainty: Double, tolerance: Double, reason: String
  ) -> [String] {
    [
      "  - name: \(Self.quoted("largest temperature, \(model)"))", "    read: temperature",
      "    at: max", "    models: [\(model)]", "    reference:",
      "      value: \(prediction.objective) K", "      uncertainty: \(Self.percent(uncertainty))",
      "      kind: other-solver",
      "      source: \(Self.quoted("gcgan's solver of images: bilinear pixels, void of 1e-9 of the conductivity; a prediction, not a measurement"))",
      "    tolerance: {relative: \(Self.percent(tolerance)), reason: \(Self.quoted(reason))}",
    ]
  }

  /// The line of figures below the picture.
  var heatCaption: String {
    let power = problem.nodalPowers.reduce(0) { $0 + $1.power }
    return "largest temperature \(prediction.objective.short) K, heat \(power.short) W"
  }
}
