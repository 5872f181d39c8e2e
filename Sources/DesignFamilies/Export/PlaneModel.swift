internal import DesignProblem
internal import Manufacturability
internal import Meshing

/// A mesh of a design with what holds it and what pulls at it: what a deck says.
struct PlaneModel {
  /// Cells, lengths in millimetres.
  var mesh: Mesh
  /// Nodes that are held along *x*, and along *y*, ascending.
  var held: [[Int]]
  /// Forces of every load case, in newtons, by node, ascending; those on void have no node and are left out.
  var forces: [[(node: Int, force: SIMD2<Double>)]]
  /// Nodes that are kept at a temperature, ascending.
  var cooled: [(node: Int, temperature: Double)]
  /// Powers, in watts, by node, ascending; those on void have no node and are left out.
  var powers: [(node: Int, power: Double)]
  /// Sides of cells that a film cools, by the cell's number in the deck and the side's from 1.
  var films: [(cell: Int, side: Int, coefficient: Double, ambient: Double)] = []
  /// Nodes of the mesh in regions that limits name, by the name of their set; of a region that the mesh does not reach there are none.
  var regions: [(name: String, nodes: [Int])] = []
  /// Elements that stress limits are read over, by the name of their set.
  var cells: [(name: String, cells: [Int])] = []
  /// What the cells are made of where a matrix fills the grid: sets of cells, from 0, of one solid each; else empty.
  var sections: [(name: String, cells: [Int], solid: SolidPhase)] = []
  /// The place of the block of cells that stand for void, where there is one.
  var voidBlock: Int?
  /// The area of all cells, in square millimetres.
  var area: Double

  /// Solid pixels, a `CPS4` each.
  ///
  /// - Parameters:
  ///   - solid: What is solid, `[row][column]`.
  ///   - problem: Supports and loads.
  init(
    pixels solid: [Bool], of problem: DesignTask,
    regions: [(name: String, region: GridRegion)] = []
  ) {
    let grid = problem.grid
    var place = [Int](repeating: -1, count: grid.nodeCount)
    var connectivity: [Int32] = []
    let cells = solid.indices.filter { solid[$0] }
    for cell in cells { for node in grid.nodes(ofElement: cell) { place[node] = 0 } }
    let used = place.indices.filter { place[$0] == 0 }
    for (number, node) in used.enumerated() { place[node] = number }
    for cell in cells { connectivity += grid.nodes(ofElement: cell).map { Int32(place[$0]) } }
    let points = used.map { node -> SIMD2<Double> in
      let position = grid.position(ofNode: node)
      return SIMD2(Double(position[0]), Double(position[1]))
    }
    let block = CellBlock(shape: .quadrilateral4, elementType: .cps4, connectivity: connectivity)
    self.init(
      points: points, blocks: [block], problem: problem,
      lattice: Dictionary(uniqueKeysWithValues: used.map { ($0, place[$0]) }), holdsLattice: true,
      regions: regions)
    area = Double(cells.count) * grid.pixelSize * grid.pixelSize
  }

  /// The whole image: solid pixels, and behind them those that stand for void, a `CPS4` each.
  ///
  /// Temperatures are those that the image has at every node, the void's among them: what a limit on their norm is of.
  ///
  /// - Parameters:
  ///   - solid: What is solid, `[row][column]`.
  ///   - problem: Sources and sinks.
  init(
    image solid: [Bool], of problem: DesignTask, regions: [(name: String, region: GridRegion)],
    cells: [(name: String, uncounted: [Int])]
  ) {
    let grid = problem.grid
    func block(_ isSolid: Bool) -> CellBlock {
      CellBlock(
        shape: .quadrilateral4, elementType: .cps4,
        connectivity: solid.indices.filter { solid[$0] == isSolid }
          .flatMap { grid.nodes(ofElement: $0).map(Int32.init) })
    }
    let blocks = [block(true), block(false)].filter { $0.count > 0 }
    self.init(
      points: (0..<grid.nodeCount).map { node in
        let position = grid.position(ofNode: node)
        return SIMD2(Double(position[0]), Double(position[1]))
      }, blocks: blocks, problem: problem,
      lattice: Dictionary(uniqueKeysWithValues: (0..<grid.nodeCount).map { ($0, $0) }),
      holdsLattice: true, regions: regions)
    self.cells = Self.cells(of: solid, cells)
    voidBlock = blocks.count == 2 ? 1 : nil
    sections = problem.sections(of: solid)
    area = Double(solid.count) * grid.pixelSize * grid.pixelSize
  }

