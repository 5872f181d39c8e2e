import Files
package import Quantities

/// The keys of one mapping; what is not known is a fault, what is missing or misshapen too.
package struct MappingReader {
  /// The mapping's own line.
  package let line: Int
  /// What the mapping describes, such as `a quantity`.
  package let subject: String
  private let entries: [String: (line: Int, value: YAMLTree)]
  let faults: YAMLFaults

  /// Faults what is not a mapping, and keys that are not among the known ones.
  package init?(_ tree: YAMLTree, _ subject: String, keys known: [String], faults: YAMLFaults) {
    guard case .mapping(let mapping) = tree.content else {
      faults.add(
        tree.line, "\(subject) is a mapping, found \(tree.kind)",
        remedy: "its keys are \(known.joined(separator: ", "))")
      return nil
    }
    for entry in mapping where !known.contains(entry.key) {
      let near = entry.key.nearest(in: known).map { "did you mean '\($0)'? " } ?? ""
      faults.add(
        entry.line, "unknown key '\(entry.key.prefix(40))' of \(subject)",
        remedy: near + "known keys: \(known.joined(separator: ", "))")
    }
    line = tree.line
    self.subject = subject
    self.faults = faults
    entries = Dictionary(
      mapping.map { ($0.key, ($0.line, $0.value)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether the key is there.
  package func has(_ key: String) -> Bool { entries[key] != nil }

  /// The line of a key, or the mapping's.
  package func line(of key: String) -> Int { entries[key]?.line ?? line }

  /// The value of a key; a fault where the key is missing.
  package func tree(_ key: String, isRequired: Bool = true) -> YAMLTree? {
    if let value = entries[key]?.value {
      if case .text("") = value.content {
        faults.add(line(of: key), "the key '\(key)' of \(subject) has no value")
        return nil
      }
      return value
    }
    if isRequired {
      faults.add(line, "\(subject) has no '\(key)'", remedy: "add the key")
    }
    return nil
  }

  /// A text.
  package func text(_ key: String, isRequired: Bool = true) -> String? {
    guard let value = tree(key, isRequired: isRequired) else { return nil }
    guard case .text(let text) = value.content else {
      faults.add(value.line, "'\(key)' of \(subject) is a text, found \(value.kind)")
      return nil
    }
    return text
  }

  /// A list with at least one item.
  package func list(_ key: String, isRequired: Bool = true) -> [YAMLTree]? {
    guard let value = tree(key, isRequired: isRequired) else { return nil }
    guard case .list(let items) = value.content else {
      faults.add(value.line, "'\(key)' of \(subject) is a list, found \(value.kind)")
      return nil
    }
    if items.isEmpty { faults.add(value.line, "the list '\(key)' of \(subject) is empty") }
    return items.isEmpty ? nil : items
  }

  /// One of the words of an enumeration.
  package func word<Word: RawRepresentable & CaseIterable>(
    _ key: String, as type: Word.Type, isRequired: Bool = true
  ) -> Word? where Word.RawValue == String {
    guard let text = text(key, isRequired: isRequired) else { return nil }
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    let near = text.nearest(in: words).map { "did you mean '\($0)'? " } ?? ""
    faults.add(
      line(of: key), "'\(key)' of \(subject) cannot be '\(text.prefix(40))'",
      remedy: near + "it is one of \(words.joined(separator: ", "))")
    return nil
  }

  /// `true` or `false`.
  package func flag(_ key: String) -> Bool? {
    guard let text = text(key, isRequired: false) else { return nil }
    if text == "true" { return true }
    if text == "false" { return false }
    faults.add(line(of: key), "'\(key)' of \(subject) is true or false, found '\(text.prefix(40))'")
    return nil
  }

  /// A whole number of at least one.
  package func ordinal(_ key: String) -> Int? {
    guard let text = text(key, isRequired: false) else { return nil }
    if let number = Int(text), number >= 1 { return number }
    faults.add(
      line(of: key), "'\(key)' of \(subject) is a whole number from 1, found '\(text.prefix(40))'")
    return nil
  }

  /// A number with its unit.
  package func quantity(
    _ key: String, as dimension: PhysicalDimension? = nil, isRequired: Bool = true
  )
    -> Quantity?
  {
    guard let text = text(key, isRequired: isRequired) else { return nil }
    do {
      return try Quantity(parsing: text, as: dimension)
    } catch {
      faults.add(line(of: key), "'\(key)' of \(subject): \(error)")
      return nil
    }
  }
}
