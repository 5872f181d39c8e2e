import Files
import StrictYAML

/// Where a part comes from: `provenance`, `warnings` and `confirmed`.
extension PartFileReader {
  func provenance(_ tree: YAMLTree) -> DesignProvenance? {
    guard
      let keys = MappingReader(
        tree, "the provenance",
        keys: [
          "program", "model", "model-sha256", "config-sha256", "data-sha256", "seed", "number",
          "solves", "refinement-steps",
        ], faults: faults)
    else { return nil }
    func hash(_ key: String) -> String? {
      guard let text = keys.text(key, isRequired: false) else { return nil }
      guard text.utf8.count == 64, text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
        faults.add(
          keys.line(of: key), "'\(key)' of the provenance is not a SHA-256",
          remedy: "it has 64 hexadecimal digits")
        return nil
      }
      return text
    }
    var seed: UInt64?
    if let text = keys.text("seed", isRequired: false) {
      seed = UInt64(text)
      if seed == nil {
        faults.add(
          keys.line(of: "seed"),
          "'seed' of the provenance is a whole number from 0 to 2^64 - 1, found '\(text.prefix(40))'"
        )
      }
    }
    return DesignProvenance(
      program: keys.text("program", isRequired: false),
      model: keys.text("model", isRequired: false), modelHash: hash("model-sha256"),
      configHash: hash("config-sha256"), dataHash: hash("data-sha256"), seed: seed,
      number: keys.whole("number", in: 0...Int.max, isRequired: false),
      solveCount: keys.whole("solves", in: 0...Int.max, isRequired: false),
      refinementStepCount: keys.whole("refinement-steps", in: 0...Int.max, isRequired: false))
  }

  func confirmation(_ tree: YAMLTree) -> PartConfirmation? {
    guard
      let keys = MappingReader(
        tree, "a confirmation", keys: ["question", "of", "reason"], faults: faults)
    else { return nil }
    let question = keys.word("question", as: PartFile.Question.self)
    let subject = keys.text("of", isRequired: false)
    let reason = keys.text("reason")
    guard let question, let reason else { return nil }
    return PartConfirmation(question: question, subject: subject, reason: reason)
  }

  func warnings(_ keys: MappingReader) -> [String] {
    guard let items = keys.list("warnings", isRequired: false) else { return [] }
    return items.compactMap { item in
      if case .text(let text) = item.content, !text.isEmpty { return text }
      faults.add(item.line, "'warnings' lists texts, found \(item.kind)")
      return nil
    }
  }
}
