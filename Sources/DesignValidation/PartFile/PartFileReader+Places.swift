import Quantities
import StrictYAML

/// Where it is read: `at` and `minus`.
extension PartFileReader {
  func place(_ tree: YAMLTree, key: String) -> Place? {
    let forms =
      "{node: 17}, {set: D}, {point: [0 mm, 0 mm]}, {max-over: D}, {norm-over: D, exponent: 8}, {rms-over: D}, {warp-over: D}, "
      + "{ks-over: D, exponent: 8, scale: 235 MPa}, {pixels: [64, 64], radius: 2}, max, min or max-magnitude"
    if case .text(let text) = tree.content {
      switch text {
      case "max": return .max
      case "min": return .min
      case "max-magnitude": return .maxMagnitude
      default:
        faults.add(
          tree.line, "'\(key)' cannot be '\(text.prefix(40))'", remedy: "it is one of \(forms)")
        return nil
      }
    }
    guard
      let keys = MappingReader(
        tree, "'\(key)'",
        keys: [
          "node", "set", "point", "max-over", "norm-over", "rms-over", "warp-over", "ks-over",
          "exponent",
          "scale", "pixels", "radius", "erosion", "dilation", "decay",
        ], faults: faults)
    else { return nil }
    let stated = [
      "node", "set", "point", "max-over", "norm-over", "rms-over", "warp-over", "ks-over", "pixels",
    ].filter(keys.has)
    guard stated.count == 1 else {
      faults.add(tree.line, "'\(key)' names one place", remedy: "it is one of \(forms)")
      return nil
    }
    for other in ["radius", "erosion", "dilation", "decay"]
    where keys.has(other) && stated[0] != "pixels" {
      faults.add(keys.line(of: other), "'\(other)' does not go with '\(stated[0])'")
    }
    switch stated[0] {
    case "pixels": return pixels(keys)
    case "node": return keys.ordinal("node").map { .node($0) }
    case "set": return keys.text("set").map { .set($0) }
    case "max-over": return keys.text("max-over").map { .maxOver($0) }
    case "norm-over", "rms-over", "warp-over", "ks-over": return norm(keys, stated[0])
    default:
      guard let items = keys.list("point") else { return nil }
      var coordinates: [Quantity] = []
      for item in items {
        guard case .text(let text) = item.content else {
          faults.add(item.line, "a coordinate is a length, found \(item.kind)")
          continue
        }
        do {
          coordinates.append(try Quantity(parsing: text, as: .length))
        } catch {
          faults.add(item.line, "a coordinate of '\(key)': \(error)")
        }
      }
      guard items.count == 2 || items.count == 3 else {
        faults.add(tree.line, "a point has two or three coordinates, found \(items.count)")
        return nil
      }
      return coordinates.count == items.count ? .point(coordinates) : nil
    }
  }

  func pixels(_ keys: MappingReader) -> Place? {
    let radius = keys.number("radius", in: 1...64)
    guard let items = keys.list("pixels") else { return nil }
    let sides = items.compactMap { item -> Int? in
      if case .text(let text) = item.content { Int(text) } else { nil }
    }
    guard sides.count == 2, items.count == 2, sides.allSatisfy({ (1...4096).contains($0) }) else {
      faults.add(
        keys.line(of: "pixels"), "'pixels' has the columns and rows of the grid, 1 to 4096 each",
        remedy: "write for example 'pixels: [64, 32]'")
      return nil
    }
    guard let radius else { return nil }
    var place = PixelPlace(columns: sides[0], rows: sides[1], radius: radius)
    for (key, value) in [
      ("erosion", \PixelPlace.erosion), ("dilation", \PixelPlace.dilation),
      ("decay", \PixelPlace.decay),
    ] {
      if let given = keys.number(key, in: 0...(key == "decay" ? 1e6 : 1), isRequired: false) {
        place[keyPath: value] = given
      }
    }
    guard place.dilation < place.erosion else {
      faults.add(
        keys.line(of: "erosion"), "'dilation' is not below 'erosion'", remedy: "thresholds rise")
      return nil
    }
    return .pixels(place)
  }

  func norm(_ keys: MappingReader, _ key: String) -> Place? {
    let needed =
      ["rms-over", "warp-over"].contains(key)
      ? [] : key == "ks-over" ? ["exponent", "scale"] : ["exponent"]
    for other in ["exponent", "scale"] where keys.has(other) && !needed.contains(other) {
      faults.add(keys.line(of: other), "'\(other)' does not go with '\(key)'")
    }
    let exponent = keys.quantity("exponent", as: .dimensionless, isRequired: needed.count > 0)
    if let exponent, !(exponent.si >= 1 && exponent.si <= 1000) {
      faults.add(
        keys.line(of: "exponent"), "'exponent' of '\(key)' is within 1…1000", remedy: "8 is usual")
    }
    let scale = keys.quantity("scale", isRequired: needed.count > 1)
    if let scale, !(scale.si > 0) {
      faults.add(keys.line(of: "scale"), "'scale' of 'ks-over' is greater than zero")
    }
    guard let tree = keys.tree(key) else { return nil }
    var items = [tree]
    if case .list(let several) = tree.content { items = several }
    let sets = items.compactMap { item in
      if case .text(let text) = item.content, !text.isEmpty { text } else { nil }
    }
    guard !sets.isEmpty, sets.count == items.count else {
      faults.add(
        tree.line, "'\(key)' names a set, or lists one for each step",
        remedy: "write for example '\(key): TIP'")
      return nil
    }
    switch key {
    case "rms-over": return .norm(NormPlace(sets, .rootMeanSquare))
    case "warp-over": return .norm(NormPlace(sets, .warpage))
    case "norm-over": return exponent.map { .norm(NormPlace(sets, .norm(exponent: $0.si))) }
    default:
      guard let exponent, let scale else { return nil }
      return .norm(NormPlace(sets, .ks(exponent: exponent.si, scale: scale)))
    }
  }
}
