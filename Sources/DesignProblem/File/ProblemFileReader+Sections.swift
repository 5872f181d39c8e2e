internal import Quantities
internal import StrictYAML

extension ProblemFileReader {
  func grid(_ tree: YAMLTree) -> DesignGrid? {
    guard
      let keys = mapping(
        tree, "the grid", ["columns", "rows", "layers", "pixel-size", "thickness"], at: "grid")
    else { return nil }
    let columns = keys.whole("columns", in: 1...4096)
    let rows = keys.whole("rows", in: 1...4096)
    let layers = keys.whole("layers", in: 1...4096, isRequired: false)
    let pixelSize = units.value(keys, "pixel-size", .length, isRequired: false) ?? 1
    let thickness = units.value(keys, "thickness", .length, isRequired: false) ?? 1
    if keys.has("layers"), keys.has("thickness") {
      faults.add(
        keys.line(of: "thickness"), "a grid in space has no 'thickness'",
        remedy: "leave it out: its layers are as thick as 'pixel-size'")
    }
    guard let columns, let rows else { return nil }
    let grid = DesignGrid(
      columns: columns, rows: rows, layers: layers, pixelSize: pixelSize, thickness: thickness)
    guard grid.elementCount <= ProblemFile.mostElements else {
      faults.add(
        keys.line, "the grid has \(grid.elementCount) elements",
        remedy: "at most \(ProblemFile.mostElements) are read")
      return nil
    }
    return grid
  }

  private static let constants = [
    "youngs-modulus", "poissons-ratio", "conductivity", "expansion",
  ]

  /// One of the solids of a design.
  func solid(_ tree: YAMLTree, _ place: String) -> SolidPhase? {
    guard let keys = mapping(tree, "a solid", ["index"] + Self.constants, at: place)
    else { return nil }
    let index = keys.whole("index", in: 1...2, isRequired: false)
    return solid(keys, index: index ?? 1)
  }

  /// A solid that is no part of the design, without an index.
  func solid(_ tree: YAMLTree, _ subject: String, at place: String) -> SolidPhase? {
    mapping(tree, subject, Self.constants, at: place).flatMap { solid($0, index: 1) }
  }

  private func solid(_ keys: MappingReader, index: Int) -> SolidPhase? {
    let modulus = units.value(keys, "youngs-modulus", .stress)
    let ratio = keys.number("poissons-ratio")
    let conductivity = units.value(keys, "conductivity", .conductivity, isRequired: false)
    let expansion = units.value(keys, "expansion", .expansion, isRequired: false)
    guard let modulus, let ratio else { return nil }
    return SolidPhase(
      index: index, youngsModulus: modulus, poissonsRatio: ratio,
      conductivity: conductivity ?? 1, expansion: expansion ?? 0)
  }

  func void(_ tree: YAMLTree) -> VoidPhase? {
    guard
      let keys = mapping(
        tree, "the void", ["stiffness-ratio", "conductivity-ratio"], at: "void")
    else { return nil }
    let standard = VoidPhase()
    return VoidPhase(
      stiffnessRatio: keys.number("stiffness-ratio", isRequired: false)
        ?? standard.stiffnessRatio,
      conductivityRatio: keys.number("conductivity-ratio", isRequired: false)
        ?? standard.conductivityRatio)
  }

  func support(_ tree: YAMLTree, _ place: String) -> Support? {
    guard let keys = mapping(tree, "a support", ["region", "axes"], at: place) else { return nil }
    let region = self.region(keys, place)
    let axes = words(keys, "axes", as: GridAxis.self)
    guard let region, let axes else { return nil }
    return Support(region, axes: axes)
  }

  func loadCase(_ tree: YAMLTree, _ place: String) -> LoadCase? {
    guard
      let keys = mapping(tree, "a load case", ["name", "weight", "warm", "loads"], at: place)
    else { return nil }
    let name = keys.text("name", isRequired: false)
    let weight = keys.number("weight", isRequired: false)
    let isWarm = keys.flag("warm")
    let loads = list("loads", keys, at: place + ".loads", isRequired: false) {
      self.load($0, $1)
    }
    return LoadCase(
      name: name ?? "load", loads: loads, isWarm: isWarm ?? true, weight: weight ?? 1)
  }

  private func load(_ tree: YAMLTree, _ place: String) -> MechanicalLoad? {
    guard let keys = mapping(tree, "a load", ["region", "force", "sharing"], at: place)
    else { return nil }
    let region = self.region(keys, place)
    let force = units.values(keys, "force", .force)
    let sharing = keys.word("sharing", as: MechanicalLoad.Sharing.self, isRequired: false)
    guard let region, let force else { return nil }
    return MechanicalLoad(region, force: force, sharing: sharing ?? .even)
  }

