import DeckLanguage
import Glibc
import ThermoElasticity

extension SolvedDeck {
  /// A few lines that say what came of the deck.
  func summary(files: [String]) -> String {
    var lines: [String] = []
    let size = report.moments.last?.soundness.unknownCount ?? 0
    lines.append(
      "\(report.name): "
        + [(report.nodeCount, "node"), (report.cellCount, "element"), (size, "unknown")]
        .map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", "))
    for moment in report.moments {
      var parts: [String] = []
      if let (value, node) = moment.largestDisplacement {
        parts.append("displacement up to \(value.short) (node \(node))")
      }
      if let (value, element) = moment.largestStress {
        parts.append(
          "von Mises stress up to \(value.short) at the integration points (element \(element))")
      }
      if let range = moment.temperatureRange {
        parts.append("temperature \(range.lowerBound.short) to \(range.upperBound.short)")
      }
      lines.append(
        "step \(moment.step), \(moment.procedure.traits.name): " + parts.joined(separator: ", "))
    }
    lines.append(systems)
    let residual = report.moments.map(\.soundness.relativeResidual).max() ?? 0
    let procedures = Set(report.moments.map(\.procedure))
    let kinds = DeckStep.Procedure.allCases.filter(procedures.contains).map(\.traits.balance)
    var checks = "checks: residual \(residual.short), \(kinds.joined(separator: " and ")) "
    checks +=
      report.reactionBalance.map { "balance to \($0.short)" }
      ?? "not added up, as equations tie nodes"
    if let error = report.error {
      checks +=
        ", estimated discretisation error \((100 * error.relativeError).short) % in the energy norm"
    }
    lines.append(checks)
    let names = files.map {
      dat.isEmpty && $0.hasSuffix(".dat") ? "\($0) (empty: the deck has no print request)" : $0
    }
    lines.append("written: " + names.joined(separator: ", "))
    return lines.joined(separator: "\n")
  }

  /// What the linear systems took.
  private var systems: String {
    let bytes = Double(report.largestSolverByteCount)
    let size =
      bytes < 1_048_576 ? "\((bytes / 1024).short) KiB" : "\((bytes / 1_048_576).short) MiB"
    guard let last = report.moments.last?.soundness, let count = last.iterationCount else {
      return "factor: \(size)"
    }
    return "conjugate gradients: \(count) iterations, \(size)"
  }
}

extension Double {
  /// Four digits, for reading.
  fileprivate var short: String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { text in
      _ = withVaList([self]) { vsnprintf(text.baseAddress, 40, "%.4g", $0) }
      return text.baseAddress.map { String(cString: $0) } ?? ""
    }
  }
}
