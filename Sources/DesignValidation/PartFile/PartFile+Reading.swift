package import Files
import Meshing
import Quantities
import StrictYAML

extension YAMLFileKind {
  fileprivate static let partFile = Self(
    name: "a part file", firstLine: "gcgan: \(PartFile.format)")
}

extension PartFile {
  /// Reads the text of a `part.yml`; everything wrong in it is told at once.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes, at most 1 MiB.
  ///   - file: The name for error texts.
  ///   - folder: Where the decks are; `nil` leaves them unchecked.
  package init(parsing bytes: [UInt8], file: String, folder: PartFolder? = nil) throws(InputFaults)
  {
    let tree = try YAMLTree.parse(bytes, file: file, kind: .partFile)
    let faults = YAMLFaults(file: file)
    let part = PartFileReader(faults: faults, folder: folder).part(tree)
    try faults.throwIfAny()
    guard let part else {
      throw InputFaults([InputFault(at: .init(file: file), "the file cannot be read")])
    }
    self = part
  }
}

/// Turns a YAML tree into a part; faults go to the list, and `nil` never comes without one.
private struct PartFileReader {
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

  private func family(_ name: String, line: Int) -> PartFile.Family? {
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

  private func provenance(_ tree: YAMLTree) -> DesignProvenance? {
    guard
      let keys = MappingReader(
        tree, "the provenance",
        keys: [
          "program", "model", "model-sha256", "config-sha256", "data-sha256", "seed", "number",
          "solves", "refinement-steps",
        ], faults: faults)
    else { return nil }
    func hash(_ key: String) -> String? {
      guard let text = keys.text(key, isRequired: false) else { return nil }
      guard text.utf8.count == 64, text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
        faults.add(
          keys.line(of: key), "'\(key)' of the provenance is not a SHA-256",
          remedy: "it has 64 hexadecimal digits")
        return nil
      }
      return text
    }
    var seed: UInt64?
    if let text = keys.text("seed", isRequired: false) {
      seed = UInt64(text)
      if seed == nil {
        faults.add(
          keys.line(of: "seed"),
          "'seed' of the provenance is a whole number from 0 to 2^64 - 1, found '\(text.prefix(40))'"
        )
      }
    }
    return DesignProvenance(
      program: keys.text("program", isRequired: false),
      model: keys.text("model", isRequired: false), modelHash: hash("model-sha256"),
      configHash: hash("config-sha256"), dataHash: hash("data-sha256"), seed: seed,
      number: keys.whole("number", in: 0...Int.max, isRequired: false),
      solveCount: keys.whole("solves", in: 0...Int.max, isRequired: false),
      refinementStepCount: keys.whole("refinement-steps", in: 0...Int.max, isRequired: false))
  }

  private func confirmation(_ tree: YAMLTree) -> PartConfirmation? {
    guard
      let keys = MappingReader(
        tree, "a confirmation", keys: ["question", "of", "reason"], faults: faults)
    else { return nil }
    let question = keys.word("question", as: PartFile.Question.self)
    let subject = keys.text("of", isRequired: false)
    let reason = keys.text("reason")
    guard let question, let reason else { return nil }
    return PartConfirmation(question: question, subject: subject, reason: reason)
  }

  private func warnings(_ keys: MappingReader) -> [String] {
    guard let items = keys.list("warnings", isRequired: false) else { return [] }
    return items.compactMap { item in
      if case .text(let text) = item.content, !text.isEmpty { return text }
      faults.add(item.line, "'warnings' lists texts, found \(item.kind)")
      return nil
    }
  }

