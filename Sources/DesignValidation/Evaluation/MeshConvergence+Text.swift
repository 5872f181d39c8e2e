extension MeshConvergence {
  /// Where the standard deviation comes from, as a result says it.
  var source: String {
    switch basis {
    case .extrapolation: "half the grid convergence index of three meshes"
    case .largestDifference:
      "half of three times the largest difference of three meshes, which show no asymptotic range"
    case .roundOff: "round-off; three meshes agree"
    case .recoveryEstimate:
      "half the Zienkiewicz–Zhu estimate of the finest of three meshes, which is larger than their index"
    case .otherElementType:
      "half the distance to the models of \(widenedBy ?? "another element type"), which disagree"
    }
  }

  /// What a reader has to know of the index, beginning with the element type; `nil` where the index rests on
  /// an order that theory allows, or on round-off.
  package var warning: String? {
    let order = observedOrder.map { "order \($0.significant(3)), theory \(theory.text)" }
    let behaviour =
      switch self.behaviour {
      case .oscillating: "the differences change sign"
      case .diverging: "the differences do not shrink"
      case .monotone, .exact: "the differences show no order"
      }
    switch basis {
    case .extrapolation, .roundOff: return nil
    case .largestDifference:
      return
        "\(elementType) (\(order ?? behaviour)): no asymptotic range, so that u_num is from the "
        + "largest difference of the three meshes"
    case .recoveryEstimate:
      return
        "\(elementType) (\(order ?? behaviour)): u_num is from the recovery estimate of the finest "
        + "mesh, which is larger than what the three meshes say"
    case .otherElementType:
      return
        "\(elementType) (\(order ?? behaviour)): \(widenedBy ?? "another type") disagrees by more "
        + "than both bands, so that u_num reaches the far end of its band"
    }
  }
}
