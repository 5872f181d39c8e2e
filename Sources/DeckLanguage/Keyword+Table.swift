extension Keyword {
  /// The table of supported keywords in `Docs/Keywords.md`.
  static var table: String {
    let head = "| keyword | where | parameters | what it says |\n| --- | --- | --- | --- |\n"
    return head
      + supported.map { row in
        let names = [row.name] + (row.alias.map { [$0] } ?? [])
        let title = names.map { "`\($0)`" }.joined(separator: ", ")
        let parameters = (row.parameters ?? []).map { "`\($0)`" }.joined(separator: " ")
        return "| \(title) | \(row.scope.rawValue) | \(parameters) | \(row.meaning) |\n"
      }.joined()
  }

  /// The keywords that change no answer, as a person writes them.
  static var idleNames: [String] {
    all.filter { if case .withoutEffect = $0.role { true } else { false } }.map(\.name).sorted()
  }
}