  func heat(_ tree: YAMLTree) -> HeatConduction? {
    guard
      let keys = mapping(
        tree, "'heat'", ["sources", "sinks", "films", "stress-free-temperature", "deforms"],
        at: "heat")
    else { return nil }
    let sources = list("sources", keys, at: "heat.sources", isRequired: false) {
      tree, place -> HeatConduction.Source? in
      guard let keys = self.mapping(tree, "a heat source", ["region", "power"], at: place)
      else { return nil }
      let region = self.region(keys, place)
      let power = self.units.value(keys, "power", .power)
      guard let region, let power else { return nil }
      return .init(region, power: power)
    }
    let sinks = list("sinks", keys, at: "heat.sinks", isRequired: !keys.has("films")) {
      tree, place -> HeatConduction.Sink? in
      guard let keys = self.mapping(tree, "a heat sink", ["region", "temperature"], at: place)
      else { return nil }
      let region = self.region(keys, place)
      let temperature = self.units.value(keys, "temperature", .temperature)
      guard let region, let temperature else { return nil }
      return .init(region, temperature: temperature)
    }
    let films = list("films", keys, at: "heat.films", isRequired: false) {
      tree, place -> HeatConduction.Film? in
      guard
        let keys = self.mapping(tree, "a film", ["region", "coefficient", "ambient"], at: place)
      else { return nil }
      let region = self.region(keys, place)
      let coefficient = self.units.value(keys, "coefficient", .filmCoefficient)
      let ambient = self.units.value(keys, "ambient", .temperature)
      guard let region, let coefficient, let ambient else { return nil }
      return .init(region, coefficient: coefficient, ambient: ambient)
    }
    let free = units.value(keys, "stress-free-temperature", .temperature, isRequired: false)
    return HeatConduction(
      sources: sources, sinks: sinks, films: films, stressFreeTemperature: free ?? 0,
      deforms: keys.flag("deforms") ?? true)
  }

  func passive(_ tree: YAMLTree, _ place: String) -> PassiveRegion? {
    guard let keys = mapping(tree, "a passive region", ["region", "filling", "made-of"], at: place)
    else { return nil }
    let region = self.region(keys, place)
    let filling = keys.word("filling", as: PassiveRegion.Filling.self)
    let solid = keys.tree("made-of", isRequired: false).flatMap {
      self.solid($0, "'made-of'", at: place + ".madeOf")
    }
    guard let region, let filling else { return nil }
    return PassiveRegion(region, filling, madeOf: solid)
  }

  func filter(_ tree: YAMLTree) -> DensityFilter? {
    guard let keys = mapping(tree, "the filter", ["radius"], at: "filter") else { return nil }
    return keys.number("radius").map { DensityFilter(radius: $0) }
  }

  func projection(_ tree: YAMLTree) -> DensityProjection? {
    guard
      let keys = mapping(tree, "the projection", ["steepness", "threshold"], at: "projection")
    else { return nil }
    let threshold = keys.number("threshold", isRequired: false) ?? 0.5
    return keys.number("steepness").map { DensityProjection(steepness: $0, threshold: threshold) }
  }

  func interpolation(_ tree: YAMLTree) -> MaterialInterpolation? {
    guard
      let keys = mapping(
        tree, "the interpolation",
        [
          "scheme", "penalty", "conductivity-penalty", "thermal-stress-penalty", "phase-penalty",
        ], at: "interpolation")
    else { return nil }
    let standard = MaterialInterpolation()
    return MaterialInterpolation(
      scheme: keys.word("scheme", as: MaterialInterpolation.Scheme.self, isRequired: false)
        ?? standard.scheme,
      penalty: keys.number("penalty", isRequired: false) ?? standard.penalty,
      conductivityPenalty: keys.number("conductivity-penalty", isRequired: false),
      thermalStressPenalty: keys.number("thermal-stress-penalty", isRequired: false),
      phasePenalty: keys.number("phase-penalty", isRequired: false))
  }

  func continuation(_ tree: YAMLTree, _ place: String) -> Continuation? {
    guard
      let keys = mapping(
        tree, "a continuation", ["start", "step", "interval", "end", "geometric"], at: place)
    else { return nil }
    let start = keys.number("start")
    let step = keys.number("step")
    let interval = keys.whole("interval", in: 1...1_000_000)
    let end = keys.number("end")
    let isGeometric = keys.flag("geometric") ?? false
    guard let start, let step, let interval, let end else { return nil }
    return Continuation(
      start: start, step: step, interval: interval, end: end, isGeometric: isGeometric)
  }

  func optimisation(_ tree: YAMLTree, _ terms: [Term]) -> OptimisationOptions? {
    let place = "optimisation"
    guard
      let keys = mapping(
        tree, "the optimisation",
        [
          "method", "volume-fraction", "limits", "iteration-limit", "change-tolerance",
          "move-limit", "initial-density",
        ], at: place)
    else { return nil }
    var options = OptimisationOptions()
    let method = keys.word(
      "method", as: OptimisationOptions.Method.self, isRequired: false)
    options.method = method ?? options.method
    options.volumeFraction = keys.number("volume-fraction", isRequired: false)
    options.limits = list("limits", keys, at: "optimisation.limits", isRequired: false) {
      tree, place -> TermLimit? in
      guard let keys = self.mapping(tree, "a limit", ["term", "at-most"], at: place)
      else { return nil }
      guard let term = keys.text("term") else { return nil }
      // A term that there is not is a fault of its own; then the dimension is not known either.
      guard let measure = terms.first(where: { $0.name == term })?.measure else {
        return .init(term, atMost: 0)
      }
      return self.units.value(
        keys, "at-most", measure.row.dimension(of: measure), isDifference: true
      ).map {
        .init(term, atMost: $0)
      }
    }
    let iterations = keys.whole("iteration-limit", in: 1...1_000_000, isRequired: false)
    options.iterationLimit = iterations ?? options.iterationLimit
    let tolerance = keys.number("change-tolerance", isRequired: false)
    options.changeTolerance = tolerance ?? options.changeTolerance
    options.moveLimit = keys.number("move-limit", isRequired: false) ?? options.moveLimit
    options.initialDensity = keys.number("initial-density", isRequired: false)
    return options
  }
}
