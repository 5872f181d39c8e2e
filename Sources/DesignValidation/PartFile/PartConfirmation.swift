/// What a part file confirms: an answer to a question that would leave the part undecided.
package struct PartConfirmation: Sendable, Hashable {
  /// What is confirmed.
  package var question: PartFile.Question
  /// The material, model or limit it is confirmed of; `nil` for all.
  package var subject: String?
  /// Why it is right.
  package var reason: String
}

extension PartFile {
  /// What is asked of a part whose numbers are unusual.
  package enum Question: String, CaseIterable, Codable, Sendable {
    /// Nothing acts on the part.
    case zeroLoad = "zero-load"
    /// A limit is met by more than a factor of a thousand.
    case margin
    /// A modulus no material has.
    case modulus
    /// A part as large as a building, or smaller than a transistor's cell.
    case size
    /// A density no material has.
    case density
    /// A thermal expansion no material has.
    case expansion
    /// A conductivity no material has.
    case conductivity
  }
}
