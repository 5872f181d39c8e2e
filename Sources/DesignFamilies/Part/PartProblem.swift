public import Manufacturability

/// A plane part to be designed: how it is held, what pulls at it, and how much material there is.
///
/// Lengths are millimetres, forces newtons, stresses megapascals; the origin is the lower left corner, *y* up.
public struct PartProblem: Sendable, Equatable {
  /// Elements of the image.
  public var size: GridSize
  /// The case of the catalogue, or `random`.
  public var supportCase: String
  /// What is held, in element units.
  public var supports: [Support]
  /// What pulls, in element units and newtons; all at once.
  public var loads: [MechanicalLoad]
  /// The share of the grid to be filled.
  public var volumeFraction: Double
  /// What the part is made of: aluminium, as all problems of the sampler, unless told otherwise.
  public var material: SolidPhase
  /// The edge of an element, and the thickness of the part: a millimetre each unless told otherwise.
  public var pixelSize, thickness: Double

  /// A problem.
  public init(
    size: GridSize, supportCase: String = "own", supports: [Support], loads: [MechanicalLoad],
    volumeFraction: Double, material: SolidPhase = .aluminium6061, pixelSize: Double = 1,
    thickness: Double = 1
  ) {
    self.size = size
    self.supportCase = supportCase
    self.supports = supports
    self.loads = loads
    self.volumeFraction = volumeFraction
    self.material = material
    self.pixelSize = pixelSize
    self.thickness = thickness
  }

  /// The grid.
  public var grid: DesignGrid {
    DesignGrid(
      columns: size.columns, rows: size.rows, pixelSize: pixelSize, thickness: thickness)
  }

  /// The number of elements to be filled.
  public var solidCount: Int { Int((volumeFraction * Double(size.elementCount)).rounded()) }

  /// What the solver is given: the strict void of Docs/Design.md §5 unless told otherwise, compliance as the one term.
  public func manufacturability(void: VoidPhase = .init(), filter: DensityFilter? = nil)
    -> ManufacturabilityProblem
  {
    ManufacturabilityProblem(
      grid: grid, solids: [material], void: void, supports: supports,
      loadCases: [LoadCase(loads: loads)], filter: filter, terms: [Term(.compliance())])
  }

  /// Elements that touch a node where something is held, ascending.
  public var supportElements: [Int] { elements(touching: supports.map(\.region)) }

  /// For every support the elements that touch a node held there, ascending.
  public var elementsOfEachSupport: [[Int]] { supports.map { elements(touching: [$0.region]) } }

  /// For every node that a load acts on the elements that touch it, ascending: a force on void alone would be carried by nothing.
  public var loadElements: [[Int]] {
    NodalLoads(of: self).groups.flatMap(\.nodes).sorted().map(elements(atNode:))
  }

  private func elements(touching regions: [GridRegion]) -> [Int] {
    Set(regions.flatMap { grid.nodes(in: $0) }.flatMap(elements(atNode:))).sorted()
  }

  /// Up to four elements, ascending.
  func elements(atNode node: Int) -> [Int] {
    let at = grid.position(ofNode: node)
    var found: [Int] = []
    for j in [at[1], at[1] - 1] where j >= 0 && j < size.rows {
      for i in [at[0] - 1, at[0]] where i >= 0 && i < size.columns {
        found.append(grid.element(i, j))
      }
    }
    return found
  }

  /// The problem mirrored or turned.
  ///
  /// - Precondition: The symmetry lays the grid onto itself.
  public func imaged(_ symmetry: Symmetry) -> PartProblem {
    var image = self
    image.supports = supports.map {
      Support($0.region.imaged(symmetry, on: size), axes: $0.axes.map(symmetry.axis))
    }
    image.loads = loads.map {
      MechanicalLoad(
        $0.region.imaged(symmetry, on: size), force: symmetry.vector($0.force), sharing: $0.sharing)
    }
    return image
  }
}

extension PartProblem: Codable {
  private enum CodingKeys: String, CodingKey {
    case size, supportCase, supports, loads, volumeFraction, material, pixelSize, thickness
  }

  /// Reads a problem; of what it is made and how large it is may be left out.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      size: try values.decode(GridSize.self, forKey: .size),
      supportCase: try values.decode(String.self, forKey: .supportCase),
      supports: try values.decode([Support].self, forKey: .supports),
      loads: try values.decode([MechanicalLoad].self, forKey: .loads),
      volumeFraction: try values.decode(Double.self, forKey: .volumeFraction),
      material: try values.decodeIfPresent(SolidPhase.self, forKey: .material) ?? .aluminium6061,
      pixelSize: try values.decodeIfPresent(Double.self, forKey: .pixelSize) ?? 1,
      thickness: try values.decodeIfPresent(Double.self, forKey: .thickness) ?? 1)
  }

  /// Writes a problem; a data set need not say of every problem that it is of aluminium.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(size, forKey: .size)
    try values.encode(supportCase, forKey: .supportCase)
    try values.encode(supports, forKey: .supports)
    try values.encode(loads, forKey: .loads)
    try values.encode(volumeFraction, forKey: .volumeFraction)
    if material != .aluminium6061 { try values.encode(material, forKey: .material) }
    if pixelSize != 1 { try values.encode(pixelSize, forKey: .pixelSize) }
    if thickness != 1 { try values.encode(thickness, forKey: .thickness) }
  }
}

extension SolidPhase {
  /// Aluminium 6061-T6: *E* = 68.9 GPa, ν = 0.33, in megapascals.
  ///
  /// - Source: ASM Handbook volume 2 (1990), wrought aluminium 6061: *E* = 68.9 GPa, ν = 0.33, *k* = 167 W/(m·K), α = 23.6e-6/K.
  public static var aluminium6061: SolidPhase {
    SolidPhase(youngsModulus: 68_900, poissonsRatio: 0.33, conductivity: 167, expansion: 23.6e-6)
  }
}

extension GridRegion {
  /// The region mirrored or turned with the whole grid.
  func imaged(_ symmetry: Symmetry, on size: GridSize) -> GridRegion {
    func point(_ at: [Double]) -> [Double] { symmetry.point(at, on: size) }
    switch self {
    case .edge(let side): return .edge(side: symmetry.side(side))
    case .corner(let sides): return .corner(sides: sides.map(symmetry.side))
    case .box(let lower, let upper):
      let (a, b) = (point(lower), point(upper))
      return .box(lower: zip(a, b).map(min), upper: zip(a, b).map(max))
    case .disc(let center, let radius): return .disc(center: point(center), radius: radius)
    case .point(let at): return .point(at: point(at))
    case .points(let places): return .points(at: places.map(point))
    }
  }
}
