internal import Quantities
internal import StrictYAML

/// Turns a YAML tree into a problem; faults go to the list, and `nil` never comes without one.
final class ProblemFileReader {
  let faults: YAMLFaults
  /// The lines of places as ``ProblemFault`` names them.
  private var lines: [String: Int] = [:]
  /// The first quantity with a unit, and the first without where one is meaningful.
  private var firstWithUnit, firstPlain: (line: Int, text: String)?
  var isPlane = true
  var axisCount: Int { isPlane ? 2 : 3 }

  init(_ faults: YAMLFaults) { self.faults = faults }

  func note(_ place: String, _ line: Int) { lines[place] = line }

  /// The line of a place, or of the nearest place that contains it.
  func line(of place: String) -> Int? {
    var place = place[...]
    while true {
      if let line = lines[String(place)] { return line }
      guard let end = place.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      place = place[..<end]
    }
  }

  /// A place in the words of the file: `loadCases[0].force` is `load-cases[0].force`.
  func fileWords(_ place: String) -> String {
    place.reduce(into: "") { words, letter in
      words += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
    }
  }

  /// Faults a file that has numbers with units beside numbers without.
  func checkUnits() {
    guard let unit = firstWithUnit, let plain = firstPlain else { return }
    faults.add(
      plain.line, "'\(plain.text)' has no unit, and line \(unit.line) has one ('\(unit.text)')",
      remedy: "give all quantities units, or none, all in one consistent system")
  }

  func file(_ tree: YAMLTree) -> ProblemFile? {
    guard
      let keys = MappingReader(
        tree, "the problem file",
        keys: [
          "gcgan", "title", "grid", "solids", "void", "supports", "load-cases", "heat",
          "temperature-change", "passive", "filter", "projection", "interpolation",
          "penalty-continuation", "projection-continuation", "terms", "optimise",
        ], faults: faults)
    else { return nil }
    if let format = keys.text("gcgan"), format != ProblemFile.format {
      faults.add(
        keys.line(of: "gcgan"), "the format '\(format.prefix(40))' is not known",
        remedy: "this version reads '\(ProblemFile.format)'")
    }
    if keys.has("title") { _ = keys.text("title") }
    for key in [
      "grid", "solids", "void", "supports", "heat", "passive", "filter", "projection",
      "interpolation", "terms",
    ] { note(key, keys.line(of: key)) }
    note("loadCases", keys.line(of: "load-cases"))
    note("temperatureChange", keys.line(of: "temperature-change"))
    note("optimisation", keys.line(of: "optimise"))
    let grid = keys.tree("grid").flatMap { self.grid($0) }
    if let grid { isPlane = grid.isPlane }
    let solids = items(keys, "solids", place: "solids", isRequired: true) { self.solid($0, $1, $2) }
    var problem = ManufacturabilityProblem(
      grid: grid ?? DesignGrid(columns: 1, rows: 1), solids: solids, terms: [])
    if let tree = keys.tree("void", isRequired: false), let void = void(tree) {
      problem.void = void
    }
    problem.supports = items(keys, "supports", place: "supports") { self.support($0, $1) }
    problem.loadCases = items(keys, "load-cases", place: "loadCases") { self.loadCase($0, $1, $2) }
    problem.heat = keys.tree("heat", isRequired: false).flatMap { self.heat($0) }
    problem.temperatureChange =
      quantity(keys, "temperature-change", .temperature, isDifference: true, isRequired: false) ?? 0
    problem.passive = items(keys, "passive", place: "passive") { self.passive($0, $1) }
    if keys.has("filter") {
      problem.filter = keys.number("filter").map { DensityFilter(radius: $0) }
      note("filter.radius", keys.line(of: "filter"))
    }
    problem.projection = keys.tree("projection", isRequired: false).flatMap { self.projection($0) }
    if let tree = keys.tree("interpolation", isRequired: false),
      let interpolation = interpolation(tree)
    {
      problem.interpolation = interpolation
    }
    problem.penaltyContinuation = continuation(keys, "penalty-continuation")
    problem.projectionContinuation = continuation(keys, "projection-continuation")
    problem.terms = items(keys, "terms", place: "terms", isRequired: true) { self.term($0, $1) }
    let optimisation = keys.tree("optimise", isRequired: false).flatMap { self.optimisation($0) }
    guard grid != nil else { return nil }
    return ProblemFile(problem: problem, optimisation: optimisation)
  }

