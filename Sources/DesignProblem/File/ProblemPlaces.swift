/// Where the properties of a problem stand in its file: from places of faults, such as `supports[1].region`, to lines and words.
struct ProblemPlaces {
  private var lines: [String: Int] = [:]
  private var regions: [String: String] = [:]

  /// Notes the line of a place.
  mutating func note(_ place: String, line: Int) { lines[place] = line }

  /// Notes the region that stands at a place.
  mutating func note(_ place: String, region: GridRegion) { regions[place] = region.text }

  /// The line of a place, or of what it belongs to.
  func line(of place: String) -> Int {
    var prefix = place[...]
    while !prefix.isEmpty {
      if let line = lines[String(prefix)] { return line }
      guard let cut = prefix.lastIndex(where: { $0 == "." || $0 == "[" }) else { return 1 }
      prefix = prefix[..<cut]
    }
    return 1
  }

  /// A place in the words of the file: `'force' of item 2 of 'loads' of item 1 of 'load-cases'`.
  func words(for place: String) -> String {
    var words: [String] = []
    for component in place.split(separator: ".").reversed() {
      let parts = component.split(whereSeparator: { $0 == "[" || $0 == "]" })
      guard let name = parts.first.map({ Self.key(String($0)) }) else { continue }
      if parts.count > 1, let index = Int(parts[1]) { words.append("item \(index + 1)") }
      words.append("'\(name)'")
    }
    if let region = regions[place], !words.isEmpty { words[0] = "the region \(region)" }
    return words.joined(separator: " of ")
  }

  /// The key of a property: `pixel-size` of `pixelSize`.
  static func key(_ property: String) -> String {
    var key = ""
    for letter in property {
      if letter.isUppercase { key += "-" }
      key += letter.lowercased()
    }
    return key
  }

  /// The property of a key: `pixelSize` of `pixel-size`.
  static func property(_ key: String) -> String {
    let parts = key.split(separator: "-")
    return parts.dropFirst().reduce(String(parts.first ?? "")) {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }
}

extension GridRegion {
  /// As a problem file writes it.
  var text: String {
    func list(_ numbers: [Double]) -> String {
      "[" + numbers.map { $0.shortText }.joined(separator: ", ") + "]"
    }
    return switch self {
    case .edge(let side): "{edge: \(side.rawValue)}"
    case .corner(let sides): "{corner: [\(sides.map(\.rawValue).joined(separator: ", "))]}"
    case .box(let lower, let upper): "{box: [\(list(lower)), \(list(upper))]}"
    case .disc(let center, let radius):
      "{disc: {center: \(list(center)), radius: \(radius.shortText)}}"
    case .point(let point): "{point: \(list(point))}"
    case .points(let points): "{points: [\(points.map(list).joined(separator: ", "))]}"
    }
  }
}

extension Double {
  /// The shortest text that reads as the same number, whole numbers without a point.
  var shortText: String {
    self == rounded() && abs(self) < 1e15 && !(self == 0 && sign == .minus)
      ? "\(Int(self))" : "\(self)"
  }
}
