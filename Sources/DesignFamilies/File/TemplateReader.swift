internal import Files
internal import StrictYAML

/// Reads nodes in which names and distributions may stand, and faults names that nothing gives a value.
struct TemplateReader {
  let faults: YAMLFaults
  /// Names that have a value where the node stands, and the keys of those that are mappings.
  var known: [String: Set<String>?]

  /// - Parameter known: Names that have a value already.
  init(faults: YAMLFaults, known: [String: Set<String>?] = ["columns": nil, "rows": nil]) {
    (self.faults, self.known) = (faults, known)
  }

  /// A node.
  ///
  /// - Parameter isSampled: Whether distributions may stand in it.
  func template(_ tree: YAMLTree, isSampled: Bool) -> Template? {
    let content: Template.Content?
    switch tree.content {
    case .text(let text):
      content = text.contains("$") ? self.text(text, tree.line) : .constant(tree.content)
    case .list(let items):
      content = list(items, isSampled).map { items in
        let isPlain = items.allSatisfy { !$0.isSpread && $0.template.isConstant }
        return isPlain ? .constant(tree.content) : .list(items)
      }
    case .mapping(let entries):
      let keys = entries.map(\.key)
      if isSampled, let word = keys.first(where: Distribution.words.contains) {
        content = distribution(word, tree).map { .distribution($0) }
      } else if isSampled, keys.contains("sample") {
        content = scope(tree)
      } else if isSampled, keys.count == 1, let near = keys[0].nearest(in: Distribution.words) {
        faults.add(
          entries[0].line, "'\(keys[0].shortened)' is no distribution",
          remedy: "did you mean '\(near)'? there are \(Distribution.words.joined(separator: ", "))")
        content = nil
      } else {
        let values = entries.map { entry in
          template(entry.value, isSampled: isSampled).map {
            Template.Entry(key: entry.key, line: entry.line, template: $0)
          }
        }
        let isPlain = values.allSatisfy { $0?.template.isConstant ?? false }
        content =
          values.contains { $0 == nil }
          ? nil : isPlain ? .constant(tree.content) : .mapping(values.compactMap { $0 })
      }
    }
    return content.map { Template(line: tree.line, content: $0) }
  }

  // MARK: Text

  private func text(_ text: String, _ line: Int) -> Template.Content? {
    if text.first == "$", let (name, count) = text.dropFirst().leadingPath,
      count == text.count - 1
    {
      return isKnown(name, line) ? .name(name) : nil
    }
    var pieces: [Template.Piece] = []
    var rest = text[...]
    while let mark = rest.firstIndex(of: "$") {
      if mark > rest.startIndex { pieces.append(.constant(String(rest[..<mark]))) }
      rest = rest[mark...].dropFirst()
      if let (name, count) = rest.leadingPath {
        guard isKnown(name, line) else { return nil }
        pieces.append(.name(name))
        rest = rest.dropFirst(count)
      } else if rest.first == "(", let inside = rest.parenthesised {
        do throws(ExpressionFault) {
          let expression = try Expression(parsing: String(inside))
          guard expression.names.map({ isKnown(.init(name: $0), line) }).allSatisfy({ $0 }) else {
            return nil
          }
          pieces.append(.expression(expression))
        } catch {
          faults.add(line, "'$(\(String(inside).shortened))': \(error.problem)")
          return nil
        }
        rest = rest.dropFirst(inside.count + 2)
      } else {
        faults.add(
          line, "'\(text.shortened)': after '$' stands a name or arithmetic",
          remedy: "write $name or $(columns / 8)")
        return nil
      }
    }
    if !rest.isEmpty { pieces.append(.constant(String(rest))) }
    return .text(pieces)
  }

