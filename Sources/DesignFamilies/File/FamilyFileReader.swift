internal import DesignProblem
internal import Files
internal import Quantities
internal import StrictYAML

/// Turns a YAML tree into a family.
struct FamilyFileReader {
  let faults: YAMLFaults

  static let keys = [
    "gcgan", "name", "title", "sizes", "define", "sample", "clearance", "largest-force",
    "held-out", "variants", "problem", "limits", "design", "fields", "periodic",
  ]

  func family(_ tree: YAMLTree, text: String) -> FamilyFile? {
    guard let keys = MappingReader(tree, "the family file", keys: Self.keys, faults: faults)
    else { return nil }
    if let format = keys.text("gcgan"), format != FamilyFile.format {
      faults.add(
        keys.line(of: "gcgan"), "the format '\(format.shortened)' is not known",
        remedy: "this version reads '\(FamilyFile.format)'")
    }
    let name = name(keys)
    let title = keys.text("title", isRequired: false)
    let sizes = sizes(keys)
    let periodic = periodicAxes(keys, sizes ?? [])

    var reader = TemplateReader(faults: faults)
    let definitions = keys.tree("define", isRequired: false).flatMap { tree in
      reader.names(tree, "'define'")
    }
    let defined = reader.known
    let names = keys.tree("sample").flatMap { tree in reader.names(tree, "'sample'") }
    let clearance = keys.number("clearance", in: 0...1, isRequired: false) ?? 0
    var samples: [FamilySample] = []
    if let names {
      let main = FamilySample(
        name: FamilyFile.mainDistribution, names: names, clearance: clearance)
      samples = [main] + variants(keys, of: main, defined)
    }
    let heldOut = heldOut(keys, names ?? [])
    for place in samples.indices {
      samples[place].hasUnseen = samples[place].names.contains { entry in
        heldOut[entry.key] != nil && entry.template.valueNames != nil
      }
    }
    let problem = keys.tree("problem").flatMap { tree -> Template? in
      checkProblem(tree)
      return reader.template(tree, isSampled: false)
    }
    let limits = keys.tree("limits", isRequired: false).flatMap {
      reader.template($0, isSampled: false)
    }
    let design = design(keys, reader)
    let fields = fields(keys)
    checkSubjects(of: fields, keys)
    guard let name, let sizes, let problem, let design, !samples.isEmpty else { return nil }
    return FamilyFile(
      name: name, title: title, sizes: sizes, text: text, search: design.search,
      conditioning: fields, periodicAxes: Set(periodic), file: faults.file,
      definitions: Dictionary(
        uniqueKeysWithValues: (definitions ?? []).map { ($0.key, $0.template) }),
      samples: samples, problem: problem, volumeFraction: design.volumeFraction, limits: limits,
      heldOut: heldOut, largestForce: largestForce(keys), symmetry: design.symmetry)
  }

  private func name(_ keys: MappingReader) -> String? {
    guard let name = keys.text("name") else { return nil }
    let isName =
      name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
      && (name.first?.isLetter ?? false) && name.count <= 40
    if !isName {
      faults.add(
        keys.line(of: "name"), "'\(name.shortened)' cannot be a family's name",
        remedy: "it has lower-case letters, digits and hyphens, such as heat-sink")
    }
    return isName ? name : nil
  }

  private func sizes(_ keys: MappingReader) -> [GridSize]? {
    guard let items = keys.list("sizes") else { return nil }
    let sizes = items.map { item -> GridSize? in
      guard case .text(let text) = item.content, let size = GridSize(text),
        (8...512).contains(size.columns), (8...512).contains(size.rows)
      else {
        faults.add(
          item.line, "a size cannot be \(item.kind)",
          remedy: "write columns and rows, from 8 to 512 each, such as 64x32")
        return nil
      }
      return size
    }
    return sizes.contains { $0 == nil } ? nil : sizes.compactMap { $0 }
  }

  private func periodicAxes(_ keys: MappingReader, _ sizes: [GridSize]) -> [GridAxis] {
    guard let items = keys.list("periodic", isRequired: false) else { return [] }
    return items.compactMap { item in
      guard case .text(let text) = item.content, let axis = GridAxis(rawValue: text), axis != .z
      else {
        faults.add(item.line, "'periodic' cannot have \(item.kind)", remedy: "it lists x, y")
        return nil
      }
      for size in sizes where !(axis == .x ? size.columns : size.rows).isMultiple(of: 2) {
        faults.add(
          item.line, "designs repeat along \(text), and the size \(size) is odd there",
          remedy: "take an even number of elements along a periodic axis")
      }
      return axis
    }
  }

