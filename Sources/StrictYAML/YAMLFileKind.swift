/// What a YAML file is meant to be, for error texts.
public struct YAMLFileKind: Sendable {
  /// The kind with its article: `a part file`.
  public let name: String
  /// What the file begins with: `gcgan: part/1`.
  public let firstLine: String

  /// A kind of file.
  public init(name: String, firstLine: String) {
    self.name = name
    self.firstLine = firstLine
  }
}
