package import DesignValidation

/// The numerical uncertainty beside the true error, where the answer is known exactly.
///
/// A row is an element type with three meshes and a quantity whose reference is `analytic`; the figures
/// are those of the finest mesh.
package struct UncertaintyTable {
  /// One element type and quantity.
  package struct Row {
    /// The part's name.
    package let part: String
    /// The name of the quantity in its part file.
    package let quantity: String
    /// The unit of the figures.
    package let unit: String
    /// |result − reference| on the finest mesh.
    package let error: Double
    /// Two standard deviations of the discretisation: 95 % of errors are expected to be smaller.
    package let bound: Double
    /// What three meshes of the element type say.
    package let study: MeshConvergence

    /// Whether the bound holds the error.
    package var isCovered: Bool { error <= bound }
    /// How many times larger than the error the bound is.
    package var bluntness: Double { error == 0 ? .infinity : bound / error }
  }

  /// The smallest share of rows whose bound has to hold the error.
  package static let coverageNeeded = 0.95
  /// The largest median of bound over error, over the rows in the asymptotic range.
  package static let bluntnessAllowed = 10.0

  /// In the order of the run.
  package let rows: [Row]

  /// The rows of a run.
  package init(_ result: RunResult) {
    rows = result.parts.flatMap { part in
      part.quantities.filter { $0.reference.kind == .analytic }.flatMap { quantity in
        quantity.convergence.compactMap { study in
          guard
            let finest = quantity.readings.first(where: { $0.model == study.models.last }),
            let difference = finest.difference, let deviation = finest.numericalUncertainty
          else { return nil }
          return Row(
            part: part.name, quantity: quantity.name, unit: quantity.unit, error: abs(difference),
            bound: 2 * deviation, study: study)
        }
      }
    }
  }

  /// The share of rows whose bound holds the error; `nil` without rows.
  package var coverage: Double? {
    rows.isEmpty ? nil : Double(rows.count { $0.isCovered }) / Double(rows.count)
  }

  /// Rows whose observed order is within 0.5 of theory.
  package var asymptotic: [Row] { rows.filter(\.study.isAsymptotic) }

  /// The median of bound over error in the asymptotic range; `nil` where no row is in it.
  package var medianBluntness: Double? {
    let sorted = asymptotic.map(\.bluntness).sorted()
    guard !sorted.isEmpty else { return nil }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// Whether the bounds hold often enough without being blunt.
  package var holds: Bool {
    guard let coverage else { return false }
    return coverage >= Self.coverageNeeded
      && (medianBluntness.map { $0 <= Self.bluntnessAllowed } ?? true)
  }

  /// The rows, the two figures and the misses.
  package var text: String {
    let head = [
      "part", "quantity", "element", "|error|", "2 u_num", "ratio", "order", "theory", "basis",
    ]
    let table = [head] + rows.map(Self.cells(of:))
    let widths = head.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    var text = ""
    for row in table {
      let cells = zip(row, widths).enumerated().map { index, cell in
        (3...6).contains(index) ? Self.right(cell.0, cell.1) : cell.0.padded(to: cell.1)
      }
      text += Self.withoutTrailingBlanks(cells.joined(separator: "  ")) + "\n"
    }
    return text + "\n" + summary
  }

  private var summary: String {
    guard let coverage else { return "no element type has three meshes and an exact answer\n" }
    let covered = rows.count { $0.isCovered }
    var text = "2 u_num holds the error in \(covered) of \(rows.count) rows, "
    text +=
      "\((100 * coverage).significant(3)) % (needed: \((100 * Self.coverageNeeded).significant(3)) %)\n"
    text +=
      "\(asymptotic.count) rows are within \(ConvergenceTheory.allowance.significant(2)) of theory"
    if let median = medianBluntness {
      text += "; their median of 2 u_num over the error is \(median.significant(3)) "
      text += "(allowed: \(Self.bluntnessAllowed.significant(3)))"
    }
    text += "\n"
    let misses = rows.filter { !$0.isCovered }
    text += misses.isEmpty ? "no misses\n" : "misses:\n"
    for row in misses {
      text += "  \(TerminalText.cleaned(row.part)), \(TerminalText.cleaned(row.quantity)), "
      text += "\(row.study.elementType): error \(row.error.significant(3)), "
      text += "2 u_num \(row.bound.significant(3)) \(TerminalText.cleaned(row.unit))\n"
    }
    return text
  }

  private static func cells(of row: Row) -> [String] {
    [
      TerminalText.cleaned(row.part), TerminalText.cleaned(row.quantity).truncated(to: 48),
      row.study.elementType, row.error.significant(3), row.bound.significant(3),
      row.bluntness.significant(3), row.study.observedOrder.map { $0.significant(3) } ?? "–",
      row.study.theory.text, word(row),
    ]
  }

  private static func word(_ row: Row) -> String {
    let basis =
      switch row.study.basis {
      case .extrapolation: "order within theory"
      case .largestDifference: "largest difference"
      case .roundOff: "round-off"
      case .recoveryEstimate: "recovery estimate"
      case .otherElementType: "held against \(row.study.widenedBy ?? "another type")"
      }
    return row.isCovered ? basis : basis + ", MISSED"
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func withoutTrailingBlanks(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}
