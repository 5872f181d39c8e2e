/// Steady heat conduction in the design, whose temperatures warm the structure.
public struct HeatConduction: Codable, Sendable, Equatable {
  /// Heat that enters at the nodes of a region, evenly shared.
  public struct Source: Codable, Sendable, Equatable {
    /// Where.
    public var region: GridRegion
    /// The whole power on the region.
    public var power: Double
    /// A source.
    public init(_ region: GridRegion, power: Double) {
      self.region = region
      self.power = power
    }
  }
  /// Nodes that are kept at a temperature.
  public struct Sink: Codable, Sendable, Equatable {
    /// Where.
    public var region: GridRegion
    /// The temperature.
    public var temperature: Double
    /// A sink.
    public init(_ region: GridRegion, temperature: Double) {
      self.region = region
      self.temperature = temperature
    }
  }
  /// Where heat enters.
  public var sources: [Source]
  /// Where temperatures are known; at least one.
  public var sinks: [Sink]
  /// The temperature at which the structure is free of thermal stress.
  public var stressFreeTemperature: Double

  /// A conduction problem.
  public init(sources: [Source], sinks: [Sink], stressFreeTemperature: Double = 0) {
    self.sources = sources
    self.sinks = sinks
    self.stressFreeTemperature = stressFreeTemperature
  }
}