  /// Fitted cells with a node amid each edge: `CPS8` and `CPS6`.
  init(
    _ fitted: FittedCells, of problem: DesignTask,
    regions: [(name: String, region: GridRegion)] = []
  ) {
    var points = fitted.points
    var middles: [SIMD2<Int>: Int] = [:]
    var (triangles, quadrilaterals): ([Int32], [Int32]) = ([], [])
    for cell in fitted.cells {
      var nodes = cell.map { Int32($0) }
      for corner in cell.indices {
        let (a, b) = (cell[corner], cell[(corner + 1) % cell.count])
        let edge = SIMD2(min(a, b), max(a, b))
        let middle = middles[edge] ?? points.count
        if middle == points.count {
          points.append((points[a] + points[b]) / 2)
          middles[edge] = middle
        }
        nodes.append(Int32(middle))
      }
      if cell.count == 3 { triangles += nodes } else { quadrilaterals += nodes }
    }
    let blocks = [
      CellBlock(shape: .quadrilateral8, elementType: .cps8, connectivity: quadrilaterals),
      CellBlock(shape: .triangle6, elementType: .cps6, connectivity: triangles),
    ]
    self.init(
      points: points, blocks: blocks.filter { $0.count > 0 }, problem: problem,
      lattice: fitted.pinnedPoints, holdsLattice: false, regions: regions)
    area = fitted.area * problem.grid.pixelSize * problem.grid.pixelSize
  }

  /// - Parameters:
  ///   - points: Nodes, in pixels.
  ///   - lattice: The node of the mesh at nodes of the grid.
  ///   - holdsLattice: Whether supports hold nodes of the grid alone, rather than all that lie in their regions.
  private init(
    points: [SIMD2<Double>], blocks: [CellBlock], problem: DesignTask, lattice: [Int: Int],
    holdsLattice: Bool, regions: [(name: String, region: GridRegion)]
  ) {
    let grid = problem.grid
    /// Nodes of the mesh in a region of the grid.
    func nodes(in region: GridRegion) -> Set<Int> {
      var nodes = Set(grid.nodes(in: region).compactMap { lattice[$0] })
      if !holdsLattice {
        nodes.formUnion(points.indices.filter { region.covers(points[$0], on: problem.size) })
      }
      return nodes
    }
    var held: [Set<Int>] = [[], []]
    for support in problem.supports {
      let nodes = nodes(in: support.region)
      for axis in support.axes where axis != .z { held[axis.index].formUnion(nodes) }
    }
    var kept: [Int: Double] = [:]
    for sink in problem.stated.heat?.sinks ?? [] {
      for node in nodes(in: sink.region) { kept[node] = sink.temperature }
    }
    cooled = kept.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    powers = problem.nodalPowers.compactMap { node, power in lattice[node].map { ($0, power) } }
      .sorted { $0.node < $1.node }
    self.regions = regions.map { ($0.name, nodes(in: $0.region).sorted()) }
    self.held = held.map { $0.sorted() }
    forces = problem.stated.loadCases.indices.map { place in
      problem.nodalForces(inCase: place)
        .compactMap { node, force in lattice[node].map { ($0, force) } }
        .sorted { $0.node < $1.node }
    }
    var first = 1
    var labelled = blocks
    for place in labelled.indices {
      labelled[place].labels = Array(first..<(first + labelled[place].count))
      first += labelled[place].count
    }
    mesh = Mesh(
      nodes: points.map { SIMD3($0.x, $0.y, 0) * grid.pixelSize }, blocks: labelled)
    area = 0
    let cooling = (problem.stated.heat?.films ?? []).map { ($0, nodes(in: $0.region)) }
    guard !cooling.isEmpty else { return }
    /// Sides of the grid that a point lies on.
    func borders(_ node: Int) -> Set<GridSide> {
      Set(
        [GridSide.left, .right, .bottom, .top].filter {
          GridRegion.edge(side: $0).covers(points[node], on: problem.size)
        })
    }
    for facet in mesh.boundaryFacets() {
      let ends = mesh.sideNodes(of: facet).prefix(2).map { Int($0) }
      // A side has one film at most: problems with two on it are refused.
      guard let film = cooling.first(where: { $0.1.isSuperset(of: ends) })?.0,
        !borders(ends[0]).isDisjoint(with: borders(ends[1]))
      else { continue }
      films.append(
        (Int(facet.cell) + 1, Int(facet.side) + 1, film.coefficient, film.ambient))
    }
  }
}

