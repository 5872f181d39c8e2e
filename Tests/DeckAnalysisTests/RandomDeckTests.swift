import Files
import Foundation
import Synchronization
import Testing

/// Random decks, solved by CalculiX and by us, number by number.
///
/// `GCGAN_RANDOM_DECKS` says how many (200 otherwise), `GCGAN_RANDOM_FIRST` which seed is the first (1); `GCGAN_RANDOM_KEEP=1` keeps
/// all decks, not only those that nothing explains.
@Suite("Random decks beside CalculiX 2.20") struct RandomDeckTests {
  /// A whole number from the environment.
  static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
  }

  /// Where decks are kept that nothing explains.
  static let folder = FileManager.default.temporaryDirectory.appending(path: "gcgan-random-decks")

  @Test func `each is equal, refused, or differs as one of the named differences says`() throws {
    let (first, count) = (
      Self.setting("GCGAN_RANDOM_FIRST", 1), Self.setting("GCGAN_RANDOM_DECKS", 200)
    )
    let files = FileManager.default
    try files.createDirectory(at: Self.folder, withIntermediateDirectories: true)
    let tally = Mutex<[String: [Int]]>([:])
    // Two at a time: while CalculiX works for one thread the other solves in this process.
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let seed = first + index
      let deck = RandomDeck(seed: seed)
      let place = Self.folder.appending(path: "\(seed).inp")
      // Written before it is solved: should this process end, the deck is there.
      try? deck.text.write(to: place, atomically: false, encoding: .utf8)
      do {
        let verdict = try RandomDeckVerdict(deck.text)
        tally.withLock { $0[verdict.label, default: []].append(seed) }
        if case .unexplained(let text) = verdict {
          Issue.record("deck \(seed), kept as \(place.path): \(text)")
        } else if Self.setting("GCGAN_RANDOM_KEEP", 0) == 0 {
          try? files.removeItem(at: place)
        }
      } catch {
        Issue.record("deck \(seed), kept as \(place.path): \(error)")
      }
    }
    let seeds = tally.withLock { $0 }
    let counts = seeds.mapValues(\.count)
    for (label, number) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      let some = (seeds[label] ?? []).sorted().prefix(6).map(String.init)
      print("random decks: \(number) \(label) (\(some.joined(separator: ", ")) …)")
    }
    #expect(counts.values.reduce(0, +) == count)
    // A comparison that everything passes would be none: most decks are to be equal, not explained away.
    #expect((counts["equal"] ?? 0) * 10 >= count * 6)
  }

  @Test func `a seed makes the same deck each time, another seed another deck`() {
    #expect(RandomDeck(seed: 7).text == RandomDeck(seed: 7).text)
    #expect(RandomDeck(seed: 7).text != RandomDeck(seed: 8).text)
  }

  @Test func `the named differences are at most fourteen`() {
    #expect(NamedDifference.allCases.count <= 14)
  }
}
