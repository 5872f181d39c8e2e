internal import Quantities
internal import StrictYAML

extension ProblemFileReader {
  /// A region, under the key `region` of its owner.
  func region(_ keys: MappingReader, _ place: String) -> GridRegion? {
    note(place + ".region", keys.line(of: "region"))
    guard let tree = keys.tree("region") else { return nil }
    guard
      let shape = MappingReader(
        tree, "a region", keys: ["edge", "corner", "box", "disc", "point", "points"],
        faults: faults)
    else { return nil }
    let kinds = ["edge", "corner", "box", "disc", "point", "points"].filter { shape.has($0) }
    guard kinds.count == 1 else {
      faults.add(
        tree.line, "a region has \(kinds.isEmpty ? "no shape" : "\(kinds.count) shapes")",
        remedy: "it is one of edge, corner, box, disc, point, points")
      return nil
    }
    let axes = axisCount...axisCount
    switch kinds[0] {
    case "edge": return shape.word("edge", as: GridSide.self).map { .edge(side: $0) }
    case "corner":
      guard let text = shape.text("corner") else { return nil }
      let sides = text.split(separator: "-").compactMap { GridSide(rawValue: String($0)) }
      guard sides.count == axisCount, Set(sides.map(\.axis)).count == axisCount else {
        faults.add(
          shape.line(of: "corner"), "'corner' of a region cannot be '\(text.prefix(40))'",
          remedy: isPlane ? "for example bottom-left" : "for example bottom-left-back")
        return nil
      }
      return .corner(sides: sides)
    case "box":
      guard let corners = shape.numberLists("box", counts: axes), corners.count == 2 else {
        faults.add(shape.line(of: "box"), "a box has two corners: [[0, 0], [4, 2]]")
        return nil
      }
      return .box(lower: corners[0], upper: corners[1])
    case "disc":
      guard let tree = shape.tree("disc"),
        let disc = MappingReader(tree, "a disc", keys: ["center", "radius"], faults: faults),
        let center = disc.numbers("center", counts: axes),
        let radius = disc.number("radius", in: 0...Double.infinity)
      else { return nil }
      return .disc(center: center, radius: radius)
    case "point": return shape.numbers("point", counts: axes).map { .point(at: $0) }
    default: return shape.numberLists("points", counts: axes).map { .points(at: $0) }
    }
  }

  /// A term: `{measure: stress, weight: 0.5, limit: 350 MPa}`.
  func term(_ tree: YAMLTree, _ place: String) -> Term? {
    guard case .mapping(let entries) = tree.content,
      let name = entries.first(where: { $0.key == "measure" }),
      case .text(let word) = name.value.content, let known = Self.measures[word]
    else {
      _ = MappingReader(
        tree, "a term", keys: ["measure"] + (entriesKeys(tree)), faults: faults
      )?.word("measure", as: MeasureWord.self)
      return nil
    }
    guard
      let keys = MappingReader(
        tree, "the term '\(word)'", keys: ["measure", "weight", "name"] + known, faults: faults)
    else { return nil }
    for key in known { note("\(place).\(key)", keys.line(of: key)) }
    note(place + ".isExact", keys.line(of: "exact"))
    note(place + ".weight", keys.line(of: "weight"))
    note(place + ".name", keys.line(of: "name"))
    guard let measure = MeasureWord(rawValue: word).flatMap({ self.measure($0, keys, place) })
    else {
      return nil
    }
    return Term(
      measure, weight: keys.number("weight", isRequired: false) ?? 1,
      name: keys.text("name", isRequired: false))
  }

  private func entriesKeys(_ tree: YAMLTree) -> [String] {
    guard case .mapping(let entries) = tree.content else { return [] }
    return entries.map(\.key)
  }

  /// The words of measures in a file.
  private enum MeasureWord: String, CaseIterable {
    case compliance, stress, displacement, temperature, warpage, volume, overhang, connectivity
    case thermalStress = "thermal-stress"
    case displacementNorm = "displacement-norm"
    case thermalDistortion = "thermal-distortion"
    case minimumSize = "minimum-size"
    case effectiveStiffness = "effective-stiffness"
    case effectiveConductivity = "effective-conductivity"
    case effectiveExpansion = "effective-expansion"
  }

