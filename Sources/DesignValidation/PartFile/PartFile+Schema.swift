extension PartFile {
  /// The JSON Schema (draft 2020-12) of a part file.
  public static var schema: String {
    String(decoding: PackageResources.part_schema_json, as: UTF8.self)
  }
}
