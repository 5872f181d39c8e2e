internal import Quantities
internal import StrictYAML

/// Turns a YAML tree into a problem.
///
/// Faults go to the list; what could not be read is left out or stands at its default, and its section is remembered, so that the
/// problem's own check can be made of the rest.
final class ProblemFileReader {
  let faults: YAMLFaults
  let units: ProblemUnits
  /// Where everything stands.
  var places = ProblemPlaces()
  /// Sections, as properties of the problem, that have faults.
  private(set) var unreadSections: Set<String> = []
  /// Directions of the grid; either where the grid could not be read.
  var axisCounts = 2...3

  /// A reader of a file, or of a problem that stands in another file: then it has neither a format nor an optimisation.
  init(faults: YAMLFaults, isWholeFile: Bool = true) {
    self.faults = faults
    self.isWholeFile = isWholeFile
    units = ProblemUnits(faults: faults)
  }

  private let isWholeFile: Bool
  /// The keys of a problem, in whatever file it stands.
  static let problemKeys = [
    "grid", "solids", "void", "matrix", "supports", "load-cases", "heat", "temperature-change",
    "passive",
    "filter", "projection", "interpolation", "penalty-continuation", "projection-continuation",
    "terms",
  ]
  private static let fileKeys = ["gcgan", "title"] + problemKeys + ["optimisation"]

  func file(_ tree: YAMLTree) -> ProblemFile? {
    let known = isWholeFile ? Self.fileKeys : Self.problemKeys
    let subject = isWholeFile ? "the problem file" : "the problem"
    guard let keys = MappingReader(tree, subject, keys: known, faults: faults) else { return nil }
    note(keys, known, at: "")
    if isWholeFile, let format = keys.text("gcgan"), format != ProblemFile.format {
      faults.add(
        keys.line(of: "gcgan"), "the format '\(format.prefix(40))' is not known",
        remedy: "this version reads '\(ProblemFile.format)'")
    }
    let title = keys.text("title", isRequired: false)
    var problem = ManufacturabilityProblem(
      grid: DesignGrid(columns: 1, rows: 1), solids: [], terms: [])
    section("grid", keys, isRequired: true) { self.grid($0).map { problem.grid = $0 } }
    if !unreadSections.contains("grid") {
      axisCounts = problem.grid.axisCount...problem.grid.axisCount
    }
    problem.solids = items("solids", keys, isRequired: true) { self.solid($0, $1) }
    section("void", keys) { self.void($0).map { problem.void = $0 } }
    section("matrix", keys) { problem.matrix = self.solid($0, "the matrix", at: "matrix") }
    problem.supports = items("supports", keys) { self.support($0, $1) }
    problem.loadCases = items("load-cases", keys) { self.loadCase($0, $1) }
    section("heat", keys) { problem.heat = self.heat($0) }
    section("temperature-change", keys) { _ in
      let change = self.units.value(
        keys, "temperature-change", .temperature, isDifference: true)
      change.map { problem.temperatureChange = $0 }
    }
    problem.passive = items("passive", keys) { self.passive($0, $1) }
    section("filter", keys) { problem.filter = self.filter($0) }
    section("projection", keys) { problem.projection = self.projection($0) }
    section("interpolation", keys) { self.interpolation($0).map { problem.interpolation = $0 } }
    section("penalty-continuation", keys) {
      problem.penaltyContinuation = self.continuation($0, "penaltyContinuation")
    }
    section("projection-continuation", keys) {
      problem.projectionContinuation = self.continuation($0, "projectionContinuation")
    }
    problem.terms = items("terms", keys, isRequired: true) { self.term($0, $1) }
    var options: OptimisationOptions?
    section("optimisation", keys) { options = self.optimisation($0, problem.terms) }
    checkDefaults(keys, problem)
    units.checkThatAllAgree()
    return ProblemFile(
      title: title, problem: problem, optimisation: options, hasUnits: units.areWritten)
  }

  /// Faults values that are left to defaults although a default has no unit.
  private func checkDefaults(_ keys: MappingReader, _ problem: ManufacturabilityProblem) {
    guard units.areWritten else { return }
    func check(_ place: String, _ subject: String, _ key: String) {
      guard !hasNoted("\(place).\(ProblemPlaces.property(key))") else { return }
      faults.add(
        places.line(of: place), "\(subject) has no '\(key)', and the file has units",
        remedy: "add the key: its default, a plain number, means nothing there")
    }
    if keys.has("grid"), !unreadSections.contains("grid") {
      check("grid", "the grid", "pixel-size")
      if problem.grid.isPlane { check("grid", "the grid", "thickness") }
    }
    let conducts =
      problem.heat != nil
      || problem.terms.contains {
        if case .effectiveConductivity = $0.measure { true } else { false }
      }
    if conducts, !unreadSections.contains("solids") {
      for place in problem.solids.indices { check("solids[\(place)]", "a solid", "conductivity") }
      if problem.matrix != nil { check("matrix", "the matrix", "conductivity") }
      for (place, region) in problem.passive.enumerated() where region.madeOf != nil {
        check("passive[\(place)].madeOf", "a solid", "conductivity")
      }
    }
    if problem.heat != nil { check("heat", "'heat'", "stress-free-temperature") }
  }

  // MARK: Sections

  private var noted: Set<String> = []

  /// Whether a key of the file stands at a place.
  private func hasNoted(_ place: String) -> Bool { noted.contains(place) }

  /// Notes the lines of a mapping's keys.
  func note(_ keys: MappingReader, _ known: [String], at place: String) {
    for key in known where keys.has(key) {
      let property = (place.isEmpty ? "" : place + ".") + ProblemPlaces.property(key)
      places.note(property, line: keys.line(of: key))
      noted.insert(property)
    }
  }

  /// The keys of a mapping, noted under a place.
  func mapping(_ tree: YAMLTree, _ subject: String, _ known: [String], at place: String)
    -> MappingReader?
  {
    guard let keys = MappingReader(tree, subject, keys: known, faults: faults) else { return nil }
    note(keys, known, at: place)
    return keys
  }

  private func section(
    _ key: String, _ keys: MappingReader, isRequired: Bool = false, _ read: (YAMLTree) -> Void
  ) {
    let count = faults.faults.count
    if let tree = keys.tree(key, isRequired: isRequired) { read(tree) }
    if faults.faults.count > count { unreadSections.insert(ProblemPlaces.property(key)) }
  }

  private func items<Item>(
    _ key: String, _ keys: MappingReader, isRequired: Bool = false,
    _ read: (YAMLTree, String) -> Item?
  ) -> [Item] {
    var items: [Item] = []
    section(key, keys, isRequired: isRequired) { _ in
      items = self.list(key, keys, at: ProblemPlaces.property(key), read)
    }
    return items
  }

  /// The items of a list, each with its place.
  func list<Item>(
    _ key: String, _ keys: MappingReader, at place: String, isRequired: Bool = true,
    _ read: (YAMLTree, String) -> Item?
  ) -> [Item] {
    var items: [Item] = []
    for (number, tree) in (keys.list(key, isRequired: isRequired) ?? []).enumerated() {
      let place = "\(place)[\(number)]"
      places.note(place, line: tree.line)
      if let item = read(tree, place) { items.append(item) }
    }
    return items
  }
}
