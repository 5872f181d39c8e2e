/// The menu of fields that a generator can be told, by their names in family files.
package enum FieldKind: String, Codable, Sendable, CaseIterable {
  /// The share of the grid to be filled.
  case volumeFraction = "volume-fraction"
  /// Held displacements.
  case supports
  /// Forces, of one load case or of all.
  case forces
  /// The strain energy of the uniform design.
  case energy
  /// The displacement of the uniform design.
  case displacement
  /// The direction of the stress in the uniform design.
  case stress
  /// The temperature rise of the uniform design.
  case temperature
  /// Where heat enters and leaves.
  case heat
  /// The derivative of a term by the density of the uniform design.
  case sensitivity
  /// How far the uniform design is from the bound of a term.
  case limit
  /// What an effective constant is to be.
  case target
  /// Elements that are not designed.
  case passive

  /// The row of the entry: its channels, what has to be solved, and its formula.
  var row: FieldRow {
    switch self {
    case .volumeFraction: .volumeFraction
    case .supports: .supports
    case .forces: .forces
    case .energy: .energy
    case .displacement: .displacement
    case .stress: .stress
    case .temperature: .temperature
    case .heat: .heat
    case .sensitivity: .sensitivity
    case .limit: .limit
    case .target: .target
    case .passive: .passive
    }
  }
}
