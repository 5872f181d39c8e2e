/// The value of a measure's key.
enum MeasureValue: Equatable {
  /// A number, in SI or the problem's own units.
  case number(Double)
  /// A whole number; of a component, from 0.
  case whole(Int)
  case flag(Bool)
  case names([String])
  case numbers([Double])
  case region(GridRegion)
  case side(GridSide)
  case function(Aggregate.Function)

  static func number(_ value: Double?) -> Self? { value.map { .number($0) } }
  static func names(_ values: [String]?) -> Self? { values.map { .names($0) } }
  static func region(_ value: GridRegion?) -> Self? { value.map { .region($0) } }
}

/// The values of a measure's keys by their names; of keys that are not given there is none.
struct MeasureValues: ExpressibleByDictionaryLiteral {
  private var values: [String: MeasureValue] = [:]

  init(dictionaryLiteral elements: (String, MeasureValue?)...) {
    for (key, value) in elements { values[key] = value }
  }

  subscript(_ key: String) -> MeasureValue? {
    get { values[key] }
    set { values[key] = newValue }
  }

  /// The same values and one more.
  func with(_ key: String, _ value: MeasureValue?) -> Self {
    var values = self
    values[key] = value
    return values
  }

  func number(_ key: String) -> Double? {
    if case .number(let value)? = values[key] { value } else { nil }
  }
  func whole(_ key: String) -> Int? {
    if case .whole(let value)? = values[key] { value } else { nil }
  }
  func flag(_ key: String) -> Bool? {
    if case .flag(let value)? = values[key] { value } else { nil }
  }
  func names(_ key: String) -> [String]? {
    if case .names(let value)? = values[key] { value } else { nil }
  }
  func numbers(_ key: String) -> [Double]? {
    if case .numbers(let value)? = values[key] { value } else { nil }
  }
  func region(_ key: String) -> GridRegion? {
    if case .region(let value)? = values[key] { value } else { nil }
  }
  func side(_ key: String) -> GridSide? {
    if case .side(let value)? = values[key] { value } else { nil }
  }
  func function(_ key: String) -> Aggregate.Function? {
    if case .function(let value)? = values[key] { value } else { nil }
  }
}

extension Aggregate {
  /// The aggregate of a measure's keys, the defaults for those that are not given.
  init(_ values: MeasureValues) {
    let standard = Self()
    self.init(
      function: values.function("function") ?? standard.function,
      exponent: values.number("exponent") ?? standard.exponent,
      relaxation: values.number("relaxation") ?? standard.relaxation, limit: values.number("limit"),
      away: values.number("away") ?? standard.away, region: values.region("region"))
  }

  /// The values of its keys.
  var values: MeasureValues {
    [
      "function": .function(function), "exponent": .number(exponent),
      "relaxation": .number(relaxation), "limit": .number(limit),
      "away": .number(away == 0 ? nil : away), "region": .region(region),
    ]
  }

  /// What is wrong beyond its values.
  ///
  /// - Parameter cases: The load cases it is taken in; `nil` for temperatures alone.
  func faults(in problem: ManufacturabilityProblem, cases: [Int?]) -> [ProblemFault] {
    var faults: [ProblemFault] = []
    if function == .ks && limit == nil {
      faults.append(
        ProblemFault(
          "limit", "'ks' needs a stress to measure by", remedy: "give a limit, or take p-norm"))
    }
    if let region, problem.grid.elements(in: region).isEmpty {
      faults.append(.empty("region"))
      return faults
    }
    guard away > 0, away.isFinite else { return faults }
    for loadCase in cases {
      guard
        problem.elementsNotCounted(self, inCase: loadCase).count == problem.grid.elementCount
      else { continue }
      let place = loadCase.map { " of load case '\(problem.loadCases[$0].name)'" } ?? ""
      faults.append(
        ProblemFault(
          "away",
          "no element is left: all are nearer than \(away.shortText) to an end of a support or a load at a point\(place)",
          remedy: "make it less"))
    }
    return faults
  }
}

extension MinimumSize {
  /// The constants of a measure's keys, the defaults for those that are not given.
  init(_ values: MeasureValues) {
    let standard = Self()
    self.init(
      erosion: values.number("erosion") ?? standard.erosion,
      dilation: values.number("dilation") ?? standard.dilation,
      decay: values.number("decay") ?? standard.decay, radius: values.number("radius"))
  }
}
