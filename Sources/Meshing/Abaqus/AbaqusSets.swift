/// Node sets or cell sets of a deck while they are read.
struct AbaqusSets {
  /// What they are, for messages: `node set`.
  let kind: String
  /// The parameter that names them: `NSET`.
  let label: String
  /// Members by name; they may repeat.
  private(set) var members: [String: [Int32]] = [:]

  init(kind: String, label: String) {
    self.kind = kind
    self.label = label
  }

  /// Adds members to a set, which is made where it is not there.
  mutating func append(_ new: [Int32], to name: String) {
    members[name, default: []] += new
  }
}
