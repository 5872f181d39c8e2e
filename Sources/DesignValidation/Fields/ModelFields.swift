/// What pictures and comparisons need of one solved model: the skin of its mesh and fields at the skin's nodes, of the last step.
///
/// The skin of a plane mesh is all of the mesh. Places count through ``positions`` from 0; every array of a field has a value for each of them.
package struct ModelFields: Sendable, Equatable {
  /// A node that is held.
  package struct Support: Sendable, Equatable {
    /// The node's place in ``ModelFields/positions``.
    package var place: Int
    /// The held axes, 0, 1 and 2, of the node's own axes where the deck gives it some.
    package var axes: Set<Int>

    /// A held node.
    package init(place: Int, axes: Set<Int>) { (self.place, self.axes) = (place, axes) }
  }
  /// A force on a node: forces of the deck, and the node's share of pressures.
  package struct Load: Sendable, Equatable {
    /// The node's place in ``ModelFields/positions``.
    package var place: Int
    /// In global axes, in the deck's unit of force; amplitudes are not applied.
    package var force: SIMD3<Double>

    /// A force on a node.
    package init(place: Int, force: SIMD3<Double>) { (self.place, self.force) = (place, force) }
  }

  /// Whether the faces lie in a plane; else they are the outer skin of a body.
  package var isPlane: Bool
  /// The number that the deck gives each node.
  package var nodeNumbers: [Int]
  /// Undeformed, in the deck's unit of length.
  package var positions: [SIMD3<Double>]
  /// The corners of each face, 3 or 4 places, counter-clockwise seen from outside.
  package var faces: [[UInt32]]
  /// The material of each face, counted from 0 in the order of the deck (255 for all from there on).
  package var materials: [UInt8]
  /// In the deck's unit of length, global axes.
  package var displacement: [SIMD3<Double>]?
  /// The von Mises stress of the averaged stress, in the deck's unit.
  package var vonMises: [Double]?
  /// In the deck's unit.
  package var temperature: [Double]?
  /// The estimated error in the energy norm, the mean of the cells that meet at the node; in the square root of the deck's unit of energy.
  package var errorEstimate: [Double]?
  /// Held nodes of the skin, by place.
  package var supports: [Support]
  /// Forces on nodes of the skin, by place. Weight and centrifugal forces are not among them.
  package var loads: [Load]

  /// A skin without fields.
  package init(
    isPlane: Bool, nodeNumbers: [Int], positions: [SIMD3<Double>], faces: [[UInt32]],
    materials: [UInt8]
  ) {
    (self.isPlane, self.nodeNumbers, self.positions) = (isPlane, nodeNumbers, positions)
    (self.faces, self.materials) = (faces, materials)
    (supports, loads) = ([], [])
  }

  /// The scalar fields that the model has, by the name that reports and files give them.
  package var scalars: [(name: String, values: [Double])] {
    [
      (Self.vonMisesName, vonMises), (Self.temperatureName, temperature),
      (Self.errorName, errorEstimate),
    ]
    .compactMap { name, values in values.map { (name, $0) } }
  }

  static let vonMisesName = "von_mises"
  static let temperatureName = "temperature"
  static let errorName = "error_estimate"
}
