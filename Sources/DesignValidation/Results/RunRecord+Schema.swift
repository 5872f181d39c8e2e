internal import CBuild

extension RunRecord {
  /// The JSON Schema (draft 2020-12) of a record.
  package static var schema: String { String(cString: gcgan_run_schema()) }
}
