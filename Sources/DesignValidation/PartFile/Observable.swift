package import Quantities

/// A figure that can be read from a solved model.
package enum Observable: Hashable, Sendable {
  /// A component of a vector in the global axes of the deck.
  package enum Axis: String, CaseIterable, Sendable { case x, y, z, magnitude }
  /// A component or an invariant of a symmetric tensor in the global axes of the deck.
  package enum Component: String, CaseIterable, Sendable {
    case xx, yy, zz, xy, xz, yz
    case vonMises = "von-mises"
    case maxPrincipal = "max-principal"
    case midPrincipal = "mid-principal"
    case minPrincipal = "min-principal"
  }

  case displacement(Axis)
  /// Summed over a set.
  case reaction(Axis)
  case stress(Component)
  /// Total strain, tensor shear.
  case strain(Component)
  case temperature
  /// Nodal heat flow (`RFL`), summed over a set.
  case heatFlow
  /// Elastic energy of the whole part.
  case strainEnergy
  /// *f*·*u* of all loads of a step, those of thermal strain among them: twice the elastic energy where nothing is warm.
  case loadWork
  /// Volume of all cells; plane cells have their thickness, axisymmetric ones a full turn.
  case volume
  /// Loaded nodes whose body the supports do not hold; found from the deck, without solving it. See ``LoadPath``.
  case unsupportedLoads
  /// How far members and gaps of a design of pixels fall short of a length; see ``PixelImage/minimumSize``.
  case minimumSize

  /// Every figure that can be read, as written in a part file.
  package static let all: [Observable] =
    Axis.allCases.map { .displacement($0) } + [.reaction(.x), .reaction(.y), .reaction(.z)]
    + Component.allCases.map { .stress($0) } + Component.allCases.map { .strain($0) }
    + [.temperature, .heatFlow, .strainEnergy, .loadWork, .volume, .unsupportedLoads, .minimumSize]

  /// The figure of the given text; `nil` where there is none.
  package init?(_ text: String) {
    guard let match = Self.all.first(where: { $0.text == text }) else { return nil }
    self = match
  }

  /// As written in a part file.
  package var text: String {
    switch self {
    case .displacement(let axis): "displacement \(axis.rawValue)"
    case .reaction(let axis): "reaction \(axis.rawValue)"
    case .stress(let component): "stress \(component.rawValue)"
    case .strain(let component): "strain \(component.rawValue)"
    case .temperature: "temperature"
    case .heatFlow: "heat-flow"
    case .strainEnergy: "strain-energy"
    case .loadWork: "load-work"
    case .volume: "volume"
    case .unsupportedLoads: "unsupported-loads"
    case .minimumSize: "minimum-size"
    }
  }

  /// What it measures.
  package var dimension: PhysicalDimension {
    switch self {
    case .displacement: .length
    case .reaction: .force
    case .stress: .stress
    case .strain: .dimensionless
    case .temperature: .temperature
    case .heatFlow: .power
    case .strainEnergy, .loadWork: .energy
    case .volume: .volume
    case .unsupportedLoads, .minimumSize: .dimensionless
    }
  }

  /// Whether it belongs to the whole part and has no place.
  package var isGlobal: Bool {
    switch self {
    case .strainEnergy, .loadWork, .volume, .unsupportedLoads: true
    default: false
    }
  }

  /// Whether it answers to the loads: a limit on it says what the part has to stand. Volume, sizes and how the cells hang together do not.
  package var isResponse: Bool { ![.volume, .unsupportedLoads, .minimumSize].contains(self) }

  /// Whether its values at nodes are extended from the integration points and averaged over the cells that meet.
  package var isAveraged: Bool {
    switch self {
    case .stress, .strain: true
    default: false
    }
  }

  /// Whether a set is summed rather than averaged.
  package var isSummed: Bool {
    switch self {
    case .reaction, .heatFlow: true
    default: false
    }
  }
}

/// Where a figure is read.
package enum Place: Sendable, Hashable {
  /// A node, by the number the deck gives it.
  case node(Int)
  /// The mean (or sum) over a node set.
  case set(String)
  /// A point of the undeformed part, two or three coordinates.
  case point([Quantity])
  /// The largest value over all nodes.
  case max
  /// The smallest value over all nodes.
  case min
  /// The value farthest from zero over all nodes.
  case maxMagnitude
  /// The largest value over a node set.
  case maxOver(String)
  /// The sizes over a set as one number.
  case norm(NormPlace)
  /// All of a design whose cells are pixels.
  case pixels(PixelPlace)

  /// Whether it looks for a largest or smallest value.
  var isExtreme: Bool {
    switch self {
    case .max, .min, .maxMagnitude, .maxOver: true
    case .node, .set, .point, .norm, .pixels: false
    }
  }

  /// As written in a part file.
  package var text: String {
    switch self {
    case .node(let label): "node \(label)"
    case .set(let name): "set \(name)"
    case .point(let coordinates):
      "point (" + coordinates.map(\.description).joined(separator: ", ") + ")"
    case .max: "max"
    case .min: "min"
    case .maxMagnitude: "max-magnitude"
    case .maxOver(let name): "max over \(name)"
    case .norm(let place): place.text
    case .pixels(let place): place.text
    }
  }
}
