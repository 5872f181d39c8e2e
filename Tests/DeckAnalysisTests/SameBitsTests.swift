import DeckLanguage
import Foundation
import TestSupport
import Testing
import ThermoElasticity

@testable import DeckAnalysis
@testable import Files

/// The files of a deck are the same, bit by bit, however often and on however many threads it is solved.
@Suite("Same bits") struct SameBitsTests {
  /// The files of one run by name; of the `.json` what is not time, memory or the number of threads.
  private static func files(of deck: Deck, threads: Int) throws -> [String: Data] {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? files.removeItem(at: folder) }
    return try onThreads(threads) {
      let solved = try SolvedDeck(
        solving: deck, name: "deck.inp", options: .init(planeStress: .calculiX))
      var contents: [String: Data] = [:]
      for name in try solved.write(to: folder.path, name: "deck.inp") {
        let data = try Data(contentsOf: folder.appending(path: name))
        contents[name] = data
        guard name.hasSuffix(".json"),
          var object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { continue }
        for key in ["secondsByStage", "peakMemoryBytes", "threads"] {
          #expect(object.removeValue(forKey: key) != nil)
        }
        contents[name] = try JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
      }
      return contents
    }
  }

  @Test(
    "one thread, two threads and once more give the same files",
    arguments: [
      "material-aniso-cylindrical", "heat-then-static", "plane-stress-cps8", "conductivity-table",
      "section-print",
    ])
  func sameFiles(_ name: String) throws {
    try compare(Deck(contentsOf: OracleTests.folder.appending(path: name + ".inp").path))
  }

  @Test func `so does a part large enough to be divided among threads`() throws {
    let path = OracleTests.folder.appending(path: "solid-c3d8.inp").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    // Many copies of a small part side by side, each held by its own supports.
    try compare(Deck(bytes: Array(Self.copies(of: text, 60).utf8), name: "deck.inp"))
  }

  private func compare(_ deck: Deck) throws {
    let once = try Self.files(of: deck, threads: 1)
    #expect(once.count >= 3)
    #expect(once.values.allSatisfy { !$0.isEmpty })
    for threads in [1, 2] {
      let again = try Self.files(of: deck, threads: threads)
      #expect(Set(again.keys) == Set(once.keys))
      for (name, data) in once {
        #expect(again[name] == data, "\(name) on \(threads) threads")
      }
    }
  }

  /// A deck with its nodes and cells repeated, all in the sets of the first.
  private static func copies(of deck: String, _ count: Int) -> String {
    var lines: [String] = []
    var keyword = ""
    for line in deck.split(separator: "\n").map(String.init) {
      if line.hasPrefix("*") { keyword = line }
      let fields = line.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      let isNode = keyword.hasPrefix("*NODE,") && !line.hasPrefix("*")
      let isMember =
        (keyword.hasPrefix("*ELEMENT") || keyword.hasPrefix("*NSET, NSET=LEFT"))
        && !line.hasPrefix("*")
      guard isNode || isMember else {
        lines.append(line)
        continue
      }
      for copy in 0..<count {
        lines.append(
          fields.enumerated().map { index, field in
            guard let number = Int(field) else { return field }
            return isNode && index > 0 ? field : String(number + 1000 * copy)
          }.joined(separator: ", "))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