  /// The items of a list, each told its place and its number.
  private func items<Item>(
    _ keys: MappingReader, _ key: String, place: String, isRequired: Bool = false,
    _ read: (YAMLTree, String, Int) -> Item?
  ) -> [Item] {
    let trees = keys.list(key, isRequired: isRequired) ?? []
    return trees.enumerated().compactMap { number, tree in
      note("\(place)[\(number)]", tree.line)
      return read(tree, "\(place)[\(number)]", number)
    }
  }

  private func items<Item>(
    _ keys: MappingReader, _ key: String, place: String, isRequired: Bool = false,
    _ read: (YAMLTree, String) -> Item?
  ) -> [Item] {
    items(keys, key, place: place, isRequired: isRequired) { tree, place, _ in read(tree, place) }
  }

  /// A number with a unit, or without where the file has none.
  ///
  /// - Parameter isDifference: Whether a temperature is a difference: then degrees Celsius are kelvins.
  func quantity(
    _ keys: MappingReader, _ key: String, _ dimension: PhysicalDimension,
    isDifference: Bool = false,
    isRequired: Bool = true
  ) -> Double? {
    guard let text = keys.text(key, isRequired: isRequired) else { return nil }
    return quantity(
      text, keys.line(of: key), "'\(key)' of \(keys.subject)", dimension,
      isDifference: isDifference)
  }

  func quantity(
    _ text: String, _ line: Int, _ what: String, _ dimension: PhysicalDimension,
    isDifference: Bool = false
  ) -> Double? {
    do {
      let plain = try Quantity(parsing: text)
      if plain.unit == .one {
        // Nought is nought in every unit but that of temperature.
        if plain.value != 0 || dimension == .temperature, firstPlain == nil {
          firstPlain = (line, text)
        }
        return plain.value
      }
      let quantity = try Quantity(parsing: text, as: dimension)
      if firstWithUnit == nil { firstWithUnit = (line, text) }
      return isDifference ? quantity.unit.siDifference(quantity.value) : quantity.si
    } catch {
      faults.add(line, "\(what): \(error)")
      return nil
    }
  }

  private func grid(_ tree: YAMLTree) -> DesignGrid? {
    guard
      let keys = MappingReader(
        tree, "the grid", keys: ["size", "pixel", "thickness"], faults: faults)
    else { return nil }
    for (property, key) in [
      ("columns", "size"), ("rows", "size"), ("layers", "size"), ("pixelSize", "pixel"),
      ("thickness", "thickness"),
    ] { note("grid.\(property)", keys.line(of: key)) }
    guard let size = keys.numbers("size", counts: 2...3) else { return nil }
    let counts = size.compactMap { Int(exactly: $0) }
    guard counts.count == size.count else {
      faults.add(keys.line(of: "size"), "'size' of the grid counts elements: whole numbers")
      return nil
    }
    if counts.count == 3, keys.has("thickness") {
      faults.add(keys.line(of: "thickness"), "a grid in space has no thickness")
    }
    return DesignGrid(
      columns: counts[0], rows: counts[1], layers: counts.count == 3 ? counts[2] : nil,
      pixelSize: quantity(keys, "pixel", .length, isRequired: false) ?? 1,
      thickness: quantity(keys, "thickness", .length, isRequired: false) ?? 1)
  }

  private func solid(_ tree: YAMLTree, _ place: String, _ number: Int) -> SolidPhase? {
    guard
      let keys = MappingReader(
        tree, "a solid",
        keys: ["index", "youngs-modulus", "poissons-ratio", "conductivity", "expansion"],
        faults: faults)
    else { return nil }
    for (property, key) in [
      ("index", "index"), ("youngsModulus", "youngs-modulus"), ("poissonsRatio", "poissons-ratio"),
      ("conductivity", "conductivity"), ("expansion", "expansion"),
    ] { note("\(place).\(property)", keys.line(of: key)) }
    guard let modulus = quantity(keys, "youngs-modulus", .stress),
      let ratio = keys.number("poissons-ratio")
    else { return nil }
    return SolidPhase(
      index: keys.ordinal("index") ?? number + 1, youngsModulus: modulus, poissonsRatio: ratio,
      conductivity: quantity(keys, "conductivity", .conductivity, isRequired: false) ?? 1,
      expansion: quantity(keys, "expansion", .expansion, isRequired: false) ?? 0)
  }

