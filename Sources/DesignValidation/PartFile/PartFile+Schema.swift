internal import CBuild

extension PartFile {
  /// The JSON Schema (draft 2020-12) of a part file.
  package static var schema: String { String(cString: gcgan_part_schema()) }
}
