internal import Files

/// A field that is not on the menu, or that is about something a task has not.
package struct FieldFault: Error, Equatable, CustomStringConvertible {
  /// What is wrong, and what there is.
  package let description: String

  init(_ description: String) { self.description = description }

  /// A name that is none of those there are.
  ///
  /// - Parameter kind: What the name is of, such as `field`.
  static func unknown(_ kind: String, _ name: String, in known: [String]) -> Self {
    let nearest = name.nearest(in: known).map { "did you mean '\($0)'? " } ?? ""
    let all = known.isEmpty ? "none" : known.joined(separator: ", ")
    return Self("the \(kind) '\(name.prefix(40))' is not known; \(nearest)there is \(all)")
  }

  /// The same, of the subject of an entry.
  static func unknown(_ kind: String, of entry: FieldEntry, in known: [String]) -> Self {
    Self("the field \(entry): " + unknown(kind, entry.subject ?? "", in: known).description)
  }
}
