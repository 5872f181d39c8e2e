internal import Quantities
internal import StrictYAML

/// Reads values that have a dimension, and holds a file to one way of writing them: all with units, or none.
final class ProblemUnits {
  private let faults: YAMLFaults
  private var withUnit: [(line: Int, what: String)] = []
  private var plain: [(line: Int, what: String)] = []

  init(faults: YAMLFaults) { self.faults = faults }

  /// Whether a value with its unit was read.
  var areWritten: Bool { !withUnit.isEmpty }

  /// A value in SI units, or the plain number.
  ///
  /// - Parameter isDifference: Whether a temperature is a difference, in which degrees Celsius are kelvins.
  func value(
    _ text: String, line: Int, _ what: String, _ dimension: PhysicalDimension,
    isDifference: Bool = false
  ) -> Double? {
    let quantity: Quantity
    do { quantity = try Quantity(parsing: text) } catch {
      faults.add(line, "\(what): \(error)")
      return nil
    }
    if dimension == .dimensionless {
      if quantity.dimension == .dimensionless { return quantity.si }
    } else if quantity.unit == .one {
      plain.append((line, what))
      return quantity.value
    } else if quantity.dimension == dimension {
      withUnit.append((line, what))
      return isDifference ? quantity.unit.siDifference(quantity.value) : quantity.si
    }
    let error = QuantityError.wrongDimension(
      unit: quantity.unit.symbol, found: quantity.dimension, expected: dimension)
    faults.add(line, "\(what): \(error)")
    return nil
  }

  /// The value of a key.
  func value(
    _ keys: MappingReader, _ key: String, _ dimension: PhysicalDimension,
    isDifference: Bool = false, isRequired: Bool = true
  ) -> Double? {
    guard let text = keys.text(key, isRequired: isRequired) else { return nil }
    return value(
      text, line: keys.line(of: key), "'\(key)' of \(keys.subject)", dimension,
      isDifference: isDifference)
  }

  /// The values of a list.
  func values(_ keys: MappingReader, _ key: String, _ dimension: PhysicalDimension) -> [Double]? {
    guard let items = keys.list(key) else { return nil }
    var values: [Double] = []
    for item in items {
      guard case .text(let text) = item.content else {
        faults.add(item.line, "'\(key)' of \(keys.subject) lists values, found \(item.kind)")
        continue
      }
      if let value = value(text, line: item.line, "'\(key)' of \(keys.subject)", dimension) {
        values.append(value)
      }
    }
    return values.count == items.count ? values : nil
  }

  /// Faults plain numbers in a file that has units.
  func checkThatAllAgree() {
    guard let first = withUnit.min(by: { $0.line < $1.line }) else { return }
    for place in plain {
      faults.add(
        place.line, "\(place.what) has no unit, but \(first.what) in line \(first.line) has one",
        remedy: "write units everywhere, or nowhere: they are never guessed")
    }
  }
}
