public import Files
public import Meshing

/// `*NODE PRINT`, `*EL PRINT`, `*SECTION PRINT`: what goes to the `.dat`.
public struct PrintCard: Sendable {
  /// Over what is printed.
  public enum Region: Sendable {
    /// `*NODE PRINT`
    case nodes(set: String, [Int32])
    /// `*EL PRINT`
    case cells(set: String, [Int32])
    /// `*SECTION PRINT`
    case section(surface: String, name: String, [Facet])
  }

  /// `TOTALS`
  public enum Totals: Sendable {
    /// Rows alone.
    case no
    /// Rows, and their sum.
    case yes
    /// The sum alone.
    case only
  }

  /// Over what is printed.
  public var region: Region
  /// What is printed, in the order of the card.
  public var keys: [OutputKey]
  /// `TOTALS`
  public var totals: Totals = .no
  /// `GLOBAL=YES` / `GLOBAL=NO`; `nil` for the default of the card.
  public var isGlobal: Bool?
  /// `FREQUENCY`, increments between prints; 0 prints nothing, -1 where the card does not say.
  ///
  /// When a step prints is for the step to say: ``DeckStep/outputFrequency``.
  public var frequency = -1
  /// Upper-case name of `*TIME POINTS`.
  public var timePoints: String?
  /// The keyword line.
  public var location: InputFault.Location

  /// A request for the given keys.
  public init(region: Region, keys: [OutputKey], location: InputFault.Location) {
    (self.region, self.keys, self.location) = (region, keys, location)
  }
}
