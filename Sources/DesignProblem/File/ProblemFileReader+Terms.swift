internal import Quantities
internal import StrictYAML

/// The names of measures in files, and the keys that each has beside `measure`, `name` and `weight`.
enum MeasureWord: String, CaseIterable {
  case compliance, stress
  case thermalStress = "thermal-stress"
  case displacement
  case displacementNorm = "displacement-norm"
  case temperature
  case thermalDistortion = "thermal-distortion"
  case warpage, volume
  case minimumSize = "minimum-size"
  case overhang, connectivity
  case effectiveStiffness = "effective-stiffness"
  case effectiveConductivity = "effective-conductivity"
  case effectiveExpansion = "effective-expansion"

  var keys: [String] {
    switch self {
    case .compliance: ["reference", "cases"]
    case .stress: ["function", "exponent", "relaxation", "limit", "cases"]
    case .thermalStress: ["function", "exponent", "relaxation", "limit"]
    case .displacement: ["region", "direction", "cases"]
    case .displacementNorm: ["region", "exponent", "cases"]
    case .temperature: ["exponent"]
    case .thermalDistortion: ["region"]
    case .warpage: ["side"]
    case .volume: ["target", "exact"]
    case .minimumSize: ["erosion", "dilation", "decay"]
    case .overhang: ["upwards"]
    case .connectivity: ["sweeps"]
    case .effectiveStiffness, .effectiveConductivity: ["row", "column", "target"]
    case .effectiveExpansion: ["row", "target"]
    }
  }
}

extension Measure {
  /// What the value of the term is.
  var dimension: PhysicalDimension {
    switch self {
    case .compliance(let reference, _): reference == nil ? .energy : .dimensionless
    case .stress(let aggregate, _), .thermalStress(let aggregate):
      aggregate.limit == nil ? .stress : .dimensionless
    case .displacement, .displacementNorm, .thermalDistortion, .warpage: .length
    case .temperature: .temperature
    case .volume, .minimumSize, .overhang, .connectivity: .dimensionless
    case .effectiveStiffness(_, _, let target): target == nil ? .stress : .dimensionless
    case .effectiveConductivity(_, _, let target): target == nil ? .conductivity : .dimensionless
    case .effectiveExpansion(_, let target): target == nil ? .expansion : .dimensionless
    }
  }
}

extension ProblemFileReader {
  func term(_ tree: YAMLTree, _ place: String) -> Term? {
    let common = ["measure", "name", "weight"]
    // The measure says which keys there are, so it is looked up first; that it is missing is told with all keys known.
    var word: MeasureWord?
    if case .mapping(let entries) = tree.content,
      case .text(let text)? = entries.first(where: { $0.key == "measure" })?.value.content
    {
      word = MeasureWord(rawValue: text)
    }
    let known = common + (word?.keys ?? MeasureWord.allCases.flatMap(\.keys).uniqued)
    let subject = word.map { "a term of '\($0.rawValue)'" } ?? "a term"
    guard let keys = mapping(tree, subject, known, at: place) else { return nil }
    let name = keys.text("name", isRequired: false)
    let weight = keys.number("weight", isRequired: false) ?? 1
    guard let word = keys.word("measure", as: MeasureWord.self),
      let measure = measure(word, keys, place)
    else { return nil }
    return Term(measure, weight: weight, name: name)
  }

  private func measure(_ word: MeasureWord, _ keys: MappingReader, _ place: String) -> Measure? {
    let cases = word.keys.contains("cases") ? texts(keys, "cases") : nil
    switch word {
    case .compliance:
      return .compliance(
        reference: units.value(keys, "reference", .energy, isRequired: false), cases: cases)
    case .stress: return .stress(aggregate(keys), cases: cases)
    case .thermalStress: return .thermalStress(aggregate(keys))
    case .displacement:
      let region = self.region(keys, place)
      let direction = keys.numbers("direction", counts: axisCounts)
      guard let region, let direction else { return nil }
      return .displacement(region: region, direction: direction, cases: cases)
    case .displacementNorm:
      let exponent = keys.number("exponent", isRequired: false) ?? 8
      return region(keys, place).map {
        .displacementNorm(region: $0, exponent: exponent, cases: cases)
      }
    case .temperature:
      return .temperature(exponent: keys.number("exponent", isRequired: false) ?? 8)
    case .thermalDistortion: return region(keys, place).map { .thermalDistortion(region: $0) }
    case .warpage: return keys.word("side", as: GridSide.self).map { .warpage(side: $0) }
    case .volume:
      return .volume(
        target: keys.number("target", isRequired: false), isExact: keys.flag("exact") ?? false)
    case .minimumSize:
      let standard = MinimumSize()
      return .minimumSize(
        MinimumSize(
          erosion: keys.number("erosion", isRequired: false) ?? standard.erosion,
          dilation: keys.number("dilation", isRequired: false) ?? standard.dilation,
          decay: keys.number("decay", isRequired: false) ?? standard.decay))
    case .overhang:
      return .overhang(
        upwards: keys.word("upwards", as: GridSide.self, isRequired: false) ?? .top)
    case .connectivity:
      return .connectivity(sweeps: keys.whole("sweeps", in: 1...1024, isRequired: false) ?? 16)
    case .effectiveStiffness:
      return component(keys, .stress) { .effectiveStiffness(row: $0, column: $1, target: $2) }
    case .effectiveConductivity:
      return component(keys, .conductivity) {
        .effectiveConductivity(row: $0, column: $1, target: $2)
      }
    case .effectiveExpansion:
      let target = units.value(keys, "target", .expansion, isRequired: false)
      return keys.whole("row", in: 1...6).map { .effectiveExpansion(row: $0 - 1, target: target) }
    }
  }

  private func component(
    _ keys: MappingReader, _ dimension: PhysicalDimension, _ make: (Int, Int, Double?) -> Measure
  ) -> Measure? {
    let target = units.value(keys, "target", dimension, isRequired: false)
    let row = keys.whole("row", in: 1...6)
    let column = keys.whole("column", in: 1...6)
    guard let row, let column else { return nil }
    return make(row - 1, column - 1, target)
  }

  private func aggregate(_ keys: MappingReader) -> Aggregate {
    let standard = Aggregate()
    return Aggregate(
      function: keys.word("function", as: Aggregate.Function.self, isRequired: false)
        ?? standard.function,
      exponent: keys.number("exponent", isRequired: false) ?? standard.exponent,
      relaxation: keys.number("relaxation", isRequired: false) ?? standard.relaxation,
      limit: units.value(keys, "limit", .stress, isRequired: false))
  }
}

extension [String] {
  /// The texts without repetitions, in their order.
  fileprivate var uniqued: Self {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
