extension ProgramVersion: CustomStringConvertible {
  /// This program.
  public static var current: Self { Self(version: "0.1.0") }

  /// The versions, a line each.
  public var description: String {
    let own = "gcgan \(version)" + (commit.map { " (commit \($0))" } ?? "")
    return ([own] + libraries.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
      .joined(separator: "\n")
  }
}
