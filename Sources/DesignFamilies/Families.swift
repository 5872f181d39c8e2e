internal import Files

/// The design families that a program knows, by their names.
///
/// ```swift
/// let family = try Families.known.family("part")
/// let other = try Families.known.family("brackets/family.yml")
/// ```
package struct Families: Sendable {
  /// The families that are shipped. Any other one is a file.
  package static let known = Families([
    shipped(PackageResources.part_yml, "part.yml"),
    shipped(PackageResources.heat_sink_yml, "heat-sink.yml"),
    shipped(PackageResources.chip_yml, "chip.yml"),
    shipped(PackageResources.floorplan_yml, "floorplan.yml"),
    shipped(PackageResources.microstructure_yml, "microstructure.yml"),
    shipped(PackageResources.stent_yml, "stent.yml"),
  ])

  private static func shipped(_ bytes: [UInt8], _ file: String) -> FamilyFile {
    do throws(InputFaults) {
      return try FamilyFile(untried: bytes, file: file)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// The families, in the order in which they are listed to users.
  package let all: [any DesignFamily]

  /// Families whose names differ.
  package init(_ all: [any DesignFamily]) {
    precondition(Set(all.map(\.name)).count == all.count, "two families of one name")
    self.all = all
  }

  /// Their names, for help texts.
  package var names: String { all.map(\.name).joined(separator: ", ") }

  /// The family of an argument: a name, or the path of a family file, which ends in `.yml` or has a `/` in it.
  ///
  /// - Throws: ``UnknownFamily``, or `InputFaults` with all that is wrong in the file.
  package func family(_ argument: String) throws -> any DesignFamily {
    if Self.isPath(argument) { return try FamilyFile(contentsOf: argument) }
    return try named(argument)
  }

  /// Whether an argument is the path of a family file, and no name.
  package static func isPath(_ argument: String) -> Bool {
    argument.hasSuffix(".yml") || argument.hasSuffix(".yaml") || argument.contains("/")
  }

  /// The family of a name.
  ///
  /// - Throws: ``UnknownFamily`` with the nearest name and all of them.
  package func named(_ name: String) throws(UnknownFamily) -> any DesignFamily {
    guard let family = all.first(where: { $0.name == name }) else {
      throw UnknownFamily(
        name: name, nearest: name.nearest(in: all.map(\.name)), known: all.map(\.name))
    }
    return family
  }
}

/// A name that no family has.
package struct UnknownFamily: Error, Equatable, CustomStringConvertible {
  /// The name.
  package let name: String
  /// A family whose name is nearly the same, where there is one.
  package let nearest: String?
  /// The families there are.
  package let known: [String]

  /// What is wrong, and what there is.
  package var description: String {
    "the family '\(name.prefix(40))' is not known; "
      + (nearest.map { "did you mean '\($0)'? " } ?? "") + "there is "
      + known.joined(separator: ", ")
  }
}