  /// Faults names that are given twice.
  private func checkNames<Item>(
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
  private func checkRoles(_ quantities: [PartQuantity], line: Int) {
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

  private func units(_ tree: YAMLTree) -> UnitSystem? {
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

  private func unit(
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

  private func model(_ tree: YAMLTree) -> PartModel? {
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

  private func quantity(_ tree: YAMLTree, units: UnitSystem?, models: [PartModel]) -> PartQuantity?
  {
    guard
      let keys = MappingReader(
        tree, "a quantity",
        keys: [
          "name", "read", "at", "step", "steps", "weights", "zero", "minus", "over", "models",
          "reference", "tolerance", "input-uncertainty",
        ], faults: faults)
    else { return nil }
    let name = keys.text("name")
    let reading = self.reading(keys, units: units)
    let names = modelNames(keys, models: models)
    let reference = keys.tree("reference").flatMap { self.reference($0, reading: reading) }
    let isPhysical = reference?.kind == .physical
    let tolerance: Tolerance? =
      if let tree = keys.tree("tolerance", isRequired: !isPhysical) {
        self.tolerance(tree, of: reference, dimension: reading?.dimension)
      } else if isPhysical {
        Tolerance(size: .relative(0.03), reason: "the aim of gcgan: three per cent")
      } else {
        nil
      }
    let input = spread("input-uncertainty", keys, dimension: reading?.dimension)
    guard let name, let reading, let reference, let tolerance else { return nil }
    return PartQuantity(
      name: name, reading: reading, models: names, reference: reference, tolerance: tolerance,
      inputUncertainty: input)
  }

  private func limit(_ tree: YAMLTree, units: UnitSystem?, models: [PartModel]) -> PartLimit? {
    guard
      let keys = MappingReader(
        tree, "a limit",
        keys: [
          "name", "read", "at", "away-from", "step", "steps", "weights", "zero", "minus", "over",
          "models", "below", "above", "source",
        ], faults: faults)
    else { return nil }
    let name = keys.text("name")
    var reading = self.reading(keys, units: units)
    if let tree = keys.tree("away-from", isRequired: false) {
      let places = singularPlaces(tree)
      if let reading, !(reading.place?.isExtreme ?? false) {
        faults.add(
          keys.line(of: "away-from"), "'away-from' is only for a largest or smallest value",
          remedy: "write 'at: max', or leave out 'away-from'")
      }
      reading?.awayFrom = places
    }
    let names = modelNames(keys, models: models)
    let source = keys.text("source")
    guard keys.has("below") != keys.has("above") else {
      faults.add(keys.line, "a limit has either 'below' or 'above'")
      return nil
    }
    let bound: PartLimit.Bound = keys.has("below") ? .below : .above
    let size = keys.quantity(bound.rawValue, as: reading?.dimension)
    guard let name, let reading, let size, let source else { return nil }
    return PartLimit(
      name: name, reading: reading, models: names, bound: bound, limit: size, source: source)
  }

  private func reading(_ keys: MappingReader, units: UnitSystem?) -> PartReading? {
    let step = keys.ordinal("step")
    let steps = self.steps(keys)
    let place = keys.tree("at", isRequired: false).flatMap { self.place($0, key: "at") }
    let minus = keys.tree("minus", isRequired: false).flatMap { self.place($0, key: "minus") }
    let over = keys.quantity("over", isRequired: false)
    if let over, over.si == 0 {
      faults.add(
        keys.line(of: "over"), "'over' is zero",
        remedy: "write another value: the figure is divided by it")
    }
    for key in ["minus", "step"] {
      let other = key == "minus" ? "zero" : "steps"
      guard keys.has(key), keys.has(other) else { continue }
      faults.add(
        keys.line(of: other), "'\(other)' and '\(key)' do not go together",
        remedy: "leave out '\(key)' or '\(other)'")
    }
    guard let text = keys.text("read") else { return nil }
    guard let observable = Observable(text) else {
      let all = Observable.all.map(\.text)
      let near = text.nearest(in: all).map { "did you mean '\($0)'? " } ?? ""
      faults.add(
        keys.line(of: "read"), "'\(text.prefix(40))' cannot be read",
        remedy: near + "what can be read: \(all.joined(separator: ", "))")
      return nil
    }
    if observable.isGlobal {
      for key in ["at", "minus"] where keys.has(key) {
        faults.add(
          keys.line(of: key), "'\(observable.text)' belongs to the whole part",
          remedy: "leave out '\(key)'")
      }
    } else if !keys.has("at") {
      faults.add(
        keys.line, "'\(observable.text)' needs a place",
        remedy: "add 'at: {node: 17}', '{set: D}', '{point: [0 mm, 0 mm]}', 'max' or 'min'")
    }
    if let units, units.unit(of: observable.dimension) == nil {
      let key = observable.dimension == .power ? "power" : "temperature"
      faults.add(
        keys.line(of: "read"), "'\(observable.text)' needs the unit of \(key) in the decks",
        remedy: "add '\(key)' to 'units'")
    }
    let zero = keys.quantity("zero", as: observable.dimension, isRequired: false)
    if case .norm(let norm) = place {
      for key in ["minus", "weights"] where keys.has(key) {
        faults.add(
          keys.line(of: key), "'\(key)' does not go with a norm", remedy: "leave out '\(key)'")
      }
      if norm.sets.count > 1, norm.sets.count != steps?.numbers.count ?? 1 {
        faults.add(
          keys.line(of: "at"), "\(norm.sets.count) sets for \(steps?.numbers.count ?? 1) steps",
          remedy: "name one set, or one for each step")
      }
      if case .ks(_, let scale) = norm.function, scale.dimension != observable.dimension {
        faults.add(
          keys.line(of: "at"), "'scale' of 'ks-over' is not of the dimension of '\(text)'",
          remedy: "write the limit that values are measured by")
      }
    }
    if steps != nil, keys.has("minus") || place?.isExtreme == true {
      faults.add(
        keys.line(of: "steps"), "'steps' does not go with a largest or smallest value or 'minus'",
        remedy: "write one limit for each step, with 'step'")
    }
    return PartReading(
      observable: observable, place: place, minus: minus, over: over, zero: zero, step: step,
      steps: steps)
  }

  /// `steps`, and `weights` where they are not 1.
  private func steps(_ keys: MappingReader) -> PartSteps? {
    guard let items = keys.list("steps", isRequired: false) else {
      if keys.has("weights") {
        faults.add(
          keys.line(of: "weights"), "'weights' without 'steps'", remedy: "add 'steps: [1, 2]'")
      }
      return nil
    }
    func texts(_ items: [YAMLTree]) -> [String?] {
      items.map { if case .text(let text) = $0.content { text } else { nil } }
    }
    let numbers = texts(items).compactMap { $0.flatMap { Int($0) } }.filter { $0 >= 1 }
    guard !items.isEmpty, numbers.count == items.count, Set(numbers).count == numbers.count else {
      faults.add(
        keys.line(of: "steps"), "'steps' lists numbers of steps, each once",
        remedy: "write for example 'steps: [1, 2]'")
      return nil
    }
    guard let items = keys.list("weights", isRequired: false) else { return PartSteps(numbers) }
    let weights = texts(items).compactMap { $0.flatMap { Double($0) } }.filter(\.isFinite)
    guard items.count == numbers.count, weights.count == numbers.count else {
      faults.add(
        keys.line(of: "weights"), "'weights' has a number for each of the \(numbers.count) steps")
      return nil
    }
    return PartSteps(numbers, weights: weights)
  }

  private func place(_ tree: YAMLTree, key: String) -> Place? {
    let forms =
      "{node: 17}, {set: D}, {point: [0 mm, 0 mm]}, {max-over: D}, {norm-over: D, exponent: 8}, {rms-over: D}, "
      + "{ks-over: D, exponent: 8, scale: 235 MPa}, max, min or max-magnitude"
    if case .text(let text) = tree.content {
      switch text {
      case "max": return .max
      case "min": return .min
      case "max-magnitude": return .maxMagnitude
      default:
        faults.add(
          tree.line, "'\(key)' cannot be '\(text.prefix(40))'", remedy: "it is one of \(forms)")
        return nil
      }
    }
    guard
      let keys = MappingReader(
        tree, "'\(key)'",
        keys: [
          "node", "set", "point", "max-over", "norm-over", "rms-over", "ks-over", "exponent",
          "scale",
        ], faults: faults)
    else { return nil }
    let stated = ["node", "set", "point", "max-over", "norm-over", "rms-over", "ks-over"]
      .filter(keys.has)
    guard stated.count == 1 else {
      faults.add(tree.line, "'\(key)' names one place", remedy: "it is one of \(forms)")
      return nil
    }
    switch stated[0] {
    case "node": return keys.ordinal("node").map { .node($0) }
    case "set": return keys.text("set").map { .set($0) }
    case "max-over": return keys.text("max-over").map { .maxOver($0) }
    case "norm-over", "rms-over", "ks-over": return norm(keys, stated[0])
    default:
      guard let items = keys.list("point") else { return nil }
      var coordinates: [Quantity] = []
      for item in items {
        guard case .text(let text) = item.content else {
          faults.add(item.line, "a coordinate is a length, found \(item.kind)")
          continue
        }
        do {
          coordinates.append(try Quantity(parsing: text, as: .length))
        } catch {
          faults.add(item.line, "a coordinate of '\(key)': \(error)")
        }
      }
      guard items.count == 2 || items.count == 3 else {
        faults.add(tree.line, "a point has two or three coordinates, found \(items.count)")
        return nil
      }
      return coordinates.count == items.count ? .point(coordinates) : nil
    }
  }

  private func norm(_ keys: MappingReader, _ key: String) -> Place? {
    let needed = key == "rms-over" ? [] : key == "ks-over" ? ["exponent", "scale"] : ["exponent"]
    for other in ["exponent", "scale"] where keys.has(other) && !needed.contains(other) {
      faults.add(keys.line(of: other), "'\(other)' does not go with '\(key)'")
    }
    let exponent = keys.quantity("exponent", as: .dimensionless, isRequired: needed.count > 0)
    if let exponent, !(exponent.si >= 1 && exponent.si <= 1000) {
      faults.add(
        keys.line(of: "exponent"), "'exponent' of '\(key)' is within 1…1000", remedy: "8 is usual")
    }
    let scale = keys.quantity("scale", isRequired: needed.count > 1)
    if let scale, !(scale.si > 0) {
      faults.add(keys.line(of: "scale"), "'scale' of 'ks-over' is greater than zero")
    }
    guard let tree = keys.tree(key) else { return nil }
    var items = [tree]
    if case .list(let several) = tree.content { items = several }
    let sets = items.compactMap { item in
      if case .text(let text) = item.content, !text.isEmpty { text } else { nil }
    }
    guard !sets.isEmpty, sets.count == items.count else {
      faults.add(
        tree.line, "'\(key)' names a set, or lists one for each step",
        remedy: "write for example '\(key): TIP'")
      return nil
    }
    switch key {
    case "rms-over": return .norm(NormPlace(sets, .rootMeanSquare))
    case "norm-over": return exponent.map { .norm(NormPlace(sets, .norm(exponent: $0.si))) }
    default:
      guard let exponent, let scale else { return nil }
      return .norm(NormPlace(sets, .ks(exponent: exponent.si, scale: scale)))
    }
  }

  private func singularPlaces(_ tree: YAMLTree) -> SingularPlaces? {
    guard
      let keys = MappingReader(
        tree, "'away-from'", keys: ["sets", "corners", "distance"], faults: faults)
    else { return nil }
    if !keys.has("sets") && !keys.has("corners") {
      faults.add(
        keys.line, "'away-from' names no places",
        remedy: "add 'sets: [LOADED]' or 'corners: 225 deg'")
    }
    let sets = (keys.list("sets", isRequired: false) ?? []).compactMap { item -> String? in
      if case .text(let name) = item.content, !name.isEmpty { return name }
      faults.add(item.line, "'sets' of 'away-from' lists node sets, found \(item.kind)")
      return nil
    }
    let corners = keys.quantity("corners", as: .dimensionless, isRequired: false)
    if let corners, !(corners.si > .pi && corners.si < 2 * .pi) {
      faults.add(
        keys.line(of: "corners"), "a re-entrant corner has more than 180 and less than 360 deg",
        remedy: "write for example 'corners: 225 deg'")
    }
    let distance = keys.quantity("distance", as: .length)
    if let distance, !(distance.value > 0) {
      faults.add(keys.line(of: "distance"), "'distance' of 'away-from' is greater than zero")
    }
    guard let distance else { return nil }
    return SingularPlaces(sets: sets, corners: corners, distance: distance)
  }

  private func modelNames(_ keys: MappingReader, models: [PartModel]) -> [String]? {
    guard let items = keys.list("models", isRequired: false) else { return nil }
    var names: [String] = []
    for item in items {
      guard case .text(let name) = item.content else {
        faults.add(item.line, "'models' lists names, found \(item.kind)")
        continue
      }
      if !models.contains(where: { $0.name == name }) {
        let near = name.nearest(in: models.map(\.name)).map { "did you mean '\($0)'? " } ?? ""
        faults.add(
          item.line, "no model is named '\(name.prefix(60))'",
          remedy: near + "the part has \(models.map(\.name).joined(separator: ", "))")
      }
      names.append(name)
    }
    let chosen = models.filter { names.contains($0.name) }
    if !chosen.isEmpty, !chosen.contains(where: \.isStated) {
      faults.add(
        keys.line(of: "models"), "none of these models is stated, so nothing decides",
        remedy: "add a stated model")
    }
    return names
  }

  private func reference(_ tree: YAMLTree, reading: PartReading?) -> Reference? {
    guard
      let keys = MappingReader(
        tree, "a reference", keys: ["value", "uncertainty", "kind", "source", "role"],
        faults: faults)
    else { return nil }
    let value = keys.quantity("value", as: reading?.dimension)
    let kind = keys.word("kind", as: Reference.Kind.self)
    let source = keys.text("source")
    let role = keys.word("role", as: Reference.Role.self, isRequired: kind == .physical)
    if let kind, kind != .physical, keys.has("role") {
      faults.add(
        keys.line(of: "role"), "only a physical reference has a role, this one is \(kind.rawValue)",
        remedy: "leave out 'role'")
    }
    let uncertainty = spread("uncertainty", keys, dimension: reading?.dimension)
    if kind == .physical, !keys.has("uncertainty") {
      faults.add(
        keys.line, "a physical reference has no 'uncertainty'",
        remedy: "state one standard deviation of the measurement")
    }
    guard let value, let kind, let source else { return nil }
    return Reference(
      value: value, uncertainty: uncertainty ?? .relative(0), kind: kind, source: source, role: role
    )
  }

  /// A per cent of the value, or a difference in a unit; negative ones are faults.
  private func spread(_ key: String, _ keys: MappingReader, dimension: PhysicalDimension?)
    -> Spread?
  {
    guard let quantity = keys.quantity(key, isRequired: false) else { return nil }
    return spread(quantity, key, keys, dimension: dimension)
  }

  private func spread(
    _ quantity: Quantity, _ key: String, _ keys: MappingReader, dimension: PhysicalDimension?
  ) -> Spread? {
    guard quantity.value >= 0 else {
      faults.add(keys.line(of: key), "'\(key)' of \(keys.subject) is negative")
      return nil
    }
    if quantity.unit.symbol == "%" { return .relative(quantity.si) }
    if let dimension, dimension != quantity.dimension {
      let error = QuantityError.wrongDimension(
        unit: quantity.unit.symbol, found: quantity.dimension, expected: dimension)
      faults.add(keys.line(of: key), "'\(key)' of \(keys.subject): \(error); or a percentage")
      return nil
    }
    return .absolute(quantity)
  }

  private func tolerance(_ tree: YAMLTree, of reference: Reference?, dimension: PhysicalDimension?)
    -> Tolerance?
  {
    guard
      let keys = MappingReader(
        tree, "a tolerance", keys: ["relative", "absolute", "reason"], faults: faults)
    else { return nil }
    let reason = keys.text("reason")
    guard keys.has("relative") != keys.has("absolute") else {
      faults.add(keys.line, "a tolerance is either 'relative' or 'absolute'")
      return nil
    }
    let size: Spread?
    if keys.has("relative") {
      let share = keys.quantity("relative", as: .dimensionless)
      if let share, share.value <= 0 {
        faults.add(keys.line(of: "relative"), "a tolerance is greater than zero")
      }
      if let reference, reference.value.value == 0 {
        faults.add(
          keys.line(of: "relative"), "a relative tolerance of a reference that is zero",
          remedy: "write 'absolute' with a unit")
      }
      size = share.map { .relative($0.si) }
    } else {
      let difference = keys.quantity("absolute", as: dimension)
      if let difference, difference.value <= 0 {
        faults.add(keys.line(of: "absolute"), "a tolerance is greater than zero")
      }
      size = difference.map { .absolute($0) }
    }
    guard let size, let reason else { return nil }
    return Tolerance(size: size, reason: reason)
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
