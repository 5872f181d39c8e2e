import Quantities
import StrictYAML

/// Turns a YAML tree into a part; faults go to the list, and `nil` never comes without one.
struct PartFileReader {
  let faults: YAMLFaults
  let folder: PartFolder?

  func part(_ tree: YAMLTree) -> PartFile? {
    guard
      let keys = MappingReader(
        tree, "the part file",
        keys: [
          "gcgan", "title", "family", "context", "units", "models", "quantities", "limits",
          "provenance", "warnings", "confirmed", "not-judged",
        ], faults: faults)
    else { return nil }
    let notJudged = keys.text("not-judged", isRequired: false)
    let isJudged = !keys.has("not-judged")
    if let format = keys.text("gcgan"), format != PartFile.format {
      faults.add(
        keys.line(of: "gcgan"), "the format '\(format.prefix(40))' is not known",
        remedy: "this version reads '\(PartFile.format)'")
    }
    let title = keys.text("title")
    let family = keys.text("family").flatMap { self.family($0, line: keys.line(of: "family")) }
    let context = keys.text("context")
    let units = keys.tree("units", isRequired: isJudged).flatMap { self.units($0) }
    let models = keys.list("models", isRequired: isJudged).map { $0.compactMap { self.model($0) } }
    checkNames(models, keys, "models", \.name)
    if let models, !models.isEmpty, !models.contains(where: \.isStated) {
      faults.add(
        keys.line(of: "models"), "no model is stated",
        remedy: "give 'stated: true' to the model at which the tolerances hold")
    }
    let known = models ?? []
    let quantities =
      keys.list("quantities", isRequired: false).map { items in
        items.compactMap { self.quantity($0, units: units, models: known) }
      } ?? []
    checkNames(quantities, keys, "quantities", \.name)
    checkRoles(quantities, line: keys.line(of: "quantities"))
    let limits =
      keys.list("limits", isRequired: false).map { items in
        items.compactMap { self.limit($0, units: units, models: known) }
      } ?? []
    checkNames(limits, keys, "limits", \.name)
    if !isJudged {
      for key in ["models", "quantities", "limits"] where keys.has(key) {
        faults.add(
          keys.line(of: key), "a part that is not judged has no '\(key)'",
          remedy: "leave out '\(key)' or 'not-judged'")
      }
    } else if !keys.has("quantities") && !keys.has("limits") {
      faults.add(
        keys.line, "the part has neither quantities nor limits", remedy: "add one of them")
    }
    let provenance = keys.tree("provenance", isRequired: false).flatMap { self.provenance($0) }
    let warnings = self.warnings(keys)
    let confirmed =
      keys.list("confirmed", isRequired: false).map { $0.compactMap { confirmation($0) } } ?? []
    if let title, let family, let context, let notJudged {
      return PartFile(
        title: title, family: family, context: context.trimmedEnd, units: units ?? .si, models: [],
        quantities: [], limits: [], provenance: provenance, warnings: warnings,
        confirmed: [], notJudged: notJudged)
    }
    guard let title, let family, let context, let units, let models else { return nil }
    return PartFile(
      title: title, family: family, context: context.trimmedEnd, units: units, models: models,
      quantities: quantities, limits: limits, provenance: provenance, warnings: warnings,
      confirmed: confirmed)
  }

  func family(_ name: String, line: Int) -> PartFile.Family? {
    let family = PartFile.Family(rawValue: name)
    if family == nil {
      faults.add(
        line, "'family' of the part file cannot be '\(name.prefix(40))'",
        remedy:
          "it is the name of a design family: lower-case letters, digits and hyphens, such as 'part'"
      )
    }
    return family
  }
  /// Faults names that are given twice.
  func checkNames<Item>(
    _ items: [Item]?, _ keys: MappingReader, _ list: String, _ name: KeyPath<Item, String>
  ) {
    var seen: Set<String> = []
    for item in items ?? [] where !seen.insert(item[keyPath: name]).inserted {
      faults.add(
        keys.line(of: list), "two \(list) are named '\(item[keyPath: name].prefix(60))'",
        remedy: "names are unique")
    }
  }

  /// Faults a measurement that calibrates and validates.
  func checkRoles(_ quantities: [PartQuantity], line: Int) {
    let calibrating = quantities.filter { $0.reference.role == .calibration }
    for quantity in quantities where quantity.reference.role == .validation {
      let twin = calibrating.first {
        $0.reference.source == quantity.reference.source
          && $0.reference.value == quantity.reference.value
      }
      if let twin {
        faults.add(
          line,
          "'\(quantity.name)' validates with the measurement that '\(twin.name)' calibrates with",
          remedy: "a measurement has one role")
      }
    }
  }

  func units(_ tree: YAMLTree) -> UnitSystem? {
    guard
      let keys = MappingReader(
        tree, "'units'", keys: ["length", "force", "temperature", "power"], faults: faults)
    else { return nil }
    let length = unit("length", .length, keys)
    let force = unit("force", .force, keys)
    let temperature = unit("temperature", .temperature, keys, isRequired: false)
    let power = unit("power", .power, keys, isRequired: false)
    guard let length, let force else { return nil }
    return UnitSystem(length: length, force: force, temperature: temperature, power: power)
  }

  func unit(
    _ key: String, _ dimension: PhysicalDimension, _ keys: MappingReader, isRequired: Bool = true
  ) -> PhysicalUnit? {
    guard let text = keys.text(key, isRequired: isRequired) else { return nil }
    do {
      return try Quantity(parsing: "1 \(text)", as: dimension).unit
    } catch {
      faults.add(keys.line(of: key), "'\(key)' of 'units': \(error)")
      return nil
    }
  }

  func model(_ tree: YAMLTree) -> PartModel? {
    guard
      let keys = MappingReader(tree, "a model", keys: ["name", "deck", "stated"], faults: faults)
    else { return nil }
    let name = keys.text("name")
    let isStated = keys.flag("stated") ?? false
    guard let deck = keys.text("deck") else { return nil }
    if let problem = folder?.problem(ofDeck: deck) {
      faults.add(keys.line(of: "deck"), problem.problem, remedy: problem.remedy)
    } else if let problem = PartFolder.problem(ofPath: deck) {
      faults.add(keys.line(of: "deck"), problem.problem, remedy: problem.remedy)
    }
    return name.map { PartModel(name: $0, deck: deck, isStated: isStated) }
  }
}

extension String {
  /// The text without blanks and line ends at its end.
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last?.isWhitespace ?? false { text = text.dropLast() }
    return String(text)
  }
}
