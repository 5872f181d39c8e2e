internal import StrictYAML

extension ProblemFileReader {
  /// The region under the key `region`.
  func region(_ keys: MappingReader, _ place: String) -> GridRegion? {
    guard let tree = keys.tree("region"), let region = region(tree, of: keys.subject)
    else { return nil }
    places.note(place + ".region", region: region)
    return region
  }

  private func region(_ tree: YAMLTree, of subject: String) -> GridRegion? {
    let kinds = ["edge", "corner", "box", "disc", "point", "points"]
    let forms =
      "{edge: left}, {corner: [left, bottom]}, {box: [[0, 0], [4, 2]]}, {disc: {center: [8, 8], radius: 2}}, {point: [0, 3]}, {points: [[0, 3], [0, 4]]}"
    let name = "the region of \(subject)"
    guard let keys = MappingReader(tree, name, keys: kinds, faults: faults) else { return nil }
    let stated = kinds.filter(keys.has)
    guard stated.count == 1 else {
      faults.add(tree.line, "\(name) is one of its forms", remedy: "they are \(forms)")
      return nil
    }
    switch stated[0] {
    case "edge": return keys.word("edge", as: GridSide.self).map { .edge(side: $0) }
    case "corner": return words(keys, "corner", as: GridSide.self).map { .corner(sides: $0) }
    case "box":
      guard let corners = keys.numberLists("box", counts: axisCounts) else { return nil }
      guard corners.count == 2 else {
        faults.add(
          keys.line(of: "box"), "'box' of \(name) has \(corners.count) corners",
          remedy: "it has two, such as [[0, 0], [4, 2]]")
        return nil
      }
      return .box(lower: corners[0], upper: corners[1])
    case "disc":
      guard let tree = keys.tree("disc"),
        let keys = MappingReader(tree, "a disc", keys: ["center", "radius"], faults: faults)
      else { return nil }
      let center = keys.numbers("center", counts: axisCounts)
      let radius = keys.number("radius", in: 0...Double.infinity)
      guard let center, let radius else { return nil }
      return .disc(center: center, radius: radius)
    case "point": return keys.numbers("point", counts: axisCounts).map { .point(at: $0) }
    default: return keys.numberLists("points", counts: axisCounts).map { .points(at: $0) }
    }
  }

  /// A list of different words of an enumeration.
  func words<Word: RawRepresentable & CaseIterable & Hashable>(
    _ keys: MappingReader, _ key: String, as type: Word.Type
  ) -> [Word]? where Word.RawValue == String {
    guard let items = keys.list(key) else { return nil }
    let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
    var words: [Word] = []
    for item in items {
      guard case .text(let text) = item.content, let word = Word(rawValue: text) else {
        faults.add(
          item.line, "'\(key)' of \(keys.subject) cannot have \(item.kind)",
          remedy: "it lists some of \(all)")
        continue
      }
      if words.contains(word) {
        faults.add(item.line, "'\(key)' of \(keys.subject) has '\(word.rawValue)' twice")
        continue
      }
      words.append(word)
    }
    return words.count == items.count ? words : nil
  }

  /// A list of texts.
  func texts(_ keys: MappingReader, _ key: String) -> [String]? {
    guard let items = keys.list(key, isRequired: false) else { return nil }
    return items.compactMap { item in
      if case .text(let text) = item.content { return text }
      faults.add(item.line, "'\(key)' of \(keys.subject) lists names, found \(item.kind)")
      return nil
    }
  }
}
