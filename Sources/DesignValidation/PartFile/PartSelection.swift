import Files
import Glibc

/// Parts of a search, by their names.
package struct PartSelection {
  /// Names, names of folders of parts, or patterns such as `beam-*`.
  package let names: [String]

  /// A selection.
  package init(_ names: [String]) { self.names = names }

  /// The parts that one of the names means, in their order.
  ///
  /// A name means the part of that name, and all parts in the folder of that name. A pattern (`*`, `?`, `[…]`) has to match a whole name.
  ///
  /// The corresponding C function is `fnmatch`.
  /// - Throws: ``UnknownPart`` where a name means none.
  package func parts(of all: [PartFolder]) throws(UnknownPart) -> [PartFolder] {
    guard !names.isEmpty else { return all }
    for name in names where !all.contains(where: { Self.means(name, $0.name) }) {
      throw UnknownPart(name: name, nearest: name.nearest(in: all.map(\.name)))
    }
    return all.filter { part in names.contains { Self.means($0, part.name) } }
  }

  private static func means(_ name: String, _ part: String) -> Bool {
    name == part || part.hasPrefix(name + "/") || fnmatch(name, part, 0) == 0
  }
}

/// A name that is given and that no part has.
package struct UnknownPart: Error, CustomStringConvertible, Equatable {
  /// The name.
  package let name: String
  /// The name of a part that was probably meant; `nil` where none is near.
  package let nearest: String?

  /// `no part is named 'brakcet'; did you mean 'bracket'?`
  package var description: String {
    "no part is named '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
  }
}