extension PlaneModel {
  /// Sets of the cells of solid pixels without those that are not counted, cells in the order of pixels.
  static func cells(of solid: [Bool], _ sets: [(name: String, uncounted: [Int])])
    -> [(name: String, cells: [Int])]
  {
    let pixels = solid.indices.filter { solid[$0] }
    return sets.map { set in
      let uncounted = Set(set.uncounted)
      return (set.name, pixels.indices.filter { !uncounted.contains(pixels[$0]) })
    }
  }

  /// Nodes that a force acts on in any load case, ascending.
  var loadedNodes: [Int] { Set(forces.joined().map(\.node)).sorted() }

  /// Corners of cells at which the exact stress is infinite: those with a force, ends of held stretches of the boundary, and held corners inside with a
  /// neighbour that is free.
  var singularNodes: [Int] {
    var axesHeld: [Int: Set<Int>] = [:]
    for axis in held.indices { for node in held[axis] { axesHeld[node, default: []].insert(axis) } }
    var singular = Set(loadedNodes)
    /// Marks the ends of an edge that are held where the other end is not.
    func look(_ a: Int, _ b: Int, _ isEligible: (Int) -> Bool) {
      for (node, other) in [(a, b), (b, a)] where isEligible(node) {
        guard let axes = axesHeld[node] else { continue }
        if !axes.isSubset(of: axesHeld[other] ?? []) { singular.insert(node) }
      }
    }
    var boundary: Set<Int> = []
    for facet in mesh.boundaryFacets() {
      let ends = mesh.sideNodes(of: facet).prefix(2).map { Int($0) }
      boundary.formUnion(ends)
      look(ends[0], ends[1]) { _ in true }
    }
    for block in mesh.blocks {
      let edges = block.shape.edges
      for cell in 0..<block.count {
        let nodes = Array(block.nodes(of: cell))
        for (a, b) in edges {
          look(Int(nodes[a]), Int(nodes[b])) { !boundary.contains($0) }
        }
      }
    }
    return singular.sorted()
  }
}

extension GridRegion {
  /// Whether a point of the grid lies on the region, in pixels; points and corners cover nothing but nodes.
  func covers(_ point: SIMD2<Double>, on size: GridSize) -> Bool {
    // Coordinates are sums and shares of whole and half numbers: anything closer is equal.
    let margin = 1e-9
    switch self {
    case .edge(let side):
      let end = side.isFar ? Double(side.axis == 0 ? size.columns : size.rows) : 0
      return side.axis < 2 && abs(point[side.axis] - end) <= margin
    case .box(let lower, let upper):
      return lower.count == 2 && upper.count == 2
        && (0..<2).allSatisfy {
          point[$0] >= lower[$0] - margin && point[$0] <= upper[$0] + margin
        }
    case .disc(let center, let radius):
      guard center.count == 2 else { return false }
      let (x, y) = (point.x - center[0], point.y - center[1])
      return x * x + y * y <= (radius + margin) * (radius + margin)
    case .corner, .point, .points: return false
    }
  }
}

extension DesignTask {
  /// The force on every loaded node of the grid in a load case, ascending.
  func nodalForces(inCase place: Int) -> [(node: Int, force: SIMD2<Double>)] {
    let grid = grid
    var sum: [Int: SIMD2<Double>] = [:]
    let loads = stated.loadCases.indices.contains(place) ? stated.loadCases[place].loads : []
    for load in loads {
      let nodes = grid.nodes(in: load.region)
      let shares = load.sharing == .even ? nil : sideShares(nodes)
      for node in nodes {
        let share = shares.map { $0[node] ?? 0 } ?? 1 / Double(nodes.count)
        sum[node, default: .zero] += share * SIMD2(load.force[0], load.force[1])
      }
    }
    return sum.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The part of a uniform traction that each node takes: half of every side of the border whose two nodes are among them.
  private func sideShares(_ nodes: [Int]) -> [Int: Double] {
    let members = Set(nodes)
    var count: [Int: Double] = [:]
    var sides = 0.0
    func add(_ a: Int, _ b: Int) {
      guard members.contains(a), members.contains(b) else { return }
      count[a, default: 0] += 1
      count[b, default: 0] += 1
      sides += 1
    }
    for i in 0..<size.columns {
      for j in [0, size.rows] { add(grid.node(i, j), grid.node(i + 1, j)) }
    }
    for j in 0..<size.rows {
      for i in [0, size.columns] { add(grid.node(i, j), grid.node(i, j + 1)) }
    }
    return count.mapValues { $0 / (2 * sides) }
  }
}
