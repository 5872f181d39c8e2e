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
    guard !names.isEmpty else { return (problem, "it has none at all") }
    guard names.count <= largestNameCount else { return (problem, "it has \(names.count) others") }
    var listed = names.sorted()
    if let nearest = nearest(to: name, among: listed) {
      listed.removeAll { $0 == nearest }
      listed.insert(nearest, at: 0)
    }
    let rest = listed.count > 12 ? ", and \(listed.count - 12) more" : ""
    return (
      problem,
      "it has \(listed.prefix(12).map(DeckScanner.shortened).joined(separator: ", "))\(rest)"
    )
  }

  /// The first of the names that are most like another; `nil` where none is like it.
  private static func nearest(to name: String, among names: [String]) -> String? {
    let distances = names.map { editDistance(name, $0) }
    guard let least = distances.min(), least <= max(1, name.count / 2) else { return nil }
    return distances.firstIndex(of: least).map { names[$0] }
  }

  /// The number of letters to change, add, drop, or swap with their neighbour.
  ///
  /// - Source: Damerau, *Communications of the ACM* 7 (1964), in the restricted form.
  private static func editDistance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8.prefix(40)), Array(b.utf8.prefix(40)))
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), min(row[j], rows[i][j + 1]) + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, rows[i - 1][j - 1] + 1)
        }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
