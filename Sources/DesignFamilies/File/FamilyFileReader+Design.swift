internal import DesignProblem
internal import Files
internal import StrictYAML

extension FamilyFileReader {
  /// What the key `design` says.
  struct Design {
    var volumeFraction: Template
    var search: ReferenceSearch
    var symmetry: FamilySymmetry
  }

  private static let designKeys = [
    "volume-fraction", "method", "iterations", "filter", "projection", "starts", "keep", "symmetry",
  ]
  /// Which of the designs of several starts are kept.
  private enum Kept: String, CaseIterable { case best, all }

  func design(_ keys: MappingReader, _ reader: TemplateReader) -> Design? {
    guard let tree = keys.tree("design"),
      let keys = MappingReader(tree, "'design'", keys: Self.designKeys, faults: faults)
    else { return nil }
    let standard = ReferenceSearch()
    let fraction = keys.tree("volume-fraction").flatMap { reader.template($0, isSampled: false) }
    let iterations = keys.whole("iterations", in: 1...10_000, isRequired: false)
    let radius = keys.number("filter", in: 0...64, isRequired: false)
    let projection = keys.number("projection", in: 2...256, isRequired: false)
    let method = keys.word("method", as: OptimisationOptions.Method.self, isRequired: false)
    let starts = keys.whole("starts", in: 1...64, isRequired: false)
    let kept = keys.word("keep", as: Kept.self, isRequired: false)
    let symmetry = keys.word("symmetry", as: FamilySymmetry.self, isRequired: false)
    guard let fraction else { return nil }
    return Design(
      volumeFraction: fraction,
      search: ReferenceSearch(
        method: method ?? standard.method, iterationCount: iterations ?? standard.iterationCount,
        filterRadius: radius ?? standard.filterRadius, startCount: starts ?? 1,
        keepsAll: kept == .all, projection: projection),
      symmetry: symmetry ?? .all)
  }

  /// What a generator is told; what parts are told where nothing is said.
  func fields(_ keys: MappingReader) -> ConditioningFields {
    let solidCount = solidCount(keys)
    guard let items = keys.list("fields", isRequired: false) else {
      return ConditioningFields(solidCount: solidCount)
    }
    let entries = items.compactMap { item -> FieldEntry? in
      do throws(FieldFault) {
        switch item.content {
        case .text(let name): return try FieldEntry(name)
        case .mapping(let entries) where entries.count == 1:
          if case .text(let subject) = entries[0].value.content {
            return try FieldEntry(entries[0].key, of: subject)
          }
        case .mapping, .list: break
        }
        faults.add(
          item.line, "a field is a word, or a word and what it is about, found \(item.kind)",
          remedy: "write 'energy' or '{sensitivity: stress}'")
      } catch {
        faults.add(item.line, error.description)
      }
      return nil
    }
    if let first = entries.first, first != .volumeFraction {
      faults.add(
        items[0].line, "the first field is \(first)",
        remedy: "it is volume-fraction: a generator draws as much material as it says")
    }
    for (place, entry) in entries.enumerated() where entries[..<place].contains(entry) {
      faults.add(keys.line(of: "fields"), "the field \(entry) is listed twice")
    }
    return ConditioningFields(entries, solidCount: solidCount)
  }

  /// Solids of the problem; what is wrong with their list is told where problems are drawn.
  private func solidCount(_ keys: MappingReader) -> Int {
    guard case .mapping(let entries)? = keys.tree("problem", isRequired: false)?.content,
      case .list(let solids)? = entries.first(where: { $0.key == "solids" })?.value.content
    else { return 1 }
    return min(2, max(1, solids.count))
  }

  /// Faults fields about load cases and terms that no problem of the family has. Which ones a problem has may be drawn, so that a name counts wherever in
  /// the file a load case or a term may be called so; where names are put together from drawn values, all count.
  func checkSubjects(of fields: ConditioningFields, _ keys: MappingReader) {
    let places = ["define", "sample", "variants", "problem"].filter(keys.has)
    let names = Set(
      places.compactMap { keys.tree($0, isRequired: false) }
        .flatMap { $0.texts(under: ["name", "measure"]) })
    guard !names.contains(where: { $0.contains("$") }) else { return }
    for entry in fields.entries {
      guard let subject = entry.subject, !names.contains(subject), subject != "load" else {
        continue
      }
      faults.add(
        keys.line(of: "fields"),
        FieldFault.unknown(
          entry.kind.row.subject == .term ? "term" : "load case", of: entry, in: names.sorted()
        ).description)
    }
  }

  /// Keys of a problem file that a family says elsewhere.
  private static let elsewhere = [
    "gcgan": "the family file has its own format", "title": "the family has a title",
    "optimisation": "'design' says how references are found, and 'limits' what designs keep",
    "filter": "write 'filter: 1.5' in 'design'",
    "void": "designs are judged with the strict void of 1e-9",
    "projection": "references are found without",
    "penalty-continuation": "references are found without",
    "projection-continuation": "references are found without",
  ]

  /// Faults keys of a problem that a family says elsewhere, and what is no key of a problem at all.
  func checkProblem(_ tree: YAMLTree) {
    guard case .mapping(let entries) = tree.content else { return }
    for entry in entries {
      if let remedy = Self.elsewhere[entry.key] {
        faults.add(entry.line, "the problem of a family has no '\(entry.key)'", remedy: remedy)
      }
      guard entry.key == "terms", case .list(let terms) = entry.value.content else { continue }
      for term in terms {
        guard case .mapping(let keys) = term.content else { continue }
        for key in keys where key.key == "weight" {
          faults.add(
            key.line, "a term of a family has no 'weight'",
            remedy:
              "the first term is the objective; the others are measured, and limited by 'limits'")
        }
      }
    }
  }
}

extension YAMLTree {
  /// The texts that some keys have, at any depth.
  fileprivate func texts(under wanted: Set<String>) -> [String] {
    switch content {
    case .text: []
    case .list(let items): items.flatMap { $0.texts(under: wanted) }
    case .mapping(let entries):
      entries.flatMap { entry -> [String] in
        if wanted.contains(entry.key), case .text(let text) = entry.value.content { return [text] }
        return entry.value.texts(under: wanted)
      }
    }
  }
}
