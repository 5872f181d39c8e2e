/// Lines that say the same of different places, as one.
struct Cause: Equatable {
  /// The first of them.
  var line: String
  /// How many there are.
  var count = 1

  /// The line, and how many more are like it.
  var text: String {
    guard count > 1 else { return line }
    return "\(line)  (and \(count - 1) more like this)"
  }

  /// Lines grouped by what they say, in the order of the first of each: numbers do not count, and neither does the file a line begins with.
  ///
  /// - Parameter byName: Whether names in quotes do not count, either.
  static func grouped(_ lines: [String], byName: Bool = false) -> [Self] {
    var places: [String: Int] = [:]
    var causes: [Self] = []
    for line in lines {
      let key = key(of: line, byName: byName)
      if let place = places[key] {
        causes[place].count += 1
      } else {
        places[key] = causes.count
        causes.append(Self(line: line))
      }
    }
    return causes
  }

  private static func key(of line: String, byName: Bool) -> String {
    var text = line[...]
    // `parts/a/b.inp:12: what is wrong`
    if let place = text.firstRange(of: ": "), text[..<place.lowerBound].last?.isNumber ?? false {
      text = text[place.upperBound...]
    }
    var key = ""
    var isQuoted = false
    for character in text {
      if character == "'" { isQuoted.toggle() }
      if byName && isQuoted { continue }
      if character.isNumber || (".-+".contains(character) && key.last == "#") {
        if key.last != "#" { key.append("#") }
      } else {
        key.append(character)
      }
    }
    return key
  }
}
