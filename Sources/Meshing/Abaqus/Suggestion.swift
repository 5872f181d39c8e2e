internal import Files

/// What a message offers in place of a name that is not there.
package enum Suggestion {
  /// Names among which the nearest is looked for; with more, only their number is said.
  private static let largestNameCount = 1000

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
    guard !names.isEmpty else { return (problem, "it has none") }
    guard names.count <= largestNameCount else { return (problem, "it has \(names.count) others") }
    var listed = names.sorted()
    if let nearest = nearest(to: name, among: listed) {
      listed.removeAll { $0 == nearest }
      listed.insert(nearest, at: 0)
    }
    let others = listed.count > 12 ? ", and \(listed.count - 12) more" : ""
    return (
      problem,
      "it has \(listed.prefix(12).map(DeckScanner.shortened).joined(separator: ", "))\(others)"
    )
  }

  /// The first of the names that are most like another; `nil` where none is like it.
  private static func nearest(to name: String, among names: [String]) -> String? {
    let distances = names.map {
      editDistance(Array(name.utf8.prefix(40)), Array($0.utf8.prefix(40)))
    }
    guard let least = distances.min(), least <= max(1, name.count / 2) else { return nil }
    return distances.firstIndex(of: least).map { names[$0] }
  }
}