  /// The keys of each measure beside `measure`, `weight` and `name`.
  private static let measures: [String: [String]] = [
    "compliance": ["reference", "cases"],
    "stress": ["function", "exponent", "relaxation", "limit", "cases"],
    "thermal-stress": ["function", "exponent", "relaxation", "limit"],
    "displacement": ["region", "direction", "cases"],
    "displacement-norm": ["region", "exponent", "cases"],
    "temperature": ["exponent"],
    "thermal-distortion": ["region"],
    "warpage": ["side"],
    "volume": ["target", "exact"],
    "minimum-size": ["erosion", "dilation", "decay"],
    "overhang": ["upwards"],
    "connectivity": ["sweeps"],
    "effective-stiffness": ["row", "column", "target"],
    "effective-conductivity": ["row", "column", "target"],
    "effective-expansion": ["row", "target"],
  ]

  private func measure(_ word: MeasureWord, _ keys: MappingReader, _ place: String) -> Measure? {
    func number(_ key: String, _ standard: Double) -> Double {
      keys.number(key, isRequired: false) ?? standard
    }
    func cases() -> [String]? {
      keys.list("cases", isRequired: false)?.compactMap { item in
        if case .text(let text) = item.content { return text }
        faults.add(item.line, "'cases' lists names of load cases, found \(item.kind)")
        return nil
      }
    }
    /// Files count components from 1.
    func component(_ key: String) -> Int? { keys.whole(key, in: 1...6).map { $0 - 1 } }
    func side(_ key: String, _ standard: GridSide?) -> GridSide? {
      standard != nil && !keys.has(key) ? standard : keys.word(key, as: GridSide.self)
    }
    func target(_ dimension: PhysicalDimension) -> Double? {
      quantity(keys, "target", dimension, isRequired: false)
    }
    switch word {
    case .compliance:
      return .compliance(
        reference: quantity(keys, "reference", .energy, isRequired: false), cases: cases())
    case .stress: return aggregate(keys).map { .stress($0, cases: cases()) }
    case .thermalStress: return aggregate(keys).map { .thermalStress($0) }
    case .displacement:
      guard let region = region(keys, place), let direction = keys.numbers("direction") else {
        return nil
      }
      return .displacement(region: region, direction: direction, cases: cases())
    case .displacementNorm:
      return region(keys, place).map {
        .displacementNorm(region: $0, exponent: number("exponent", 8), cases: cases())
      }
    case .temperature: return .temperature(exponent: number("exponent", 8))
    case .thermalDistortion: return region(keys, place).map { .thermalDistortion(region: $0) }
    case .warpage: return side("side", nil).map { .warpage(side: $0) }
    case .volume:
      return .volume(
        target: keys.number("target", isRequired: false), isExact: keys.flag("exact") ?? false)
    case .minimumSize:
      let standard = MinimumSize()
      return .minimumSize(
        MinimumSize(
          erosion: number("erosion", standard.erosion),
          dilation: number("dilation", standard.dilation), decay: number("decay", standard.decay)))
    case .overhang: return side("upwards", .top).map { .overhang(upwards: $0) }
    case .connectivity:
      return .connectivity(
        sweeps: keys.has("sweeps") ? keys.whole("sweeps", in: 1...1024) ?? 16 : 16)
    case .effectiveStiffness:
      guard let row = component("row"), let column = component("column") else { return nil }
      return .effectiveStiffness(row: row, column: column, target: target(.stress))
    case .effectiveConductivity:
      guard let row = component("row"), let column = component("column") else { return nil }
      return .effectiveConductivity(row: row, column: column, target: target(.conductivity))
    case .effectiveExpansion:
      return component("row").map { .effectiveExpansion(row: $0, target: target(.expansion)) }
    }
  }

  private func aggregate(_ keys: MappingReader) -> Aggregate? {
    let standard = Aggregate()
    let function =
      keys.has("function")
      ? keys.word("function", as: Aggregate.Function.self) : standard.function
    return function.map {
      Aggregate(
        function: $0, exponent: keys.number("exponent", isRequired: false) ?? standard.exponent,
        relaxation: keys.number("relaxation", isRequired: false) ?? standard.relaxation,
        limit: quantity(keys, "limit", .stress, isRequired: false))
    }
  }
}
