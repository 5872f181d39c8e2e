internal import DesignProblem
internal import Files
internal import Quantities
internal import StrictYAML

/// Reads the limits of a family, values drawn.
struct FamilyLimitReader {
  /// The terms of the problem that the limits are of, in SI units or in its own.
  let terms: [Term]
  /// Whether the problem's values have units: then those of limits have too.
  let hasUnits: Bool
  let faults: YAMLFaults

  static let keys = ["term", "at-most", "reason"]

  /// The limits, values in the units of tasks; `nil` where one cannot be read.
  func limits(_ tree: YAMLTree) -> [TaskLimit]? {
    guard case .list(let items) = tree.content else {
      faults.add(tree.line, "'limits' is a list, found \(tree.kind)")
      return nil
    }
    let limits = items.map(limit)
    for (place, limit) in limits.enumerated() {
      guard let limit, limits[..<place].contains(where: { $0?.term == limit.term }) else {
        continue
      }
      faults.add(
        items[place].line, "'\(limit.term)' has two limits", remedy: "keep the smaller one")
    }
    return limits.contains { $0 == nil } ? nil : limits.compactMap { $0 }
  }

  private func limit(_ tree: YAMLTree) -> TaskLimit? {
    guard let keys = MappingReader(tree, "a limit", keys: Self.keys, faults: faults)
    else { return nil }
    let (term, bound, reason) = (keys.text("term"), keys.text("at-most"), keys.text("reason"))
    guard let term, let bound, let reason else { return nil }
    guard let measure = terms.first(where: { $0.name == term })?.measure else {
      let names = terms.map(\.name)
      let near = term.nearest(in: names).map { "did you mean '\($0)'? " } ?? ""
      faults.add(
        keys.line(of: "term"), "the problem has no term '\(term.shortened)' to limit",
        remedy: near + "its terms are \(names.joined(separator: ", "))")
      return nil
    }
    func fault(_ problem: String) -> TaskLimit? {
      faults.add(
        keys.line(of: "at-most"), "'at-most' of a limit: \(problem)",
        remedy: "write a value such as '120 MPa', or a multiple such as '1.3 reference'")
      return nil
    }
    if bound.hasSuffix("reference") {
      guard let multiple = Scalar(bound), multiple.unit == "reference", multiple.value > 0 else {
        return fault("'\(bound.shortened)' is no multiple of the reference")
      }
      return TaskLimit(term, .ofReference(multiple.value), reason: reason)
    }
    let dimension = measure.dimension
    do {
      let quantity = try Quantity(
        parsing: bound, as: hasUnits || dimension == .dimensionless ? dimension : .dimensionless)
      let value = quantity.unit.siDifference(quantity.value)
      guard value > 0 else { return fault("\(bound) is not above 0") }
      return TaskLimit(
        term, .value(hasUnits ? dimension.inMillimetres(value) : value), reason: reason)
    } catch {
      return fault("\(error)")
    }
  }
}