  private func void(_ tree: YAMLTree) -> VoidPhase? {
    guard
      let keys = MappingReader(
        tree, "the void", keys: ["stiffness", "conductivity"], faults: faults)
    else { return nil }
    note("void.stiffnessRatio", keys.line(of: "stiffness"))
    note("void.conductivityRatio", keys.line(of: "conductivity"))
    let standard = VoidPhase()
    return VoidPhase(
      stiffnessRatio: keys.number("stiffness", isRequired: false) ?? standard.stiffnessRatio,
      conductivityRatio: keys.number("conductivity", isRequired: false)
        ?? standard.conductivityRatio)
  }

  private func support(_ tree: YAMLTree, _ place: String) -> Support? {
    guard
      let keys = MappingReader(tree, "a support", keys: ["region", "axes"], faults: faults),
      let region = region(keys, place)
    else { return nil }
    note(place + ".axes", keys.line(of: "axes"))
    guard let text = keys.text("axes") else { return nil }
    let axes = text.compactMap { GridAxis(rawValue: String($0)) }
    guard axes.count == text.count, Set(axes).count == axes.count else {
      faults.add(
        keys.line(of: "axes"), "'axes' of a support cannot be '\(text.prefix(40))'",
        remedy: "write the held directions together: x, y, xy, xyz")
      return nil
    }
    return Support(region, axes: axes)
  }

  private func loadCase(_ tree: YAMLTree, _ place: String, _ number: Int) -> LoadCase? {
    guard
      let keys = MappingReader(
        tree, "a load case", keys: ["name", "weight", "warm", "loads"], faults: faults)
    else { return nil }
    note(place + ".name", keys.line(of: "name"))
    note(place + ".weight", keys.line(of: "weight"))
    let loads = items(keys, "loads", place: place + ".loads") { self.load($0, $1) }
    return LoadCase(
      name: keys.text("name", isRequired: false) ?? "load \(number + 1)", loads: loads,
      isWarm: keys.flag("warm") ?? true, weight: keys.number("weight", isRequired: false) ?? 1)
  }

  private func load(_ tree: YAMLTree, _ place: String) -> MechanicalLoad? {
    guard
      let keys = MappingReader(
        tree, "a load", keys: ["region", "force", "sharing"], faults: faults),
      let region = region(keys, place)
    else { return nil }
    note(place + ".force", keys.line(of: "force"))
    guard let items = keys.list("force") else { return nil }
    let force = items.compactMap { item -> Double? in
      guard case .text(let text) = item.content else {
        faults.add(item.line, "'force' of a load lists forces, found \(item.kind)")
        return nil
      }
      return quantity(text, item.line, "'force' of a load", .force)
    }
    guard force.count == items.count else { return nil }
    let sharing =
      keys.has("sharing") ? keys.word("sharing", as: MechanicalLoad.Sharing.self) : .even
    return sharing.map { MechanicalLoad(region, force: force, sharing: $0) }
  }

  private func heat(_ tree: YAMLTree) -> HeatConduction? {
    guard
      let keys = MappingReader(
        tree, "the heat", keys: ["sources", "sinks", "stress-free-temperature"], faults: faults)
    else { return nil }
    note("heat.sinks", keys.line(of: "sinks"))
    let sources = items(keys, "sources", place: "heat.sources") {
      tree, place -> HeatConduction.Source? in
      guard
        let keys = MappingReader(tree, "a source", keys: ["region", "power"], faults: faults),
        let region = self.region(keys, place), let power = self.quantity(keys, "power", .power)
      else { return nil }
      return .init(region, power: power)
    }
    let sinks = items(keys, "sinks", place: "heat.sinks") {
      tree, place -> HeatConduction.Sink? in
      guard
        let keys = MappingReader(tree, "a sink", keys: ["region", "temperature"], faults: faults),
        let region = self.region(keys, place),
        let temperature = self.quantity(keys, "temperature", .temperature)
      else { return nil }
      return .init(region, temperature: temperature)
    }
    return HeatConduction(
      sources: sources, sinks: sinks,
      stressFreeTemperature: quantity(
        keys, "stress-free-temperature", .temperature, isRequired: false) ?? 0)
  }

