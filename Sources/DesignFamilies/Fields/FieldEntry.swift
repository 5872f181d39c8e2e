internal import Files

/// One entry of a family's `fields`: `volume-fraction`, `{energy: pull}`, `{limit: stress}`.
package struct FieldEntry: Codable, Sendable, Hashable, CustomStringConvertible {
  /// Which row of the menu.
  package let kind: FieldKind
  /// The load case or the term that it is about, which some tasks may lack; of a load case's row `nil` for all cases together.
  package let subject: String?

  private init(_ kind: FieldKind, _ subject: String? = nil) {
    (self.kind, self.subject) = (kind, subject)
  }

  /// An entry by its name in files.
  ///
  /// - Parameter subject: The load case or the term, where the entry has one.
  /// - Throws: ``FieldFault`` for a name that is not on the menu, with the nearest one; a term that is missing; a subject of an entry that has none.
  package init(_ name: String, of subject: String? = nil) throws(FieldFault) {
    guard let kind = FieldKind(rawValue: name) else {
      throw .unknown("field", name, in: FieldKind.allCases.map(\.rawValue))
    }
    switch kind.row.subject {
    case .nothing where subject != nil:
      throw FieldFault("the field '\(name)' is about nothing in particular: write '\(name)' alone")
    case .term where subject == nil:
      throw FieldFault("the field '\(name)' is about a term: write '{\(name): NAME}'")
    case .nothing, .loadCase, .term: self.init(kind, subject)
    }
  }

  /// The share of the grid to be filled.
  package static let volumeFraction = Self(.volumeFraction)
  /// Held displacements.
  package static let supports = Self(.supports)
  /// Where heat enters, and where temperatures are kept.
  package static let heat = Self(.heat)
  /// The temperature rise of the uniform design.
  package static let temperature = Self(.temperature)
  /// Elements that are not designed.
  package static let passive = Self(.passive)
  /// Forces of one load case, or of all.
  package static func forces(_ loadCase: String? = nil) -> Self { Self(.forces, loadCase) }
  /// Strain energy in one load case, or in all.
  package static func energy(_ loadCase: String? = nil) -> Self { Self(.energy, loadCase) }
  /// Displacement in one load case, or in all.
  package static func displacement(_ loadCase: String? = nil) -> Self {
    Self(.displacement, loadCase)
  }
  /// Direction of the stress in one load case, or in all.
  package static func stress(_ loadCase: String? = nil) -> Self { Self(.stress, loadCase) }
  /// The derivative of a term by the density.
  package static func sensitivity(_ term: String) -> Self { Self(.sensitivity, term) }
  /// The distance from the bound of a term.
  package static func limit(_ term: String) -> Self { Self(.limit, term) }

  /// What an effective constant is to be.
  package static func target(_ term: String) -> Self { Self(.target, term) }

  /// As family files have it.
  package var description: String {
    subject.map { "{\(kind.rawValue): \($0)}" } ?? kind.rawValue
  }

  /// What its channels are called.
  ///
  /// - Parameter solidCount: Solids of a design.
  func names(solidCount: Int) -> [String] {
    let about = subject.map { "-" + $0 } ?? ""
    return kind.row.groups(solidCount: solidCount).flatMap(\.names).map { $0 + about }
  }
}
