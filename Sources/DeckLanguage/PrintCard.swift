package import Files
package import Meshing

/// `*NODE PRINT`, `*EL PRINT`, `*SECTION PRINT`: what goes to the `.dat`.
package struct PrintCard: Sendable {
  /// Over what is printed.
  package enum Region: Sendable {
    /// `*NODE PRINT`
    case nodes(set: String, [Int32])
    /// `*EL PRINT`
    case cells(set: String, [Int32])
    /// `*SECTION PRINT`
    case section(surface: String, name: String, [Facet])
  }

  /// `TOTALS`
  package enum Totals: Sendable {
    /// Rows alone.
    case no
    /// Rows, and their sum.
    case yes
    /// The sum alone.
    case only
  }

  /// Over what is printed.
  package var region: Region
  /// What is printed, in the order of the card.
  package var keys: [OutputKey]
  /// `TOTALS`
  package var totals: Totals = .no
  /// `GLOBAL=YES` / `GLOBAL=NO`; `nil` for the default of the card.
  package var isGlobal: Bool?
  /// `FREQUENCY`, increments between prints; 0 prints nothing, -1 where the card does not say.
  ///
  /// When a step prints is for the step to say: ``DeckStep/outputFrequency``.
  package var frequency = -1
  /// Upper-case name of `*TIME POINTS`.
  package var timePoints: String?
  /// The keyword line.
  package var location: InputFault.Location

  /// A request for the given keys.
  package init(region: Region, keys: [OutputKey], location: InputFault.Location) {
    (self.region, self.keys, self.location) = (region, keys, location)
  }
}
