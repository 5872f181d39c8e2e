/// What is different between two runs, or between a run and baselines: an earlier state and a later one.
package struct RunComparison: Codable, Sendable, Equatable {
  /// How much a difference weighs.
  package enum Level: String, Codable, Sendable, Comparable, CaseIterable {
    /// Round-off, or less than the uncertainty of the meshes.
    case same
    /// More than that, with every verdict as it was.
    case moved
    /// A tolerance, a limit or a verdict is touched.
    case matters

    /// By weight.
    package static func < (a: Self, b: Self) -> Bool {
      let order = allCases
      return (order.firstIndex(of: a) ?? 0) < (order.firstIndex(of: b) ?? 0)
    }
  }

  /// What happened to a part.
  package enum Change: String, Codable, Sendable {
    /// The earlier state does not have it.
    case new
    /// The later state does not have it.
    case lost
    /// It passed and does not any more, or came to a worse verdict.
    case broken
    /// It came to a better verdict.
    case mended
    /// Its verdict is what it was.
    case changed
  }

  /// A figure that is different.
  package struct Figure: Codable, Sendable, Equatable {
    /// The quantity, limit or figure of a deck.
    package var quantity: String
    /// The model; `nil` for a bare deck.
    package var model: String?
    /// The unit of the values.
    package var unit: String
    /// The earlier value; `nil` where there was none.
    package var before: Double?
    /// The later value; `nil` where there is none.
    package var after: Double?
    /// Later less earlier.
    package var absolute: Double?
    /// The same over the size of the earlier value; `nil` for an earlier value of 0.
    package var relative: Double?
    /// How much it weighs.
    package var level: Level
    /// What is touched, or what the change is compared with, in words.
    package var reason: String
    /// Where the later value was read, in words.
    package var location: String?
    /// The number of the node, where it is one.
    package var node: Int?
    /// The place in the deck's length unit, where it is one.
    package var position: [Double]?
  }

  /// A field that is different, where its change is largest.
  package struct Field: Codable, Sendable, Equatable {
    /// The model.
    package var model: String
    /// `displacement`, `von_mises`, `temperature`, `error_estimate`, or `position` of nodes themselves.
    package var field: String
    /// The largest change at a node, in the deck's units.
    package var largest: Double
    /// The name of its unit; `nil` for bare decks, which do not say theirs.
    package var unit: String?
    /// The same over the largest size of the field.
    package var relative: Double
    /// The number that the later deck gives the node.
    package var node: Int
    /// Where it is, in the deck's length unit.
    package var position: [Double]
    /// Nodes that lie at one place in both, and all of the later ones.
    package var comparedCount: Int
    /// Nodes of the later model.
    package var nodeCount: Int
    /// How much it weighs; a field by itself never touches a verdict.
    package var level: Level
  }

  /// One part that is different.
  package struct Part: Codable, Sendable, Equatable {
    /// The part's name.
    package var name: String
    /// What happened to it.
    package var change: Change
    /// The weight of the gravest difference.
    package var level: Level
    /// The earlier verdict.
    package var before: Verdict?
    /// The later verdict.
    package var after: Verdict?
    /// Figures that are different, the gravest first, then the largest.
    package var figures: [Figure] = []
    /// Fields that are different, the largest first.
    package var fields: [Field] = []
    /// What else is different, in words: deck, mesh, materials, part file, system of equations.
    package var inputs: [String] = []
  }

  /// Differences of the programs, in words.
  package var programs: [String]
  /// Parts in which something is different, the gravest first.
  package var parts: [Part]
  /// Parts in both states.
  package var comparedCount: Int

  /// How many parts are of a level.
  package func count(of level: Level) -> Int { parts.count { $0.level == level } }

  /// The gravest level.
  package var level: Level { parts.map(\.level).max() ?? .same }

  /// Sorts parts by weight, then name.
  init(programs: [String], parts: [Part], comparedCount: Int) {
    self.programs = programs
    self.comparedCount = comparedCount
    self.parts = parts.sorted { ($1.level, $0.name) < ($0.level, $1.name) }
  }
}

extension RunComparison {
  /// Compares two runs.
  ///
  /// - Throws: `InputFault` for fields that cannot be read.
  /// - Complexity: O(nodes) of the models that both have fields of.
  package init(from earlier: SavedRunFolder, to later: SavedRunFolder) throws {
    let (before, after) = (earlier.record, later.record)
    let old = Dictionary(
      before.parts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let new = Set(after.parts.map(\.name))
    var parts: [Part] = []
    for part in after.parts {
      guard let previous = old[part.name] else {
        parts.append(
          Part(
            name: part.name, change: .new, level: part.verdict == .pass ? .moved : .matters,
            before: nil, after: part.verdict))
        continue
      }
      let comparer = PartComparer(previous, part, earlier, later)
      if let difference = try comparer.difference() { parts.append(difference) }
    }
    for part in before.parts where !new.contains(part.name) {
      parts.append(
        Part(name: part.name, change: .lost, level: .matters, before: part.verdict, after: nil))
    }
    self.init(
      programs: Self.differences(before, after), parts: parts,
      comparedCount: after.parts.count { old[$0.name] != nil })
  }

  private static func differences(_ before: RunRecord, _ after: RunRecord) -> [String] {
    var lines: [String] = []
    func add(_ name: String, _ old: String?, _ new: String?) {
      guard old != new else { return }
      lines.append("\(name): \(old ?? "none") before, \(new ?? "none") now")
    }
    add("gcgan", before.program.version, after.program.version)
    add("commit", before.program.commit, after.program.commit)
    func add(_ old: [String: String], _ new: [String: String], _ suffix: String) {
      for name in Set(old.keys).union(new.keys).sorted() {
        add(name + suffix, old[name], new[name])
      }
    }
    add(before.program.libraries, after.program.libraries, "")
    add(before.kernels, after.kernels, " kernels")
    if before.isInterrupted { lines.append("the earlier run was interrupted: parts are missing") }
    if after.isInterrupted { lines.append("the later run was interrupted: parts are missing") }
    return lines
  }
}
