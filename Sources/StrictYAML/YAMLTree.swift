package import Files
internal import Yams

/// A YAML document as plain text, lists and mappings with their lines; nothing in it is shared.
///
/// Aliases and anchors are refused while the document is still text, so that a file of a few lines
/// cannot stand for one of billions. Numbers and Booleans stay text.
package struct YAMLTree: Sendable {
  /// A key of a mapping, where it stands, and its value.
  package typealias Entry = (key: String, line: Int, value: YAMLTree)

  /// What a node holds.
  package enum Content: Sendable {
    case text(String)
    case list([YAMLTree])
    case mapping([Entry])
  }

  /// The line, from 1.
  package let line: Int
  /// What is in it.
  package let content: Content

  /// A node: of a document in which values were put in place of names, for one.
  package init(line: Int, content: Content) {
    (self.line, self.content) = (line, content)
  }

  /// What the node is, for error texts.
  package var kind: String {
    switch content {
    case .text(let text): text.isEmpty ? "nothing" : "'\(text.prefix(40))'"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  /// Most bytes of a document.
  package static let largestByteCount = 1 << 20
  /// Most nodes of a document.
  package static let largestNodeCount = 100_000

  /// Reads one document.
  ///
  /// - Parameters:
  ///   - file: The name for error texts.
  ///   - kind: What the file is meant to be.
  /// - Throws: ``InputFaults`` with the first thing that makes it no document.
  package static func parse(
    _ bytes: [UInt8], file: String, kind: YAMLFileKind
  ) throws(InputFaults) -> YAMLTree {
    func fault(_ line: Int?, _ problem: String, _ remedy: String = "") -> InputFaults {
      InputFaults([InputFault(at: .init(file: file, line: line), problem, remedy: remedy)])
    }
    guard bytes.count <= largestByteCount else {
      throw fault(
        nil, "the file has \(bytes.count) bytes, and \(kind.name) has at most \(largestByteCount)")
    }
    if let zero = bytes.firstIndex(of: 0) {
      let line = bytes[..<zero].count { $0 == UInt8(ascii: "\n") } + 1
      throw fault(line, "a byte is not text", "\(kind.name) is UTF-8 text")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw fault(nil, "the file is not UTF-8 text")
    }
    if let line = lineOfAlias(in: bytes) {
      throw fault(line, "YAML aliases are not allowed", "write the value out where it is used")
    }
    let parser: Parser
    let root: Node?
    do {
      parser = try Parser(yaml: text, resolver: .basic)
      root = try parser.singleRoot()
    } catch {
      let (line, problem) = described(error)
      throw fault(line, problem)
    }
    // Nodes know their anchors only as long as the parser lives.
    defer { withExtendedLifetime(parser) {} }
    guard let root else {
      throw fault(nil, "the file is empty", "it begins with '\(kind.firstLine)'")
    }
    var nodeCount = 0
    return try tree(root, file: file, kind: kind, nodeCount: &nodeCount)
  }

  private static func tree(
    _ node: Node, file: String, kind: YAMLFileKind, nodeCount: inout Int
  ) throws(InputFaults) -> YAMLTree {
    let line = node.mark?.line ?? 1
    func fault(_ problem: String, _ remedy: String) -> InputFaults {
      InputFaults([InputFault(at: .init(file: file, line: line), problem, remedy: remedy)])
    }
    nodeCount += 1
    guard nodeCount <= largestNodeCount else {
      throw fault("more than \(largestNodeCount) YAML nodes", "\(kind.name) is small")
    }
    guard node.anchor == nil else {
      throw fault("YAML anchors are not allowed", "write the value out where it is used")
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      let isNull = isPlain && (scalar.string == "~" || scalar.string == "null")
      return YAMLTree(line: line, content: .text(isNull ? "" : scalar.string))
    case .sequence(let sequence):
      var items: [YAMLTree] = []
      for item in sequence {
        items.append(try tree(item, file: file, kind: kind, nodeCount: &nodeCount))
      }
      return YAMLTree(line: line, content: .list(items))
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        let name = try tree(key, file: file, kind: kind, nodeCount: &nodeCount)
        guard case .text(let text) = name.content else {
          throw fault("\(name.kind) stands where a key is expected", "keys are words")
        }
        entries.append(
          (text, name.line, try tree(value, file: file, kind: kind, nodeCount: &nodeCount)))
      }
      return YAMLTree(line: line, content: .mapping(entries))
    case .alias:
      throw fault("YAML aliases are not allowed", "write the value out where it is used")
    }
  }

  /// The line of the first `*name` whose `&name` stands in the text too.
  ///
  /// Finds every alias, and only then something else when a text holds both marks with one name.
  private static func lineOfAlias(in bytes: [UInt8]) -> Int? {
    func isName(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
        true
      default: false
      }
    }
    func names(after mark: UInt8) -> [(name: ArraySlice<UInt8>, place: Int)] {
      var matches: [(ArraySlice<UInt8>, Int)] = []
      for (place, byte) in bytes.enumerated() where byte == mark {
        if place > 0, isName(bytes[place - 1]) { continue }
        let name = bytes[(place + 1)...].prefix(while: isName)
        if !name.isEmpty { matches.append((name, place)) }
      }
      return matches
    }
    let anchors = Set(names(after: UInt8(ascii: "&")).map(\.name))
    guard !anchors.isEmpty else { return nil }
    guard let alias = names(after: UInt8(ascii: "*")).first(where: { anchors.contains($0.name) })
    else { return nil }
    return bytes[..<alias.place].count { $0 == UInt8(ascii: "\n") } + 1
  }

  /// The line and the text of an error of the YAML parser.
  private static func described(_ error: any Error) -> (line: Int?, problem: String) {
    guard let error = error as? YamlError else { return (nil, "the YAML cannot be read: \(error)") }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let when = context.map { $0.text.isEmpty ? "" : " \($0.text)" } ?? ""
      return (mark.line, "the YAML cannot be read\(when): \(problem)")
    case .reader(let problem, _, _, _): return (nil, "the YAML cannot be read: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "'\($0.prefix(40))'" }.joined(separator: ", ")
      return (context.mark.line, "the key \(names) is given more than once")
    default: return (nil, "the YAML cannot be read")
    }
  }
}