  private func largestForce(_ keys: MappingReader) -> Double? {
    guard let text = keys.text("largest-force", isRequired: false) else { return nil }
    let quantity = try? Quantity(parsing: text)
    guard let quantity, [.force, .dimensionless].contains(quantity.dimension), quantity.si > 0
    else {
      faults.add(
        keys.line(of: "largest-force"), "'\(text.shortened)' is no force above 0",
        remedy: "write it as '1000 N'")
      return nil
    }
    return quantity.si
  }

  private func variants(
    _ keys: MappingReader, of main: FamilySample, _ defined: [String: Set<String>?]
  ) -> [FamilySample] {
    guard let tree = keys.tree("variants", isRequired: false) else { return [] }
    guard case .mapping(let entries) = tree.content else {
      faults.add(tree.line, "'variants' is a mapping of names, found \(tree.kind)")
      return []
    }
    return entries.compactMap { entry in
      if entry.key == main.name || entry.key.contains(" ") {
        faults.add(
          entry.line, "'\(entry.key.shortened)' cannot be a variant's name",
          remedy: "'\(main.name)' is the file's own sample; take a word")
      }
      guard
        let keys = MappingReader(
          entry.value, "the variant '\(entry.key.shortened)'", keys: ["sample", "clearance"],
          faults: faults)
      else { return nil }
      let clearance = keys.number("clearance", in: 0...1, isRequired: false) ?? main.clearance
      var reader = TemplateReader(faults: faults, known: defined)
      guard let tree = keys.tree("sample"),
        let names = reader.names(tree, "the variant's 'sample'")
      else { return nil }
      for name in names where !main.names.contains(where: { $0.key == name.key }) {
        let known = main.names.map(\.key)
        let near = name.key.nearest(in: known).map { "did you mean '\($0)'? " } ?? ""
        faults.add(
          name.line,
          "the family samples no '\(name.key.shortened)' that a variant could sample otherwise",
          remedy: near + "it samples \(known.joined(separator: ", "))")
      }
      let merged = main.names.map { entry in names.first { $0.key == entry.key } ?? entry }
      return FamilySample(name: entry.key, names: merged, clearance: clearance)
    }
  }

  private func heldOut(_ keys: MappingReader, _ names: [Template.Entry]) -> [String: [String]] {
    guard let tree = keys.tree("held-out", isRequired: false) else { return [:] }
    guard case .mapping(let entries) = tree.content else {
      faults.add(
        tree.line, "'held-out' is a mapping, found \(tree.kind)",
        remedy: "write {name: [value, value]}")
      return [:]
    }
    var heldOut: [String: [String]] = [:]
    for entry in entries {
      guard let sampled = names.first(where: { $0.key == entry.key }) else {
        let known = names.map(\.key)
        let near = entry.key.nearest(in: known).map { "did you mean '\($0)'? " } ?? ""
        faults.add(
          entry.line, "'\(entry.key.shortened)' of 'held-out' is not sampled",
          remedy: near + "the family samples \(known.joined(separator: ", "))")
        continue
      }
      guard let values = sampled.template.valueNames else {
        faults.add(
          entry.line, "values of '\(entry.key)' have no names to hold out",
          remedy: "sample it as {choice: {a: …, b: …}}")
        continue
      }
      guard case .list(let items) = entry.value.content, !items.isEmpty else {
        faults.add(
          entry.line, "'\(entry.key)' of 'held-out' lists values, found \(entry.value.kind)")
        continue
      }
      for item in items {
        guard case .text(let value) = item.content, values.contains(where: { $0.isAmong([value]) })
        else {
          faults.add(
            item.line, "\(item.kind) is no value of '\(entry.key)'",
            remedy:
              "its values are \(values.prefix(12).joined(separator: ", "))\(values.count > 12 ? ", …" : "")"
          )
          continue
        }
        heldOut[entry.key, default: []].append(value)
      }
      if let held = heldOut[entry.key], values.allSatisfy({ $0.isAmong(held) }) {
        faults.add(
          entry.line, "all values of '\(entry.key)' are held out: nothing is left to train on")
      }
    }
    return heldOut
  }
}
