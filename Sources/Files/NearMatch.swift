extension StringProtocol {
  /// The text without blanks at both ends.
  package var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace ?? false { text = text.dropFirst() }
    while text.last?.isWhitespace ?? false { text = text.dropLast() }
    return String(text)
  }

  /// At most forty characters, for error texts.
  package var shortened: String { count <= 40 ? String(self) : prefix(39) + "…" }

  /// The word of a list that this one was probably meant to be; `nil` where none is near.
  ///
  /// Near means at most one edit in three letters, case not counted.
  package func nearest(in words: some Sequence<String>) -> String? {
    let word = Array(lowercased().prefix(64))
    let best = words.map { (distance: editDistance(word, Array($0.lowercased())), word: $0) }
      .min { ($0.distance, $0.word) < ($1.distance, $1.word) }
    guard let best, best.distance <= Swift.max(1, word.count / 3), best.distance < word.count
    else { return nil }
    return best.word
  }
}
