/// What a YAML file is meant to be, for error texts.
package struct YAMLFileKind: Sendable {
  /// The kind with its article: `a part file`.
  package let name: String
  /// What the file begins with: `gcgan: part/1`.
  package let firstLine: String

  /// A kind of file.
  package init(name: String, firstLine: String) {
    self.name = name
    self.firstLine = firstLine
  }
}
