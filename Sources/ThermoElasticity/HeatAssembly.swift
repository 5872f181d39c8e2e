internal import FiniteElements
internal import LinearAlgebra
internal import Meshing
internal import NumericalMethods
internal import Parallelism

/// One cell's nodes and conductivities, gathered before a kernel is called.
///
/// One per worker: filling it does not allocate where conductivities are the same everywhere.
struct HeatScratch {
  private(set) var nodes: [SIMD3<Double>]
  private(set) var conductivity: [ConductivityMatrix]
  private(set) var thickness = 1.0
  /// Temperatures of the cell's nodes.
  var temperatures: [Double]
  /// Room for the cell's matrix.
  var matrix: [Double]
  private var positions: [SIMD3<Double>]

  init(_ table: ElementTable) {
    nodes = Array(repeating: .zero, count: table.nodeCount)
    positions = Array(repeating: .zero, count: table.pointCount)
    conductivity = [.isotropic(0)]
    temperatures = Array(repeating: 0, count: table.nodeCount)
    matrix = Array(repeating: 0, count: table.nodeCount * table.nodeCount)
  }

  /// Gathers temperatures of a cell's nodes.
  ///
  /// - Returns: Whether any of them differs from zero.
  mutating func gatherTemperatures(
    _ block: Structure.Block, _ cell: Int, _ all: [Double]
  ) -> Bool {
    let first = cell * block.nodeCount
    var isSome = false
    for node in 0..<block.nodeCount {
      temperatures[node] = all[Int(block.connectivity[first + node])]
      if temperatures[node] != 0 { isSome = true }
    }
    return isSome
  }

  /// Gathers a cell; conductivities are those at the given temperatures of all nodes.
  mutating func gather(
    _ structure: Structure, _ block: Structure.Block, _ cell: Int, _ temperature: [Double]
  ) {
    let first = cell * block.nodeCount
    for node in 0..<block.nodeCount {
      nodes[node] = structure.nodes[Int(block.connectivity[first + node])]
    }
    // The material is copied only where conductivity varies: copies for all cells take 3 % of a heat step.
    let place = Int(block.materialOfCell[cell])
    thickness = structure.materials[place].thickness
    if let uniform = structure.materials[place].uniformConductivity {
      if conductivity.count != 1 { conductivity = [uniform] } else { conductivity[0] = uniform }
      return
    }
    let material = structure.materials[place]
    let here = nodes
    var span = positions.mutableSpan
    block.table.pointPositions(nodes: here.span, into: &span)
    if conductivity.count != positions.count {
      conductivity = Array(repeating: .isotropic(0), count: positions.count)
    }
    for point in positions.indices {
      var value = 0.0
      for node in 0..<block.nodeCount {
        value +=
          block.table.temperatureShape[point * block.nodeCount + node]
          * temperature[Int(block.connectivity[first + node])]
      }
      conductivity[point] = ConductivityMatrix(
        material.conductivity(at: value, position: positions[point]))
    }
  }

  /// Computes the cell's matrix from what was gathered.
  mutating func fillMatrix(_ table: ElementTable) {
    let (here, conductivity, thickness) = (nodes, self.conductivity, self.thickness)
    var span = matrix.mutableSpan
    _ = table.conductivity(
      nodes: here.span, conductivity: conductivity.span, thickness: thickness, into: &span)
  }
}

extension ConductivityMatrix {
  /// A symmetric tensor as a matrix.
  init(_ tensor: SymmetricTensor) {
    self = .symmetric(
      xx: tensor.xx, yy: tensor.yy, zz: tensor.zz, xy: tensor.xy, xz: tensor.xz, yz: tensor.yz)
  }
}

/// The film matrix of one side.
struct FilmMatrix {
  let facet: Facet
  let coefficient: Double
  let nodes: [Int]
  let entries: [Double]
  /// ``ThermalLoads/movedSides`` of the load case.
  let movedSides: MovedSides?
}

extension [FilmMatrix] {
  /// Whether the films of a load case have the same sides, in the same places, and the same coefficients.
  func areThose(of loads: ThermalLoads) -> Bool {
    count == loads.films.count
      && zip(self, loads.films).allSatisfy {
        $0.facet == $1.facet && $0.coefficient == $1.coefficient
      }
      && (isEmpty || self[0].movedSides == loads.movedSides)
  }

  /// The absolute values of what each pair of nodes exchanges, added up.
  func terms(at temperature: [Double]) -> Double {
    var sum = 0.0
    for film in self {
      for row in film.nodes.indices {
        for (column, other) in film.nodes.enumerated() {
          sum += abs(film.entries[row * film.nodes.count + column] * temperature[other])
        }
      }
    }
    return sum
  }
}

