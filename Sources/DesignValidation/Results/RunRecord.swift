import DeckAnalysis
package import Files
import FiniteElements
import FoundationEssentials

/// A run as its folder keeps it, `run.json`: what reports, comparisons and the history are made from.
///
/// The same parts give the same bytes, wherever they lie and on however many threads they are solved: it has no times, and paths in it are relative
/// to the folder in which the directory of the parts lies.
package struct RunRecord: Codable, Sendable, Equatable {
  /// The format, the value of the key `gcgan`. Minor versions (`gcgan-run/1.2`) add keys, which readers ignore.
  package static let format = "gcgan-run/1"
  /// The largest file that is read, in bytes.
  static let largestByteCount = 1 << 30

  /// ``format``
  package var gcgan = Self.format
  /// The program and its libraries.
  package var program: ProgramVersion
  /// The kernels that the libraries chose for the processor, by library: the last digits may depend on them.
  package var kernels: [String: String]
  /// The directory of the parts; several are joined by a comma.
  package var directory: String
  /// What was passed over in it, and why, in a line each; `nil` where nothing was.
  package var notes: [String]?
  /// Whether the run was interrupted, so that parts are missing.
  package var isInterrupted: Bool
  /// As in ``RunResult/failsFast``.
  package var failsFast: Bool?
  /// As in ``RunResult/shard``.
  package var shard: Shard?
  /// As in ``RunResult/allParts``.
  package var allParts: [PartLabel]?
  /// How many parts came to each verdict.
  package private(set) var counts: [String: Int]
  /// The parts, in the order of their names.
  package var parts: [PartResult] {
    didSet { counts = RunResult.counts(of: parts) }
  }

  /// The record of a run.
  ///
  /// - Parameter directories: As the user named them; paths in the record begin with the last component of theirs.
  package init(_ run: RunResult, directories: [String]) {
    var program = run.program
    kernels = [:]
    for (key, library) in [("blasKernel", "openblas")] {
      kernels[library] = program.libraries.removeValue(forKey: key)
    }
    self.program = program
    let paths = RelativePaths(directories)
    directory = directories.map(\.lastComponent).joined(separator: ", ")
    notes = run.notes.map { $0.map(paths.text) }
    isInterrupted = run.isInterrupted
    (failsFast, shard) = (run.failsFast, run.shard)
    allParts = run.allParts.map { $0.map(paths.label) }
    parts = run.parts.map(paths.part).sorted { ($0.name, $0.path) < ($1.name, $1.path) }
    counts = RunResult.counts(of: parts)
  }

  /// The same as a result: what reports of a run are made from.
  package var result: RunResult {
    var result = RunResult(
      program: program, directory: directory, parts: parts, isInterrupted: isInterrupted,
      notes: notes ?? [])
    (result.failsFast, result.shard, result.allParts) = (failsFast, shard, allParts)
    return result
  }

  /// The JSON, with sorted keys.
  package func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// The record that JSON holds.
  ///
  /// - Parameter file: The name for error texts.
  /// - Throws: ``InputFault`` for what is no JSON (NaN is none), for other formats and other major versions, and for keys that are missing or hold
  ///   something else.
  package init(parsing bytes: [UInt8], file: String) throws(InputFault) {
    func fault(_ problem: String, _ remedy: String = "") -> InputFault {
      InputFault(at: .init(file: file), problem, remedy: remedy)
    }
    struct Head: Decodable {
      var gcgan: String?
      var schemaVersion: Int?
    }
    let data = Data(bytes)
    let head: Head
    do { head = try JSONDecoder().decode(Head.self, from: data) } catch {
      throw fault("it is not the record of a run: \(Self.text(of: error))")
    }
    guard let format = head.gcgan else {
      throw fault(
        head.schemaVersion == nil
          ? "it is not the record of a run: it has no key 'gcgan'"
          : "it is a result that '--json' wrote, and no record of a run",
        "write the record with 'gcgan-validate DIR --run FOLDER'")
    }
    guard format == Self.format || format.hasPrefix(Self.format + ".") else {
      let isRun = format.hasPrefix("gcgan-run/")
      throw fault(
        "its format is '\(format.prefix(40))', and '\(Self.format)' is read",
        isRun ? "take the version of gcgan that wrote it, or run the parts anew" : "")
    }
    do { self = try JSONDecoder().decode(Self.self, from: data) } catch {
      throw fault("it is no whole record: \(Self.text(of: error))", "run the parts anew")
    }
    gcgan = Self.format
    // What is counted is what is there.
    counts = RunResult.counts(of: parts)
  }

  private static func text(of error: any Error) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }
      return path.isEmpty ? "" : " in \(path.joined(separator: "."))"
    }
    switch error as? DecodingError {
    case .keyNotFound(let key, let context):
      return "the key '\(key.stringValue.prefix(60))' is missing\(place(context))"
    case .typeMismatch(let type, let context): return "\(type) is expected\(place(context))"
    case .valueNotFound(let type, let context): return "\(type) is expected\(place(context))"
    case .dataCorrupted(let context): return "\(context.debugDescription)\(place(context))"
    default: return "\(error)"
    }
  }
}

/// Paths as they are from the folder in which the directories lie.
private struct RelativePaths {
  let directories: [(path: String, name: String)]

  init(_ directories: [String]) {
    self.directories = directories.map(\.withoutTrailingSlashes)
      .map { (path: $0, name: $0.lastComponent) }
      .sorted { $0.path.utf8.count > $1.path.utf8.count }
  }

  func path(_ path: String) -> String {
    for directory in directories {
      if path == directory.path { return directory.name }
      if path.hasPrefix(directory.path + "/") {
        return directory.name + path.dropFirst(directory.path.count)
      }
    }
    return path
  }

  /// A text that may have paths in it.
  func text(_ text: String) -> String {
    directories.reduce(text) { text, directory in
      // '.' and '..' are in too many texts.
      directory.path.hasPrefix(".") && directory.path.count < 3
        ? text : text.replacing(directory.path + "/", with: directory.name + "/")
    }
  }

  func label(_ label: PartLabel) -> PartLabel {
    PartLabel(
      name: label.name == label.path ? path(label.name) : label.name, path: path(label.path))
  }

  func part(_ part: PartResult) -> PartResult {
    var part = part
    if part.name == part.path { part.name = path(part.name) }
    part.path = path(part.path)
    if let failure = part.failure {
      part.failure = .init(
        failure.kind, text(failure.summary), details: failure.details.map(text))
    }
    for index in part.models.indices {
      part.models[index].failure = part.models[index].failure.map { $0.map(text) }
    }
    if let baseline = part.baseline {
      part.baseline?.path = path(baseline.path)
      part.baseline?.problems = baseline.problems.map { $0.map(text) }
    }
    return part
  }
}
