import Quantities
import StrictYAML

/// An item of `limits`.
extension PartFileReader {
  func limit(_ tree: YAMLTree, units: UnitSystem?, models: [PartModel]) -> PartLimit? {
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

  func singularPlaces(_ tree: YAMLTree) -> SingularPlaces? {
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
}
