/// Node sets or cell sets of a deck while they are read.
struct AbaqusSets {
  /// What they are, for messages: `node set`.
  let kind: String
  /// The parameter that names them: `NSET`.
  let label: String
  /// Members by name; they may repeat.
  private(set) var members: [String: [Int32]] = [:]
  /// Where a name is given first.
  private(set) var places: [String: InputFault.Location] = [:]

  init(kind: String, label: String) {
    self.kind = kind
    self.label = label
  }

  /// Adds members to a set, which is made where it is not there.
  mutating func append(_ new: [Int32], to name: String, at place: InputFault.Location) {
    members[name, default: []] += new
    if places[name] == nil { places[name] = place }
  }

  /// The name among those given that is most like another; `nil` where none is like it.
  static func nearest(to name: String, among names: some Sequence<String>) -> String? {
    var best: (name: String, distance: Int)?
    for candidate in names {
      let distance = editDistance(name, candidate)
      if distance < best?.distance ?? Int.max
        || (distance == best?.distance && candidate < best?.name ?? "")
      {
        best = (candidate, distance)
      }
    }
    guard let best, best.distance <= max(1, name.count / 2) else { return nil }
    return best.name
  }

  /// The number of letters to change, add or drop.
  private static func editDistance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8.prefix(80)), Array(b.utf8.prefix(80)))
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let cost = min(diagonal + (letter == b[j] ? 0 : 1), row[j] + 1, row[j + 1] + 1)
        diagonal = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[b.count]
  }
}

/// What a message offers in place of a name that is not there.
package enum Suggestion {
  /// `the deck has no node set named 'TPI'; it has TIP, FIN, RIM`: the likeliest name first.
  ///
  /// - Parameters:
  ///   - kind: What is looked for: `node set`.
  ///   - name: The name that is not there.
  ///   - names: The names that are.
  package static func missing(
    _ kind: String, named name: String, among names: some Collection<String>
  ) -> (problem: String, remedy: String) {
    let problem = "the deck has no \(kind) named '\(DeckScanner.shortened(name))'"
    guard !names.isEmpty else { return (problem, "it has none at all") }
    var listed = names.sorted()
    if let nearest = AbaqusSets.nearest(to: name, among: names) {
      listed.removeAll { $0 == nearest }
      listed.insert(nearest, at: 0)
    }
    let rest = listed.count > 12 ? ", and \(listed.count - 12) more" : ""
    return (problem, "it has \(listed.prefix(12).joined(separator: ", "))\(rest)")
  }
}
