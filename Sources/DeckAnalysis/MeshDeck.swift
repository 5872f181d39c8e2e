internal import Files
import Glibc
import Meshing

/// A mesh as the cards of a deck that has none: *NODE, *ELEMENT, *NSET, *ELSET and *SURFACE, ready for *INCLUDE.
///
/// Nodes keep their numbers, cells are numbered from 1. Element types follow from the shapes; plane cells are of
/// one theory. Names of groups become names of sets: whatever is not a letter, a digit, `_`, `-` or `.` becomes `_`.
///
/// A coordinate has at most twenty characters, of which CalculiX reads no more.
struct MeshDeck {
  /// The first line of every file.
  static let header = "** Written by gcgan-solve mesh"
  /// The names of CalculiX end here.
  private static let longestName = 80

  let mesh: Mesh
  /// What plane cells assume of the third direction.
  let planeTheory: ElementType.Theory
  /// The file the mesh came from, as messages and the second line name it.
  let source: String

  /// The whole file.
  ///
  /// - Throws: ``InputFaults`` where cells are of no element type or two groups have the same name in a deck.
  func text() throws -> String {
    let nodeSets = try renamed(mesh.nodeSets, "node set")
    let cellSets = try renamed(mesh.cellSets, "element set")
    let surfaces = try renamed(mesh.surfaces, "surface")
    let name = source.split(separator: "/").last.map(String.init) ?? source
    var lines = [Self.header, "** from \(Self.name(name))", "*NODE"]
    for (label, position) in zip(mesh.nodeLabels, mesh.nodes) {
      let fields = [position.x, position.y, position.z].map(Self.field)
      lines.append("\(label), " + fields.joined(separator: ", "))
    }
    var cell = 0
    for block in mesh.blocks {
      guard let type = block.elementType ?? ElementType(shape: block.shape, theory: theory(block))
      else {
        throw fault(
          "the mesh has \(block.count) cells of shape \(block.shape.rawValue) and nothing of a higher dimension",
          "mesh a surface or a volume")
      }
      lines.append("*ELEMENT, TYPE=\(type.rawValue)")
      for index in 0..<block.count {
        cell += 1
        let nodes = block.nodes(of: index).map { "\(mesh.nodeLabels[Int($0)])" }
        lines += Self.data(["\(cell)"] + nodes)
      }
    }
    for (name, nodes) in nodeSets where !nodes.isEmpty {
      lines.append("*NSET, NSET=\(name)")
      lines += Self.data(nodes.map { "\(mesh.nodeLabels[Int($0)])" })
    }
    for (name, cells) in cellSets where !cells.isEmpty {
      lines.append("*ELSET, ELSET=\(name)")
      lines += Self.data(cells.map { "\($0 + 1)" })
    }
    for (name, facets) in surfaces where !facets.isEmpty {
      lines.append("*SURFACE, NAME=\(name), TYPE=ELEMENT")
      lines += facets.map { "\($0.cell + 1), S\($0.side + 1)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func theory(_ block: CellBlock) -> ElementType.Theory {
    block.shape.dimension == 3 ? .solid : planeTheory
  }

  /// Groups by the names a deck can have, in their order.
  private func renamed<Members>(
    _ groups: [String: Members], _ kind: String
  ) throws -> [(name: String, members: Members)] {
    var owner: [String: String] = [:]
    var result: [(name: String, members: Members)] = []
    for (group, members) in groups.sorted(by: { $0.key < $1.key }) {
      let name = Self.name(group)
      guard name.utf8.count <= Self.longestName else {
        throw fault(
          "the name '\(name.prefix(30))…' of a \(kind) is longer than \(Self.longestName) characters",
          "give the physical group a shorter name")
      }
      if let other = owner[name.uppercased()] {
        throw fault(
          "the groups '\(other)' and '\(group)' would both be \(kind) '\(name)' in a deck, "
            + "where capitals and small letters are the same",
          "rename one of the physical groups")
      }
      owner[name.uppercased()] = group
      result.append((name, members))
    }
    return result
  }

  private func fault(_ problem: String, _ remedy: String) -> InputFaults {
    InputFaults([InputFault(at: .init(file: source), problem, remedy: remedy)])
  }

  /// A name with what a card can hold.
  private static func name(_ text: String) -> String {
    String(
      text.map { character in
        character.isASCII && (character.isLetter || character.isNumber)
          || "_-.".contains(character) ? character : "_"
      })
  }

  /// Lines of at most sixteen fields.
  private static func data(_ fields: [String]) -> [String] {
    stride(from: 0, to: fields.count, by: 16).map { start in
      let end = min(start + 16, fields.count)
      return fields[start..<end].joined(separator: ", ") + (end < fields.count ? "," : "")
    }
  }

  /// A number in at most twenty characters: all digits where they fit, else thirteen.
  static func field(_ value: Double) -> String {
    let exact = "\(value)"
    if exact.utf8.count <= 20 { return exact }
    var buffer = [CChar](repeating: 0, count: 32)
    _ = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.12e", $0) }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
