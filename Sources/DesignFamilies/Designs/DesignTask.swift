package import DesignProblem
import Manufacturability

/// What one design of a family is asked to do: a problem for the solver, how much material there is, and the case that it is of.
///
/// A value: drawn by a family, stored in data sets, compared. Lengths are millimetres, forces newtons, stresses megapascals, powers watts; the
/// origin is the lower left corner, *y* up.
package struct DesignTask: Sendable, Equatable {
  /// What the solver is given: the strict void of Docs/Design.md §5, no filter, and the objective as the first term. A smaller objective is better.
  /// Further terms have no weight: they are measured, and limited by ``limits``.
  package var stated: ManufacturabilityProblem
  /// The share of the grid to be filled.
  package var volumeFraction: Double
  /// What the family calls a problem held like this; `own` where the problem is not the family's.
  package var caseName: String
  /// What a design may be at most by the terms of ``stated``; the volume is not among them.
  package var limits: [TaskLimit]

  /// A task.
  package init(
    _ stated: ManufacturabilityProblem, volumeFraction: Double, caseName: String = "own",
    limits: [TaskLimit] = []
  ) {
    self.stated = stated
    self.volumeFraction = volumeFraction
    self.caseName = caseName
    self.limits = limits
  }

  /// A stiff plane body under forces that act all at once.
  ///
  /// - Parameters:
  ///   - supports: What is held, in element units.
  ///   - loads: What pulls, in element units and newtons.
  ///   - material: Aluminium unless told otherwise.
  ///   - pixelSize: The edge of an element, a millimetre unless told otherwise; `thickness` likewise.
  package init(
    size: GridSize, caseName: String = "own", supports: [Support], loads: [MechanicalLoad],
    volumeFraction: Double, material: SolidPhase = .aluminium6061, pixelSize: Double = 1,
    thickness: Double = 1
  ) {
    self.init(
      ManufacturabilityProblem(
        grid: DesignGrid(
          columns: size.columns, rows: size.rows, pixelSize: pixelSize, thickness: thickness),
        solids: [material], supports: supports, loadCases: [LoadCase(loads: loads)],
        terms: [Term(.compliance())]),
      volumeFraction: volumeFraction, caseName: caseName)
  }

  /// The grid.
  package var grid: DesignGrid { stated.grid }
  /// Elements of the image.
  package var size: GridSize { GridSize(columns: stated.grid.columns, rows: stated.grid.rows) }
  /// What is held, in element units.
  package var supports: [Support] {
    get { stated.supports }
    set { stated.supports = newValue }
  }
  /// What pulls in the first load case, in element units and newtons; all at once.
  package var loads: [MechanicalLoad] {
    get { stated.loadCases.first?.loads ?? [] }
    set {
      if stated.loadCases.isEmpty {
        stated.loadCases = newValue.isEmpty ? [] : [LoadCase(loads: newValue)]
      } else {
        stated.loadCases[0].loads = newValue
      }
    }
  }
  /// Whether a force acts in any load case.
  package var hasForces: Bool { stated.loadCases.contains { !$0.loads.isEmpty } }
  /// What the design is made of.
  package var material: SolidPhase {
    get { stated.solids[0] }
    set { stated.solids[0] = newValue }
  }
  /// The edge of an element.
  package var pixelSize: Double {
    get { stated.grid.pixelSize }
    set { stated.grid.pixelSize = newValue }
  }
  /// The thickness of the design.
  package var thickness: Double {
    get { stated.grid.thickness }
    set { stated.grid.thickness = newValue }
  }
  /// What is to be made least, such as `compliance`.
  package var objectiveName: String { stated.terms[0].measure.name }

  /// Whether a matrix fills the grid where a design is 0: then every design is one body, nothing floats, and all loads are carried.
  package var isBonded: Bool { stated.matrix != nil }

  /// The number of elements to be filled.
  package var solidCount: Int { Int((volumeFraction * Double(size.elementCount)).rounded()) }

  /// What the solver is given: the strict void of Docs/Design.md §5 unless told otherwise.
  ///
  /// - Parameter isObjectiveAlone: Whether all but the first term is left out, and with it what only the others need solved.
  package func manufacturability(
    void: VoidPhase = .init(), filter: DensityFilter? = nil, isObjectiveAlone: Bool = false
  ) -> ManufacturabilityProblem {
    var problem = stated
    (problem.void, problem.filter) = (void, filter)
    if isObjectiveAlone { problem.terms = [problem.terms[0]] }
    return problem
  }

  /// The problem mirrored or turned.
  ///
  /// - Precondition: The symmetry lays the grid onto itself.
  package func imaged(_ symmetry: Symmetry) -> DesignTask {
    var image = self
    func imaged(_ region: GridRegion) -> GridRegion { region.imaged(symmetry, on: size) }
    image.stated.supports = supports.map {
      Support(imaged($0.region), axes: $0.axes.map(symmetry.axis))
    }
    for place in image.stated.loadCases.indices {
      image.stated.loadCases[place].loads = stated.loadCases[place].loads.map {
        MechanicalLoad(imaged($0.region), force: symmetry.vector($0.force), sharing: $0.sharing)
      }
    }
    for place in stated.passive.indices {
      image.stated.passive[place].region = imaged(stated.passive[place].region)
    }
    image.stated.terms = stated.terms.map { $0.imaged(symmetry, on: size) }
    image.stated.heat = stated.heat?.mapRegions(imaged)
    return image
  }
}