  /// Faults a name without a value, and a key that its mapping never has.
  private func isKnown(_ path: TemplateName, _ line: Int) -> Bool {
    let name = path.name
    guard let keys = known[name] else {
      let near = name.nearest(in: known.keys).map { "did you mean '\($0)'? " } ?? ""
      let minus = name.contains("-") ? "; a minus sign stands between blanks" : ""
      faults.add(
        line, "'\(name.shortened)' is not sampled",
        remedy: near + "names with a value here: \(known.keys.sorted().joined(separator: ", "))"
          + minus)
      return false
    }
    guard let keys, let key = path.path.first, !keys.contains(key) else { return true }
    let near = key.nearest(in: keys).map { "did you mean '\($0)'? " } ?? ""
    faults.add(
      line, "'\(name)' never has the key '\(key.shortened)'",
      remedy: near + "its keys are \(keys.sorted().joined(separator: ", "))")
    return false
  }

  private func list(_ items: [YAMLTree], _ isSampled: Bool) -> [Template.Item]? {
    let templates = items.map { tree -> Template.Item? in
      if case .text(let text) = tree.content, text.hasPrefix("$"), text.hasSuffix("...") {
        let name = YAMLTree(line: tree.line, content: .text(String(text.dropLast(3))))
        return template(name, isSampled: false).map { .init(template: $0, isSpread: true) }
      }
      return template(tree, isSampled: isSampled).map { .init(template: $0, isSpread: false) }
    }
    return templates.contains { $0 == nil } ? nil : templates.compactMap { $0 }
  }

  private func scope(_ tree: YAMLTree) -> Template.Content? {
    guard
      let keys = MappingReader(
        tree, "a value with names", keys: ["sample", "value"], faults: faults)
    else { return nil }
    var inner = self
    let names = keys.tree("sample").flatMap { inner.names($0, "'sample'") }
    let value = keys.tree("value").flatMap { inner.template($0, isSampled: true) }
    guard let names, let value else { return nil }
    return .scope(names, value)
  }

  /// The names of a mapping, each known from there on.
  mutating func names(_ tree: YAMLTree, _ subject: String) -> [Template.Entry]? {
    guard case .mapping(let entries) = tree.content else {
      faults.add(
        tree.line, "\(subject) is a mapping of names, found \(tree.kind)",
        remedy: "write 'name: {uniform: [0, 1]}'")
      return nil
    }
    var names: [Template.Entry] = []
    for entry in entries {
      let isName = entry.key[...].leadingName?.count == entry.key.count
      if !isName || ["columns", "rows", "pi"].contains(entry.key) {
        faults.add(
          entry.line, "'\(entry.key.shortened)' cannot be a name of \(subject)",
          remedy:
            "a name has letters, digits and hyphens; columns, rows and pi have values already")
        continue
      }
      let template = template(entry.value, isSampled: true)
      if let template { names.append(.init(key: entry.key, line: entry.line, template: template)) }
      // Known even where it cannot be read, so that a fault is told once.
      known.updateValue(template?.keys, forKey: entry.key)
    }
    return names
  }
}

extension Substring {
  /// The name that a text begins with, with the keys behind its dots, and how many letters that is.
  fileprivate var leadingPath: (TemplateName, Int)? {
    guard let name = leadingName else { return nil }
    var (path, count) = (TemplateName(name: name), name.count)
    while dropFirst(count).first == ".", let key = dropFirst(count + 1).leadingKey {
      path.path.append(key)
      count += key.count + 1
    }
    return (path, count)
  }

  /// The name or the number that a text begins with.
  private var leadingKey: String? {
    let digits = prefix { $0.isASCII && $0.isNumber }
    return digits.isEmpty ? leadingName : String(digits)
  }

  /// What stands between the parenthesis that a text begins with and the one that closes it.
  fileprivate var parenthesised: Substring? {
    var depth = 0
    for place in indices {
      if self[place] == "(" { depth += 1 }
      if self[place] == ")" { depth -= 1 }
      if depth == 0 { return self[index(after: startIndex)..<place] }
    }
    return nil
  }
}
