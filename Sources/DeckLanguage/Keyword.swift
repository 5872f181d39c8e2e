internal import Files
import Meshing

/// One keyword of the deck language: a row that readers, messages and `Docs/Keywords.md` take everything from.
final class Keyword: Sendable {
  /// What becomes of a card.
  enum Role: Sendable {
    /// It is read and acted on.
    case supported
    /// It is not supported, and its reader says what to write instead.
    case explained
    /// It changes no answer where the condition holds: a warning. Elsewhere it is refused.
    case withoutEffect(where: @Sendable (DeckCard) -> Bool)
  }

  /// Where a card may stand.
  enum Scope: String, Sendable {
    /// Anywhere.
    case anywhere = "anywhere"
    /// Before the first step.
    case model = "before the first step"
    /// After a `*MATERIAL`.
    case material = "after *MATERIAL"
    /// Between `*STEP` and `*END STEP`.
    case step = "in a step"
    /// In a step; elsewhere it is a warning, since an output request never stops a run.
    case output = "in a step (output)"
  }

  /// A parameter without which a card says something else, which is not supported.
  struct Need: Sendable {
    /// The parameter, as a person writes it.
    let parameter: String
    /// What the card says without it: `*HEAT TRANSFER over time`.
    let otherwise: String
  }

  /// When a card is read: ccx reads some keywords before all others, wherever they stand.
  enum Pass: CaseIterable, Sendable {
    /// Read by ``AbaqusReader`` and the scanner before any other card.
    case mesh
    case transforms, materials, orientations, initialConditions, amplitudes
    /// From top to bottom.
    case inOrder
  }

  /// As a person writes it: `*SOLID SECTION`.
  let name: String
  /// Another way to write it.
  let alias: String?
  /// What becomes of a card.
  let role: Role
  /// Where a card may stand.
  let scope: Scope
  /// When a card is read.
  let pass: Pass
  /// What the keyword says, in one line.
  let meaning: String
  /// Parameters that are read, as a person writes them; `nil` where unknown ones are not told of.
  let parameters: [String]?
  /// Parameters that would change the answer and are not supported; others that are not known are ignored with a warning.
  let refused: [String]
  /// The parameter that a card needs.
  let need: Need?
  /// ``parameters`` and ``refused`` as cards have them.
  private let keys: (known: Set<String>, refused: Set<String>)
  /// Takes a card that stands where it may into the deck.
  let read: @Sendable (inout DeckReader, DeckCard) -> Void

  /// A keyword that is read.
  convenience init(
    _ name: String, alias: String? = nil, _ scope: Scope, pass: Pass = .inOrder, _ meaning: String,
    parameters: [String]? = [], refused: [String] = [], need: Need? = nil,
    read: @escaping @Sendable (inout DeckReader, DeckCard) -> Void
  ) {
    self.init(
      name, alias: alias, role: .supported, scope, pass: pass, meaning, parameters: parameters,
      refused: refused, need: need, read: read)
  }

  /// A keyword that is read before the cards are.
  static func mesh(_ name: String, _ meaning: String, parameters: [String]?) -> Keyword {
    Keyword(
      name, role: .supported, .anywhere, pass: .mesh, meaning, parameters: parameters,
      read: { _, _ in })
  }

  /// A keyword that is not supported and has a message of its own.
  static func explained(
    _ name: String, read: @escaping @Sendable (inout DeckReader, DeckCard) -> Void
  ) -> Keyword {
    Keyword(
      name, role: .explained, .anywhere, pass: .inOrder, "", parameters: nil, read: read)
  }

  /// A keyword that changes no answer.
  static func withoutEffect(
    _ name: String, where condition: @escaping @Sendable (DeckCard) -> Bool = { _ in true }
  ) -> Keyword {
    Keyword(
      name, role: .withoutEffect(where: condition), .anywhere, pass: .inOrder, "", parameters: nil,
      read: { $0.faults.warn(at: $1.location, "\($1.title) has no effect") })
  }

  private init(
    _ name: String, alias: String? = nil, role: Role, _ scope: Scope, pass: Pass,
    _ meaning: String, parameters: [String]?, refused: [String] = [], need: Need? = nil,
    read: @escaping @Sendable (inout DeckReader, DeckCard) -> Void
  ) {
    self.name = name
    self.alias = alias
    self.role = role
    self.scope = scope
    self.pass = pass
    self.meaning = meaning
    self.parameters = parameters
    self.refused = refused
    self.need = need
    keys = (Set((parameters ?? []).map(Self.key)), Set(refused.map(Self.key)))
    self.read = read
  }

  /// A name or parameter as cards have it: upper case, without asterisk and blanks.
  static func key(_ text: String) -> String {
    String(text.uppercased().filter { $0 != "*" && $0 != " " })
  }
}

extension Keyword {
  /// Whether a parameter of a card is read.
  func reads(_ parameter: DeckCard.Parameter) -> Bool { keys.known.contains(parameter.key) }

  /// Whether a parameter of a card would change the answer and is not supported.
  func refuses(_ parameter: DeckCard.Parameter) -> Bool { keys.refused.contains(parameter.key) }

  /// The keywords that are read and acted on, in the order of the alphabet.
  static let supported: [Keyword] = all.filter {
    if case .supported = $0.role { true } else { false }
  }
  .sorted { $0.name < $1.name }

  private static let byKey = Dictionary(
    uniqueKeysWithValues: all.flatMap { row in
      ([row.name] + (row.alias.map { [$0] } ?? [])).map { (key($0), row) }
    })

  /// The row that says what becomes of a card; `nil` where the card would change the answers and is refused.
  static func row(of card: DeckCard) -> Keyword? {
    if let row = byKey[card.keyword] {
      if case .withoutEffect(let condition) = row.role, !condition(card) { return nil }
      return row
    }
    // An output request never stops a run.
    let isOutput = ["PRINT", "FILE", "OUTPUT"].contains { card.keyword.hasSuffix($0) }
    return isOutput ? .withoutEffect(card.title) : nil
  }
}
