import DeckAnalysis

/// The arguments of nearly every call, read without the argument parser.
///
/// To describe a command to itself at run time the parser instantiates a few hundred types: two milliseconds, a fifth of
/// the time of a small solve. What is read here is a deck, `-o` or `--output` with a folder, `--threads` with a number, and `-q` or
/// `--quiet`, each once; a test holds that the parser reads them the same. Anything else is left to the parser, mistakes and
/// `--help` above all.
enum PlainArguments {
  /// What the arguments ask for; `nil` where the parser has to decide.
  ///
  /// - Parameter arguments: Without the program's name.
  static func command(_ arguments: [String]) -> SolveCommand? {
    var deck: String?
    var command = SolveCommand(deck: "")
    var remaining = arguments[...]
    /// The next word, where it cannot be an option.
    func value() -> String? {
      guard let word = remaining.popFirst(), isPlain(word) else { return nil }
      return word
    }
    while let word = remaining.popFirst() {
      switch word {
      case "-q", "--quiet":
        guard !command.isQuiet else { return nil }
        command.isQuiet = true
      case "-o", "--output":
        guard command.outputFolder == nil, let folder = value() else { return nil }
        command.outputFolder = folder
      case "--threads":
        guard command.threadCount == nil, let text = value(), let count = threadCount(text) else {
          return nil
        }
        command.threadCount = count
      default:
        guard deck == nil, isPlain(word) else { return nil }
        deck = word
      }
    }
    guard let deck else { return nil }
    command.deck = deck
    return command
  }

  /// Whether a word is neither an option nor empty, nor the parser's own `help`.
  private static func isPlain(_ word: String) -> Bool {
    guard let first = word.utf8.first else { return false }
    return first != UInt8(ascii: "-") && word != "help"
  }

  /// A number from one on, in digits alone.
  private static func threadCount(_ text: String) -> Int? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let count = Int(text), count >= 1
    else { return nil }
    return count
  }
}
