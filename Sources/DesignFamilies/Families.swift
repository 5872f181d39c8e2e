internal import Files
internal import Quantities

/// The design families that a program knows, by their names.
///
/// ```swift
/// let family = try Families.known.named("part")
/// ```
public struct Families: Sendable {
  /// Every family there is. A new one is added here, and nowhere else.
  public static let known = Families([PartFamily()])

  /// The families, in the order in which they are listed to users.
  public let all: [any DesignFamily]

  /// Families whose names differ.
  public init(_ all: [any DesignFamily]) {
    precondition(Set(all.map(\.name)).count == all.count, "two families of one name")
    self.all = all
  }

  /// Their names, for help texts.
  public var names: String { all.map(\.name).joined(separator: ", ") }

  /// The family of a name.
  ///
  /// - Throws: ``UnknownFamily`` with the nearest name and all of them.
  public func named(_ name: String) throws(UnknownFamily) -> any DesignFamily {
    guard let family = all.first(where: { $0.name == name }) else {
      throw UnknownFamily(
        name: name, nearest: name.nearest(in: all.map(\.name)), known: all.map(\.name))
    }
    return family
  }
}

/// A name that no family has.
public struct UnknownFamily: Error, Equatable, CustomStringConvertible {
  /// The name.
  public let name: String
  /// A family whose name is nearly the same, where there is one.
  public let nearest: String?
  /// The families there are.
  public let known: [String]

  /// What is wrong, and what there is.
  public var description: String {
    "the family '\(name.prefix(40))' is not known; "
      + (nearest.map { "did you mean '\($0)'? " } ?? "") + "there is "
      + known.joined(separator: ", ")
  }
}
