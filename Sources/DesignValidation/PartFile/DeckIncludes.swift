internal import Files

/// Which decks of a directory other decks include, so that they are pieces and not decks of their own.
struct DeckIncludes {
  /// For every deck the first that includes it, directly or through others; `nil` where none does.
  private let includers: [Int?]

  /// The deck that includes another one; `nil` where none does.
  func includer(of deck: Int) -> Int? { includers[deck] }

  /// Reads what decks include; each file is read once.
  ///
  /// Decks that include each other in a circle, and that no deck outside includes, stay decks: solving them tells the fault.
  init(among decks: [String]) {
    var includers = [Int?](repeating: nil, count: decks.count)
    // A deck by itself has none to be included by, and need not be read.
    if decks.count > 1 {
      var files = Files()
      let numbers = decks.map { files.number(of: $0) }
      let places = Dictionary(
        zip(numbers, decks.indices), uniquingKeysWith: { first, _ in first })
      let reached = zip(decks, numbers).map { files.reachable(from: $0, number: $1) }
      let included = reached.reduce(into: Set<Int>()) { $0.formUnion($1) }
      for (deck, number) in numbers.enumerated() {
        // Only decks that nobody includes take others away.
        guard let number, !included.contains(number) else { continue }
        for target in reached[deck] {
          if let place = places[target], includers[place] == nil { includers[place] = deck }
        }
      }
    }
    self.includers = includers
  }

  /// Files by number, with the names their `*INCLUDE` cards give.
  private struct Files {
    private var numbers: [FolderListing.Identity: Int] = [:]
    private var names: [[String]] = []

    /// The number of the file at a path, which is read the first time; `nil` where no file is there.
    mutating func number(of path: String) -> Int? {
      guard FilePlace.isFile(path), let identity = FolderListing.Identity(at: path) else {
        return nil
      }
      if let known = numbers[identity] { return known }
      let number = names.count
      numbers[identity] = number
      names.append(IncludeCards.names(inFileAt: path))
      return number
    }

    /// All files that a deck includes, those of circles too. A path in `*INCLUDE` is relative to the deck's folder, in included files as well.
    mutating func reachable(from deck: String, number: Int?) -> Set<Int> {
      guard let number else { return [] }
      let folder = deck.lastIndex(of: "/").map { String(deck[...$0]) } ?? ""
      var reached: Set<Int> = []
      var waiting = names[number]
      while let name = waiting.popLast() {
        let path = name.hasPrefix("/") ? name : folder + name
        if let next = self.number(of: path), reached.insert(next).inserted {
          waiting += names[next]
        }
      }
      return reached
    }
  }
}
