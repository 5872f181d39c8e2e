/// Values on the nodes or cells of a mesh, named for the picture.
public struct VTUField: Sendable, Equatable {
  /// The name ParaView lists.
  public var name: String
  /// What one value is made of.
  public var kind: Kind
  /// The components of the first node or cell, then of the second, and so on.
  ///
  /// Tensors have xx, yy, zz, xy, xz, yz here, as CalculiX prints them.
  public var values: [Double]

  /// What one value is made of.
  public enum Kind: Sendable, Equatable {
    /// One number.
    case scalar
    /// Three components.
    case vector
    /// The six components of a symmetric tensor.
    case symmetricTensor

    /// Numbers per value.
    public var componentCount: Int {
      switch self {
      case .scalar: 1
      case .vector: 3
      case .symmetricTensor: 6
      }
    }
  }

  /// A field of any kind.
  public init(_ name: String, _ kind: Kind, _ values: [Double]) {
    precondition(
      values.count.isMultiple(of: kind.componentCount),
      "\(values.count) numbers do not make values of \(kind.componentCount)")
    self.name = name
    self.kind = kind
    self.values = values
  }

  /// One number each.
  public static func scalars(_ name: String, _ values: [Double]) -> Self {
    Self(name, .scalar, values)
  }

  /// Three components each, by axis.
  public static func vectors(_ name: String, _ values: [SIMD3<Double>]) -> Self {
    Self(name, .vector, values.flatMap { [$0.x, $0.y, $0.z] })
  }

  /// Six components each: xx, yy, zz, xy, xz, yz, one value after the other.
  public static func symmetricTensors(_ name: String, _ components: [Double]) -> Self {
    Self(name, .symmetricTensor, components)
  }

  /// The number of values.
  public var count: Int { values.count / kind.componentCount }
}
