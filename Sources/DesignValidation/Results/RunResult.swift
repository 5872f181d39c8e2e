package import ProgramSupport

/// Everything one run found; all reports are views of it.
///
/// It holds no times, paths of the machine or anything else that changes from run to run: the same parts
/// give the same bytes.
package struct RunResult: Codable, Sendable, Equatable {
  /// The version of these keys.
  package static let currentSchema = 2

  /// The version of the keys this result was written with.
  package var schemaVersion: Int
  /// The program and its libraries.
  package var program: ProgramVersion
  /// The directory as the user named it; several are joined by a comma.
  package var directory: String
  /// What was passed over in it, and why, in a line each; `nil` where nothing was.
  package var notes: [String]?
  /// Whether the run was interrupted, so that parts are missing.
  package var isInterrupted: Bool
  /// Whether the run ends at the first part that fails; `nil` where it does not.
  package var failsFast: Bool?
  /// Which share of a run this is; `nil` for a whole one.
  package var shard: Shard?
  /// All parts of the run, in order, where this result need not have all of them: of a shard, an interrupted run, or one that ended at a failure.
  package var allParts: [PartLabel]?
  /// How many parts came to each verdict.
  package var counts: [String: Int]
  /// The parts, in the order of their names.
  package var parts: [PartResult]

  /// The result of a run.
  package init(
    program: ProgramVersion, directory: String, parts: [PartResult], isInterrupted: Bool = false,
    notes: [String] = []
  ) {
    self.notes = notes.isEmpty ? nil : notes
    schemaVersion = Self.currentSchema
    self.program = program
    self.directory = directory
    self.isInterrupted = isInterrupted
    self.parts = parts.sorted { ($0.name, $0.path) < ($1.name, $1.path) }
    counts = Self.counts(of: parts)
  }

  /// How many parts came to each verdict.
  static func counts(of parts: [PartResult]) -> [String: Int] {
    Dictionary(
      uniqueKeysWithValues: Verdict.allCases.map { verdict in
        (verdict.rawValue, parts.count { $0.verdict == verdict })
      })
  }

  /// Parts that this result should have and has not, in order: of an interrupted run, or of one that ended at a failure.
  package var missingParts: [PartLabel] {
    let present = Set(parts.map { PartLabel(name: $0.name, path: $0.path) })
    return (allParts ?? []).enumerated().filter { place, label in
      (shard?.takes(place) ?? true) && !present.contains(label)
    }.map(\.element)
  }

  /// The exit code of the run.
  ///
  /// A shard may have no parts although the run has some: it passes. Where several apply: an interrupted run says nothing of the rest; a part without an answer outweighs a failed check, since the list of
  /// failed checks is then incomplete; a failed check outweighs an undecided one.
  package var exitCode: ProgramStatus {
    if isInterrupted { return .interrupted }
    if parts.isEmpty { return allParts?.isEmpty ?? true ? .nothingFound : .success }
    switch Verdict.worst(of: parts.map(\.verdict)) {
    case .pass: return .success
    case .undecided, .notCapable: return .undecided
    case .fail: return .failed
    case .notEvaluable: return .notEvaluated
    }
  }
}

/// What `--version` says, kept with every result.
package struct ProgramVersion: Codable, Sendable, Equatable {
  /// gcgan's own version.
  package var version: String
  /// The commit it was built from; `nil` where not known.
  package var commit: String?
  /// Versions of the libraries, by name.
  package var libraries: [String: String]

  /// A program of the given versions.
  package init(version: String, commit: String? = nil, libraries: [String: String] = [:]) {
    (self.version, self.commit, self.libraries) = (version, commit, libraries)
  }
}