extension Structure {
  /// The matrix of conduction and films, with conductivities at the given temperatures.
  ///
  /// - Throws: ``SolveError`` where a cell is inverted.
  func conductivity(
    _ map: UnknownMap, _ films: [FilmMatrix], at temperature: [Double]
  ) throws -> SparseMatrix {
    var matrix = try assembled(map, scratch: { HeatScratch($0.table) }) {
      block, cell, scratch, target in
      scratch.gather(self, block, cell, temperature)
      return block.table.conductivity(
        nodes: scratch.nodes.span, conductivity: scratch.conductivity.span,
        thickness: scratch.thickness, into: &target)
    }
    add(films, map, to: &matrix)
    return matrix
  }

  /// Heat into every node from all that is not a support; of films what their ambient sends in.
  ///
  /// - Throws: ``SolveError`` where a heat is not finite.
  func appliedHeat(_ loads: ThermalLoads) throws(SolveError) -> [Double] {
    var applied = [Double](repeating: 0, count: nodes.count)
    for flow in loads.flows { applied[Int(flow.node)] += flow.power }
    for flux in loads.fluxes { addSource(flux.facet, density: flux.flux, to: &applied) }
    for source in loads.sources { addSource(source.cells, source.power, to: &applied) }
    for film in loads.films {
      addSource(
        film.facet, density: film.coefficient * film.ambient, on: loads.movedSides, to: &applied)
    }
    for node in applied.indices where !applied[node].isFinite {
      throw .notFinite("the heat on node \(model.mesh.nodeLabels[node])")
    }
    return applied
  }

  /// Shares of a heat flux into a side, where it was moved to or where the mesh has it.
  func addSource(
    _ facet: Facet, density: Double, on moved: MovedSides? = nil,
    to applied: inout [Double]
  ) {
    let members = sideNodes(facet)
    let (table, thickness) = sideTable(facet)
    var shares = [Double](repeating: 0, count: members.count)
    var span = shares.mutableSpan
    let positions = members.map { moved?.nodes[$0] ?? nodes[$0] }
    table.source(
      nodes: positions.span, density: density, thickness: thickness,
      growth: moved?.growth.growth(at: members, thickness: thickness) ?? [], into: &span)
    for (place, node) in members.enumerated() { applied[node] += shares[place] }
  }

  /// Shares of a heat source in cells.
  func addSource(_ cells: [Int32], _ power: Double, to applied: inout [Double]) {
    let density = [power]
    for cell in cells {
      let (block, index) = place(of: Int(cell))
      var scratch = CellScratch(block.table)
      scratch.gatherNodes(block, index, nodes)
      var shares = [Double](repeating: 0, count: block.nodeCount)
      var span = shares.mutableSpan
      block.table.source(
        nodes: scratch.nodes.span, density: density.span,
        thickness: materials[Int(block.materialOfCell[index])].thickness, into: &span)
      for node in 0..<block.nodeCount {
        applied[Int(block.connectivity[index * block.nodeCount + node])] += shares[node]
      }
    }
  }

  private func sideTable(_ facet: Facet) -> (SideTable, thickness: Double) {
    let (block, index) = place(of: Int(facet.cell))
    return (
      SideTable.side(Int(facet.side), of: block.type),
      materials[Int(block.materialOfCell[index])].thickness
    )
  }

  /// The matrices of the films of a load case; those of the same side add up later.
  func filmMatrices(_ loads: ThermalLoads) -> [FilmMatrix] {
    loads.films.map { film in
      let members = sideNodes(film.facet)
      let (table, thickness) = sideTable(film.facet)
      let positions = members.map { loads.movedSides?.nodes[$0] ?? nodes[$0] }
      var entries = [Double](repeating: 0, count: members.count * members.count)
      var span = entries.mutableSpan
      table.film(
        nodes: positions.span, coefficient: film.coefficient, thickness: thickness,
        growth: loads.movedSides?.growth.growth(at: members, thickness: thickness) ?? [],
        into: &span)
      return FilmMatrix(
        facet: film.facet, coefficient: film.coefficient, nodes: members, entries: entries,
        movedSides: loads.movedSides)
    }
  }

  /// Adds films to the conductivity.
  private func add(_ films: [FilmMatrix], _ map: UnknownMap, to matrix: inout SparseMatrix) {
    guard !films.isEmpty else { return }
    let plan = AssemblyPlan(map)
    plan.withPatternView { view in
      matrix.values.withUnsafeMutableBufferPointer { values in
        guard let target = values.baseAddress else { return }
        for film in films {
          let slots = film.nodes.map { Int32($0) }
          film.entries.withUnsafeBufferPointer { entries in
            slots.withUnsafeBufferPointer { slots in
              guard let source = entries.baseAddress else { return }
              plan.add(source, slots: slots, worker: 0, workerCount: 1, into: target, pattern: view)
            }
          }
        }
      }
    }
  }

  /// Cells that one worker computes at a time.
  private static let cellsPerShare = 64

