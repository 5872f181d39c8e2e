extension ProblemFile {
  /// The JSON Schema of problem files, for editors and other programs.
  public static var schema: String {
    String(decoding: PackageResources.problem_schema_json, as: UTF8.self)
  }
}
