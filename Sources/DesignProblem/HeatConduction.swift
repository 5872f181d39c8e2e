/// Steady heat conduction in the design, whose temperatures warm the structure.
package struct HeatConduction: Codable, Sendable, Equatable {
  /// Heat that enters at the nodes of a region, evenly shared.
  package struct Source: Codable, Sendable, Equatable {
    /// Where.
    package var region: GridRegion
    /// The whole power on the region.
    package var power: Double
    /// A source.
    package init(_ region: GridRegion, power: Double) {
      self.region = region
      self.power = power
    }
  }
  /// Nodes that are kept at a temperature.
  package struct Sink: Codable, Sendable, Equatable {
    /// Where.
    package var region: GridRegion
    /// The temperature.
    package var temperature: Double
    /// A sink.
    package init(_ region: GridRegion, temperature: Double) {
      self.region = region
      self.temperature = temperature
    }
  }
  /// Convection on the border of the grid: *coefficient* · (T − *ambient*) leaves per area of the elements' sides, whatever their density.
  package struct Film: Codable, Sendable, Equatable {
    /// Where: the elements' sides on the border whose corners all lie in it.
    package var region: GridRegion
    /// Power per area and temperature difference.
    package var coefficient: Double
    /// The temperature far from the side.
    package var ambient: Double
    /// A film.
    package init(_ region: GridRegion, coefficient: Double, ambient: Double) {
      self.region = region
      self.coefficient = coefficient
      self.ambient = ambient
    }
  }
  /// Where heat enters.
  package var sources: [Source]
  /// Where temperatures are known; at least one where there is no film.
  package var sinks: [Sink]
  /// Where heat leaves by convection.
  package var films: [Film]
  /// The temperature at which the structure is free of thermal stress.
  package var stressFreeTemperature: Double
  /// Whether the temperatures strain the structure; otherwise they are only found, and it feels the problem's change of temperature alone.
  package var deforms: Bool

  /// A conduction problem.
  package init(
    sources: [Source], sinks: [Sink] = [], films: [Film] = [], stressFreeTemperature: Double = 0,
    deforms: Bool = true
  ) {
    self.sources = sources
    self.sinks = sinks
    self.films = films
    self.stressFreeTemperature = stressFreeTemperature
    self.deforms = deforms
  }

  /// Regions where heat leaves: those of sinks and films.
  package var cooledRegions: [GridRegion] { sinks.map(\.region) + films.map(\.region) }

  /// The same with every region replaced.
  package func mapRegions(_ image: (GridRegion) -> GridRegion) -> Self {
    var result = self
    for place in sources.indices { result.sources[place].region = image(sources[place].region) }
    for place in sinks.indices { result.sinks[place].region = image(sinks[place].region) }
    for place in films.indices { result.films[place].region = image(films[place].region) }
    return result
  }

  private enum CodingKeys: String, CodingKey {
    case sources, sinks, films, stressFreeTemperature, deforms
  }

  /// Reads a conduction problem; one that was written before there were films has none.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    sources = try values.decode([Source].self, forKey: .sources)
    sinks = try values.decode([Sink].self, forKey: .sinks)
    films = try values.decodeIfPresent([Film].self, forKey: .films) ?? []
    stressFreeTemperature = try values.decode(Double.self, forKey: .stressFreeTemperature)
    deforms = try values.decodeIfPresent(Bool.self, forKey: .deforms) ?? true
  }

  /// Writes a conduction problem; one without films as before there were any.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(sources, forKey: .sources)
    try values.encode(sinks, forKey: .sinks)
    if !films.isEmpty { try values.encode(films, forKey: .films) }
    try values.encode(stressFreeTemperature, forKey: .stressFreeTemperature)
    if !deforms { try values.encode(deforms, forKey: .deforms) }
  }
}
