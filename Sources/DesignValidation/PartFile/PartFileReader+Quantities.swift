import Quantities
import StrictYAML

/// An item of `quantities`: what is read, its reference and its tolerance.
extension PartFileReader {
  func quantity(_ tree: YAMLTree, units: UnitSystem?, models: [PartModel]) -> PartQuantity? {
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

  func reference(_ tree: YAMLTree, reading: PartReading?) -> Reference? {
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
  func spread(_ key: String, _ keys: MappingReader, dimension: PhysicalDimension?)
    -> Spread?
  {
    guard let quantity = keys.quantity(key, isRequired: false) else { return nil }
    return spread(quantity, key, keys, dimension: dimension)
  }

  func spread(
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

  func tolerance(_ tree: YAMLTree, of reference: Reference?, dimension: PhysicalDimension?)
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