  /// The heat that is conducted from every node into the cells.
  ///
  /// Cells are computed several at a time and added in their order: the same bits for every number of threads.
  ///
  /// - Complexity: O(cells · nodes² · points); cells whose temperatures are all zero cost nothing.
  func conductedFlow(_ values: [Double], conductivityAt temperature: [Double]) -> [Double] {
    var flow = [Double](repeating: 0, count: nodes.count)
    for block in blocks {
      let width = block.nodeCount
      var shares = [Double](repeating: 0, count: block.count * width)
      shares.mutateChunksInParallel(ofLength: Self.cellsPerShare * width) { offset, part in
        var scratch = HeatScratch(block.table)
        for place in 0..<part.count / width {
          let cell = offset / width + place
          guard scratch.gatherTemperatures(block, cell, values) else { continue }
          scratch.gather(self, block, cell, temperature)
          scratch.fillMatrix(block.table)
          for row in 0..<width {
            var sum = 0.0
            for column in 0..<width {
              sum += scratch.matrix[row * width + column] * scratch.temperatures[column]
            }
            part[place * width + row] = sum
          }
        }
      }
      for place in shares.indices { flow[Int(block.connectivity[place])] += shares[place] }
    }
    return flow
  }

  /// The absolute values of what each node of a cell sends to each other, added up over the cells.
  func conductedTerms(_ values: [Double], conductivityAt temperature: [Double]) -> Double {
    var total = 0.0
    for block in blocks {
      let width = block.nodeCount
      var sums = [Double](repeating: 0, count: block.count)
      sums.mutateChunksInParallel(ofLength: Self.cellsPerShare) { first, part in
        var scratch = HeatScratch(block.table)
        for place in 0..<part.count {
          guard scratch.gatherTemperatures(block, first + place, values) else { continue }
          scratch.gather(self, block, first + place, temperature)
          scratch.fillMatrix(block.table)
          for entry in 0..<width * width {
            part[place] += abs(scratch.matrix[entry] * scratch.temperatures[entry % width])
          }
        }
      }
      for sum in sums { total += sum }
    }
    return total
  }

  /// The heat that leaves every node for the cells, and through films.
  func adding(_ films: [FilmMatrix], at values: [Double], to conducted: [Double]) -> [Double] {
    var flow = conducted
    for film in films {
      for (row, node) in film.nodes.enumerated() {
        for (column, other) in film.nodes.enumerated() {
          flow[node] += film.entries[row * film.nodes.count + column] * values[other]
        }
      }
    }
    return flow
  }

  /// All heat from outside: the sum, and the absolute values added up.
  func balance(_ flow: HeatFlow, _ applied: [Double], _ map: UnknownMap) -> Balance {
    var sum = 0.0
    var exchange = 0.0
    for slot in applied.indices {
      // What films take is applied with its sign changed.
      let source = applied[slot] - (flow.outflow[slot] - flow.conducted[slot])
      sum += source
      exchange += abs(source)
      guard map.unknownOfSlot[slot] == UnknownMap.held else { continue }
      let reaction = flow.outflow[slot] - applied[slot]
      sum += reaction
      exchange += abs(reaction)
    }
    return Balance(sum: abs(sum), exchange: exchange)
  }

  /// The heat flux at the points of all cells.
  func heatFlux(
    _ values: [Double], conductivityAt temperature: [Double]
  ) -> PointField<SIMD3<Double>> {
    PointField(
      blocks: blocks.map { block in
        let points = block.table.pointCount
        var fluxes = [SIMD3<Double>](repeating: .zero, count: block.count * points)
        fluxes.mutateChunksInParallel(ofLength: Self.cellsPerShare * points) { offset, part in
          var scratch = HeatScratch(block.table)
          var flux = [SIMD3<Double>](repeating: .zero, count: points)
          for place in 0..<part.count / points {
            let cell = offset / points + place
            _ = scratch.gatherTemperatures(block, cell, values)
            scratch.gather(self, block, cell, temperature)
            var span = flux.mutableSpan
            block.table.heatFlux(
              nodes: scratch.nodes.span, temperatures: scratch.temperatures.span,
              conductivity: scratch.conductivity.span, into: &span)
            for point in 0..<points { part[place * points + point] = flux[point] }
          }
        }
        return .init(pointCount: points, values: fluxes)
      })
  }

  /// The volume that each point stands for.
  func pointVolume() -> PointField<Double> {
    PointField(
      blocks: blocks.map { block in
        let points = block.table.pointCount
        // Those of the stiffness, where it has the same points: of cells with one point the exact ones.
        let stiffness = ElementTable.stiffness(block.type)
        let table = stiffness.pointCount == points ? stiffness : block.table
        var volumes = [Double](repeating: 0, count: block.count * points)
        volumes.mutateChunksInParallel(ofLength: Self.cellsPerShare * points) { offset, part in
          var scratch = CellScratch(block.table)
          var volume = [Double](repeating: 0, count: points)
          for place in 0..<part.count / points {
            let cell = offset / points + place
            scratch.gatherNodes(block, cell, nodes)
            var span = volume.mutableSpan
            table.pointVolumes(
              nodes: scratch.nodes.span,
              thickness: materials[Int(block.materialOfCell[cell])].thickness, into: &span)
            for point in 0..<points { part[place * points + point] = volume[point] }
          }
        }
        return .init(pointCount: points, values: volumes)
      })
  }
}
