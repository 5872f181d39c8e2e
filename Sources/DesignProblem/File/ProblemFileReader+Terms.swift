internal import Quantities
internal import StrictYAML

/// The name of a measure in a file.
private struct MeasureName: RawRepresentable, CaseIterable {
  let rawValue: String

  init?(rawValue: String) {
    guard MeasureRow.named(rawValue) != nil else { return nil }
    self.rawValue = rawValue
  }

  static var allCases: [Self] { MeasureRow.all.compactMap { Self(rawValue: $0.name) } }
}

extension ProblemFileReader {
  func term(_ tree: YAMLTree, _ place: String) -> Term? {
    let common = ["measure", "name", "weight"]
    // The measure says which keys there are, so it is looked up first; that it is missing is told with all keys known.
    var row: MeasureRow?
    if case .mapping(let entries) = tree.content,
      case .text(let text)? = entries.first(where: { $0.key == "measure" })?.value.content
    {
      row = MeasureRow.named(text)
    }
    let known = common + (row.map { [$0] } ?? MeasureRow.all).flatMap(\.keys).map(\.name).uniqued
    let subject = row.map { "a term of '\($0.name)'" } ?? "a term"
    guard let keys = mapping(tree, subject, known, at: place) else { return nil }
    let name = keys.text("name", isRequired: false)
    let weight = keys.number("weight", isRequired: false) ?? 1
    guard keys.word("measure", as: MeasureName.self) != nil, let row,
      let measure = row.make(values(of: row, keys, place))
    else { return nil }
    return Term(measure, weight: weight, name: name)
  }

  private func values(of row: MeasureRow, _ keys: MappingReader, _ place: String) -> MeasureValues {
    var values: MeasureValues = [:]
    for key in row.keys { values[key.name] = value(of: key, keys, place) }
    return values
  }

  private func value(
    of key: MeasureKey, _ keys: MappingReader, _ place: String
  ) -> MeasureValue? {
    let (name, isRequired) = (key.name, key.isRequired)
    switch key.kind {
    case .cases: return .names(texts(keys, name))
    case .region:
      return isRequired || keys.has(name) ? region(keys, place).map { .region($0) } : nil
    case .direction: return keys.numbers(name, counts: axisCounts).map { .numbers($0) }
    case .strainDirection: return keys.numbers(name).map { .numbers($0) }
    case .stresses: return units.values(keys, name, .stress).map { .numbers($0) }
    case .side:
      return keys.word(name, as: GridSide.self, isRequired: isRequired).map { .side($0) }
    case .exponent, .positive, .notNegative, .number:
      return .number(keys.number(name, isRequired: isRequired))
    case .quantity(let dimension), .positiveQuantity(let dimension):
      return .number(units.value(keys, name, dimension, isRequired: isRequired))
    case .flag: return keys.flag(name).map { .flag($0) }
    case .whole(let range):
      return keys.whole(name, in: range, isRequired: isRequired).map { .whole($0) }
    case .strainComponent, .axisComponent:
      return keys.whole(name, in: 1...6, isRequired: isRequired).map { .whole($0 - 1) }
    case .function:
      return keys.word(name, as: Aggregate.Function.self, isRequired: isRequired)
        .map { .function($0) }
    }
  }
}

extension [String] {
  /// The texts without repetitions, in their order.
  fileprivate var uniqued: Self {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
