internal import StrictYAML

/// A node of a family file in which names and distributions may stand; drawn, it is a plain YAML node.
struct Template: Sendable {
  /// What stands in the node.
  indirect enum Content: Sendable {
    /// Nothing that is drawn.
    case constant(YAMLTree.Content)
    /// `$name`: the whole node that the name stands for; `$name.key`: what the key of that mapping has, nothing where it is not there.
    case name(TemplateName)
    /// Text with names and arithmetic in it, such as `$(force * cos(angle)) N`.
    case text([Piece])
    case list([Item])
    case mapping([Entry])
    case distribution(Distribution)
    /// `{sample: …, value: …}`: names of its own, drawn first.
    case scope([Entry], Template)
  }
  /// A part of a text.
  enum Piece: Sendable {
    case constant(String)
    case name(TemplateName)
    case expression(Expression)
  }
  /// An item of a list; the items of a list itself where it is spread: `$name...`.
  struct Item: Sendable {
    let template: Template
    let isSpread: Bool
  }
  /// A key with its value.
  struct Entry: Sendable {
    let key: String
    let line: Int
    let template: Template
  }

  let line: Int
  let content: Content

  /// Whether nothing in it is drawn.
  var isConstant: Bool { if case .constant = content { true } else { false } }
  /// Whether it is a plain text, such as the `~` of nothing: it has no keys.
  private var isText: Bool { if case .constant(.text) = content { true } else { false } }
  /// The named values that it may take, where it is a choice of such.
  var valueNames: [String]? {
    guard case .distribution(let distribution) = content else { return nil }
    switch distribution {
    case .choice(let options, _):
      let names = options.flatMap(\.valueNames)
      return names.isEmpty ? nil : names
    case .catalogue: return SupportCatalogue.all.map(\.name)
    default: return nil
    }
  }
  /// The keys that it may have where it is a mapping; `nil` where that is not known before it is drawn.
  var keys: Set<String>? {
    switch content {
    case .constant(.mapping(let entries)): return Set(entries.map(\.key))
    case .mapping(let entries): return Set(entries.map(\.key))
    case .scope(_, let value): return value.keys
    case .distribution(.choice(let options, _)):
      let known = options.filter { !$0.template.isText }.map(\.template.keys)
      return known.contains(nil) ? nil : known.reduce(into: Set()) { $0.formUnion($1 ?? []) }
    default: return nil
    }
  }
}

/// A name, and the keys within the mapping that it stands for.
struct TemplateName: Sendable, Equatable {
  let name: String
  var path: [String] = []
}

/// What a value is drawn from.
indirect enum Distribution: Sendable {
  /// One of the values of a choice.
  struct Option: Sendable {
    let name: String?
    let template: Template

    /// Its name, or those of the values that are drawn in its place.
    var valueNames: [String] { name.map { [$0] } ?? template.valueNames ?? [] }
  }

  /// Between two numbers of one unit, or their logarithms.
  case uniform(Template, Template, isLogarithmic: Bool)
  /// Between two whole numbers, both included.
  case integer(Template, Template)
  /// Normal: its mean and standard deviation.
  case normal(Template, Template)
  /// Exponential: its mean.
  case exponential(Template)
  /// One of several, with weights that add up to 1.
  case choice([Option], weights: [Double])
  /// A list of random length: one more with a chance, or every length as likely.
  case list(ClosedRange<Int>, more: Double?, of: Template)
  /// A case of ``SupportCatalogue``.
  case catalogue

  /// The words that a distribution begins with.
  static let words = [
    "uniform", "log-uniform", "integer", "normal", "exponential", "choice", "list", "catalogue",
  ]
}

/// What is wrong where a value is drawn.
struct TemplateFault: Error, Equatable, CustomStringConvertible {
  var line: Int
  var problem: String
  var remedy = ""

  var description: String { "line \(line): \(problem)" + (remedy.isEmpty ? "" : "; \(remedy)") }
}