  private func passive(_ tree: YAMLTree, _ place: String) -> PassiveRegion? {
    guard
      let keys = MappingReader(
        tree, "a passive region", keys: ["region", "filling"], faults: faults),
      let region = region(keys, place),
      let filling = keys.word("filling", as: PassiveRegion.Filling.self)
    else { return nil }
    return PassiveRegion(region, filling)
  }

  private func projection(_ tree: YAMLTree) -> DensityProjection? {
    guard
      let keys = MappingReader(
        tree, "the projection", keys: ["steepness", "threshold"], faults: faults)
    else { return nil }
    note("projection.steepness", keys.line(of: "steepness"))
    note("projection.threshold", keys.line(of: "threshold"))
    return keys.number("steepness").map {
      DensityProjection(
        steepness: $0, threshold: keys.number("threshold", isRequired: false) ?? 0.5)
    }
  }

  private func interpolation(_ tree: YAMLTree) -> MaterialInterpolation? {
    guard
      let keys = MappingReader(
        tree, "the interpolation",
        keys: ["scheme", "penalty", "conductivity", "thermal-stress", "phase"], faults: faults)
    else { return nil }
    for (property, key) in [
      ("penalty", "penalty"), ("conductivityPenalty", "conductivity"),
      ("thermalStressPenalty", "thermal-stress"), ("phasePenalty", "phase"),
    ] { note("interpolation.\(property)", keys.line(of: key)) }
    let scheme =
      keys.has("scheme") ? keys.word("scheme", as: MaterialInterpolation.Scheme.self) : .simp
    return scheme.map {
      MaterialInterpolation(
        scheme: $0, penalty: keys.number("penalty", isRequired: false) ?? 3,
        conductivityPenalty: keys.number("conductivity", isRequired: false),
        thermalStressPenalty: keys.number("thermal-stress", isRequired: false),
        phasePenalty: keys.number("phase", isRequired: false))
    }
  }

  private func continuation(_ keys: MappingReader, _ key: String) -> Continuation? {
    guard let tree = keys.tree(key, isRequired: false),
      let keys = MappingReader(
        tree, "the \(key)", keys: ["start", "step", "factor", "every", "end"], faults: faults),
      let start = keys.number("start"), let end = keys.number("end"),
      let interval = keys.whole("every", in: 1...1_000_000)
    else { return nil }
    guard keys.has("step") != keys.has("factor") else {
      faults.add(keys.line, "the \(key) has either a 'step' or a 'factor'")
      return nil
    }
    let isGeometric = keys.has("factor")
    return keys.number(isGeometric ? "factor" : "step").map {
      Continuation(start: start, step: $0, interval: interval, end: end, isGeometric: isGeometric)
    }
  }

  private func optimisation(_ tree: YAMLTree) -> TopologyOptimisation.Options? {
    guard
      let keys = MappingReader(
        tree, "'optimise'",
        keys: [
          "method", "volume-fraction", "limits", "iterations", "change", "move", "initial-density",
        ], faults: faults)
    else { return nil }
    for (property, key) in [
      ("method", "method"), ("volumeFraction", "volume-fraction"), ("limits", "limits"),
      ("iterationLimit", "iterations"), ("changeTolerance", "change"), ("moveLimit", "move"),
      ("initialDensity", "initial-density"),
    ] { note("optimisation.\(property)", keys.line(of: key)) }
    var options = TopologyOptimisation.Options()
    if keys.has("method"),
      let method = keys.word("method", as: TopologyOptimisation.Options.Method.self)
    {
      options.method = method
    }
    options.volumeFraction = keys.number("volume-fraction", isRequired: false)
    options.limits = items(keys, "limits", place: "optimisation.limits") { tree, _ in
      guard
        let keys = MappingReader(tree, "a limit", keys: ["term", "at-most"], faults: faults),
        let term = keys.text("term"), let most = keys.number("at-most")
      else { return nil }
      return .init(term, atMost: most)
    }
    if let count = keys.whole("iterations", in: 1...1_000_000, isRequired: false) {
      options.iterationLimit = count
    }
    if let change = keys.number("change", isRequired: false) { options.changeTolerance = change }
    if let move = keys.number("move", isRequired: false) { options.moveLimit = move }
    options.initialDensity = keys.number("initial-density", isRequired: false)
    return options
  }
}
