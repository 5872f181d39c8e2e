/// Something wrong in a file: where, what, and what to do about it.
public struct InputFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// A place in a file.
  public struct Location: Sendable, Equatable, Hashable {
    /// The file as the user named it.
    public var file: String
    /// The line, from 1; `nil` for the file as a whole.
    public var line: Int?
    /// The byte, from 0, where the file has no lines; `nil` where it has, or for the file as a whole.
    public var byte: Int?

    /// A line or byte of a file, or the whole file.
    public init(file: String, line: Int? = nil, byte: Int? = nil) {
      self.file = file
      self.line = line
      self.byte = byte
    }
  }

  /// Where.
  public var location: Location
  /// What is wrong, as a sentence without a full stop.
  public var problem: String
  /// What the user can do, as a sentence without a full stop; empty where the problem says it.
  public var remedy: String

  /// A fault at a place.
  public init(at location: Location, _ problem: String, remedy: String = "") {
    self.location = location
    self.problem = problem
    self.remedy = remedy
  }

  /// `file:line: problem; remedy`, or `file, byte n: problem; remedy`
  public var description: String {
    let place =
      location.line.map { "\(location.file):\($0)" }
      ?? location.byte.map { "\(location.file), byte \($0)" } ?? location.file
    return "\(place): \(problem)" + (remedy.isEmpty ? "" : "; \(remedy)")
  }
}

/// All faults found in an input, in the order of their places.
public struct InputFaults: Error, Sendable, Equatable, CustomStringConvertible {
  /// At least one fault.
  public var faults: [InputFault]

  /// Several faults as one error.
  public init(_ faults: [InputFault]) {
    precondition(!faults.isEmpty, "no faults")
    self.faults = faults
  }

  /// One line per fault.
  public var description: String { faults.map(\.description).joined(separator: "\n") }

  /// One line per kind of fault, with its count and the first few places: what a person reads.
  public var summary: [String] { faults.lines }
}
