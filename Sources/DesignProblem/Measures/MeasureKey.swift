internal import Files
internal import Quantities

/// A key of a measure in problem files.
package struct MeasureKey: Sendable {
  /// What the value is; reader, writer, checks and schema follow from it.
  enum Kind: Sendable {
    /// Names of load cases.
    case cases
    case region
    /// As many numbers as the grid has axes, not all 0.
    case direction
    /// As many numbers as strain has components, not all 0.
    case strainDirection
    /// As many stresses as strain has components, not all 0.
    case stresses
    case side
    /// Of a norm: 1 to 1000.
    case exponent
    /// A number above 0, checked by the measure.
    case positive
    /// A number from 0 on.
    case notNegative
    /// A number within a range.
    case number(ClosedRange<Double>)
    /// A finite value with a dimension.
    case quantity(PhysicalDimension)
    /// A value above 0 with a dimension.
    case positiveQuantity(PhysicalDimension)
    case flag
    case whole(ClosedRange<Int>)
    /// A component of strain in Voigt's order: in files from 1, inside from 0.
    case strainComponent
    /// An axis of the grid: in files from 1, inside from 0.
    case axisComponent
    /// How values become one number.
    case function
  }

  /// The key.
  package let name: String
  let kind: Kind
  let isRequired: Bool
  /// The value where the key is not given, for the page on problem files; empty where there is none.
  package let standard: String

  init(_ name: String, _ kind: Kind, standard: String = "", isRequired: Bool = false) {
    (self.name, self.kind, self.standard, self.isRequired) = (name, kind, standard, isRequired)
  }

  /// What is wrong with a value.
  func faults(of value: MeasureValue?, in problem: ManufacturabilityProblem) -> [ProblemFault] {
    func fault(_ holds: Bool, _ problem: String, remedy: String = "") -> [ProblemFault] {
      holds ? [] : [ProblemFault(name, problem, remedy: remedy)]
    }
    let grid = problem.grid
    switch (kind, value) {
    case (.cases, let value):
      let known = problem.loadCases.map(\.name)
      var faults: [ProblemFault] = []
      if known.isEmpty { faults.append(.init("", "the problem has no load case to measure it in")) }
      guard case .names(let names)? = value else { return faults }
      for name in names where !known.contains(name) {
        faults += fault(
          false, "there is no load case '\(name)'",
          remedy: "there are \(known.joined(separator: ", "))")
      }
      return faults + fault(!names.isEmpty, "the list is empty")
    case (.region, .region(let region)?):
      return grid.nodes(in: region).isEmpty ? [.empty(name)] : []
    case (.direction, .numbers(let direction)?):
      return fault(
        direction.count == grid.axisCount && direction.allSatisfy(\.isFinite)
          && !direction.allSatisfy { $0 == 0 }, "\(direction) is no direction of the grid")
    case (.strainDirection, .numbers(let values)?), (.stresses, .numbers(let values)?):
      let count = grid.isPlane ? 3 : 6
      return fault(
        values.count == count && values.allSatisfy(\.isFinite)
          && !values.allSatisfy { $0 == 0 },
        "\(values) are not \(count) components of a stress, one of them not 0",
        remedy: grid.isPlane ? "write xx, yy, xy" : "write xx, yy, zz, xy, xz, yz")
    case (.side, .side(let side)?):
      return fault(
        side.axis < grid.axisCount, "a plane grid has no side '\(side.rawValue)'")
    case (.exponent, .number(let value)?):
      return fault(value >= 1 && value <= 1000, "\(value) is not within 1…1000: no norm")
    case (.notNegative, .number(let value)?):
      return fault(value >= 0 && value.isFinite, "\(value) is negative")
    case (.number(let range), .number(let value)?):
      return fault(
        range.contains(value),
        "\(value) is not within \(range.lowerBound.shortText)…\(range.upperBound.shortText)")
    case (.quantity, .number(let value)?): return fault(value.isFinite, "it is not finite")
    case (.positiveQuantity, .number(let value)?):
      return fault(value > 0 && value.isFinite, "\(value) is not positive")
    case (.whole(let range), .whole(let value)?):
      return fault(
        range.contains(value), "\(value) is not within \(range.lowerBound)…\(range.upperBound)")
    case (.strainComponent, .whole(let value)?), (.axisComponent, .whole(let value)?):
      var count = grid.axisCount
      if case .strainComponent = kind { count = grid.isPlane ? 3 : 6 }
      return fault(
        (0..<count).contains(value), "there is no component \(value + 1)", remedy: "1 to \(count)")
    default: return []
    }
  }

  /// What the schema says of a value.
  var schema: JSONText {
    func reference(_ name: String) -> JSONText { .object([("$ref", .string("#/$defs/" + name))]) }
    func whole(_ range: ClosedRange<Int>) -> JSONText {
      .object([
        ("type", .string("integer")), ("minimum", .integer(range.lowerBound)),
        ("maximum", .integer(range.upperBound)),
      ])
    }
    switch kind {
    case .cases: return reference("cases")
    case .region: return reference("region")
    case .direction: return reference("point")
    case .strainDirection, .stresses:
      return .object([
        ("type", .string("array")), ("items", reference("value")), ("minItems", .integer(3)),
        ("maxItems", .integer(6)),
      ])
    case .side: return reference("side")
    case .exponent, .positive: return reference("positive")
    case .notNegative, .number: return reference("notNegative")
    case .quantity, .positiveQuantity: return reference("value")
    case .flag: return .object([("type", .string("boolean"))])
    case .whole(let range): return whole(range)
    case .strainComponent, .axisComponent: return whole(1...6)
    case .function:
      return .object([
        ("enum", .array(Aggregate.Function.allCases.map { .string($0.rawValue) }))
      ])
    }
  }
}

extension MeasureRow {
  /// What the schema says of a term of this measure.
  var schema: JSONText {
    func reference(_ name: String) -> JSONText { .object([("$ref", .string("#/$defs/" + name))]) }
    return .object([
      ("type", .string("object")), ("additionalProperties", .boolean(false)),
      (
        "properties",
        .object(
          [
            ("measure", .object([("const", .string(name))])), ("name", reference("text")),
            ("weight", reference("notNegative")),
          ] + keys.map { ($0.name, $0.schema) })
      ),
      (
        "required",
        .array((["measure"] + keys.filter(\.isRequired).map(\.name)).map { .string($0) })
      ),
    ])
  }
}