extension DesignTask {
  /// Elements that touch a node where something is held, a temperature is kept, or a film cools, ascending.
  package var supportElements: [Int] { elements(touching: heldRegions) }

  /// For every support, every sink and every film the elements that touch a node of it, ascending.
  package var elementsOfEachSupport: [[Int]] { heldRegions.map { elements(touching: [$0]) } }

  /// For every node that a load or a source acts on the elements that touch it, ascending: what acts on void alone would be carried by nothing.
  package var loadElements: [[Int]] {
    let forced = NodalLoads.ofEachCase(of: self).flatMap { $0.groups.flatMap(\.nodes) }
    // A node that is loaded in several cases needs one joint.
    let nodes = stated.loadCases.count > 1 ? Array(Set(forced)) : forced
    return (nodes + nodalPowers.map(\.node)).sorted().map(elements(atNode:))
  }

  private var heldRegions: [GridRegion] {
    supports.map(\.region) + (stated.heat?.cooledRegions ?? [])
  }

  private func elements(touching regions: [GridRegion]) -> [Int] {
    Set(regions.flatMap { grid.nodes(in: $0) }.flatMap(elements(atNode:))).sorted()
  }

  /// Up to four elements, ascending.
  func elements(atNode node: Int) -> [Int] {
    let position = grid.position(ofNode: node)
    var touching: [Int] = []
    for j in [position[1], position[1] - 1] where j >= 0 && j < grid.rows {
      for i in [position[0] - 1, position[0]] where i >= 0 && i < grid.columns {
        touching.append(grid.element(i, j))
      }
    }
    return touching
  }

  /// The power that enters at every heated node of the grid, ascending.
  var nodalPowers: [(node: Int, power: Double)] {
    var sum: [Int: Double] = [:]
    for source in stated.heat?.sources ?? [] {
      let nodes = grid.nodes(in: source.region)
      for node in nodes { sum[node, default: 0] += source.power / Double(nodes.count) }
    }
    return sum.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension DesignTask: Codable {
  private enum CodingKeys: String, CodingKey {
    case size, supports, loads, volumeFraction, material, pixelSize, thickness, problem, limits
    case caseName = "supportCase"
  }

  /// Reads a task: in the short form, where material and lengths may be left out, or with its whole problem.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let caseName = try values.decode(String.self, forKey: .caseName)
    let volumeFraction = try values.decode(Double.self, forKey: .volumeFraction)
    let limits = try values.decodeIfPresent([TaskLimit].self, forKey: .limits) ?? []
    if let stated = try values.decodeIfPresent(ManufacturabilityProblem.self, forKey: .problem) {
      self.init(stated, volumeFraction: volumeFraction, caseName: caseName, limits: limits)
      return
    }
    self.init(
      size: try values.decode(GridSize.self, forKey: .size), caseName: caseName,
      supports: try values.decode([Support].self, forKey: .supports),
      loads: try values.decode([MechanicalLoad].self, forKey: .loads),
      volumeFraction: volumeFraction,
      material: try values.decodeIfPresent(SolidPhase.self, forKey: .material) ?? .aluminium6061,
      pixelSize: try values.decodeIfPresent(Double.self, forKey: .pixelSize) ?? 1,
      thickness: try values.decodeIfPresent(Double.self, forKey: .thickness) ?? 1)
    self.limits = limits
  }

  /// Writes a task. A stiff plane body under forces has a short form: a data set need not say of each that it is of aluminium.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(caseName, forKey: .caseName)
    try values.encode(volumeFraction, forKey: .volumeFraction)
    if !limits.isEmpty { try values.encode(limits, forKey: .limits) }
    var short = DesignTask(
      size: size, caseName: caseName, supports: supports, loads: loads,
      volumeFraction: volumeFraction, material: material, pixelSize: pixelSize,
      thickness: thickness)
    short.limits = limits
    guard self == short else {
      try values.encode(stated, forKey: .problem)
      return
    }
    try values.encode(size, forKey: .size)
    try values.encode(supports, forKey: .supports)
    try values.encode(loads, forKey: .loads)
    if material != .aluminium6061 { try values.encode(material, forKey: .material) }
    if pixelSize != 1 { try values.encode(pixelSize, forKey: .pixelSize) }
    if thickness != 1 { try values.encode(thickness, forKey: .thickness) }
  }
}

extension SolidPhase {
  /// Aluminium 6061-T6 in the units of tasks: *E* = 68.9 GPa in megapascals, ν = 0.33, *k* = 0.167 W/(mm·K).
  ///
  /// - Source: ASM Handbook volume 2 (1990), wrought aluminium 6061: *E* = 68.9 GPa, ν = 0.33, *k* = 167 W/(m·K), α = 23.6e-6/K.
  package static var aluminium6061: SolidPhase {
    SolidPhase(youngsModulus: 68_900, poissonsRatio: 0.33, conductivity: 0.167, expansion: 23.6e-6)
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
