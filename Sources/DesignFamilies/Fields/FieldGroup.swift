/// Channels that are the components of one quantity, and turn together.
struct FieldGroup: Sendable {
  /// What the quantity is.
  enum Kind: Sendable {
    /// A number that stays.
    case scalar
    /// A number that changes its sign with the loads and temperatures.
    case loadScalar
    /// x, y; it turns, and changes its sign with the loads.
    case vector
    /// xx, yy, xy; it turns, and changes its sign with the loads.
    case tensor
    /// One number for each axis, without a sign.
    case axes
  }
  /// What the channels are called.
  let names: [String]
  /// What the quantity is.
  let kind: Kind

  init(_ kind: Kind, _ names: String...) { self.init(kind, names: names) }

  init(_ kind: Kind, names: [String]) { (self.kind, self.names) = (kind, names) }

  /// For every channel of an image the channel that it comes from, and its factor: x and y change places first, then signs change.
  func sources(_ symmetry: Symmetry, negatesLoads: Bool) -> [(channel: Int, factor: Float)] {
    let sign: Float = negatesLoads ? -1 : 1
    let x: Float = symmetry.mirrorsX ? -1 : 1
    let y: Float = symmetry.mirrorsY ? -1 : 1
    let (first, second) = symmetry.swapsAxes ? (1, 0) : (0, 1)
    return switch kind {
    case .scalar: [(0, 1)]
    case .loadScalar: [(0, sign)]
    case .vector: [(first, sign * x), (second, sign * y)]
    case .tensor: [(first, sign), (second, sign), (2, sign * x * y)]
    case .axes: [(first, 1), (second, 1)]
    }
  }
}
