internal import FiniteElements
internal import LinearAlgebra
internal import Meshing
internal import NumericalMethods

/// One cell's nodes and conductivities, gathered before a kernel is called.
struct HeatScratch {
  private(set) var nodes: [SIMD3<Double>]
  private(set) var conductivity: [ConductivityMatrix]
  private(set) var thickness = 1.0
  private var positions: [SIMD3<Double>]

  init(_ table: ElementTable) {
    nodes = Array(repeating: .zero, count: table.nodeCount)
    positions = Array(repeating: .zero, count: table.pointCount)
    conductivity = Array(repeating: .isotropic(0), count: table.pointCount)
  }

  /// Gathers a cell; conductivities are those at the given temperatures of all nodes.
  mutating func gather(
    _ structure: Structure, _ block: Structure.Block, _ cell: Int, _ temperature: [Double]
  ) {
    let first = cell * block.nodeCount
    for node in 0..<block.nodeCount {
      nodes[node] = structure.nodes[Int(block.connectivity[first + node])]
    }
    let material = structure.materials[Int(block.materialOfCell[cell])]
    thickness = material.thickness
    let here = nodes
    var span = positions.mutableSpan
    block.table.pointPositions(nodes: here.span, into: &span)
    for point in positions.indices {
      var value = 0.0
      for node in 0..<block.nodeCount {
        value +=
          block.table.temperatureShape[point * block.nodeCount + node]
          * temperature[Int(block.connectivity[first + node])]
      }
      let k = material.conductivity(at: value, position: positions[point])
      conductivity[point] = .symmetric(
        xx: k.xx, yy: k.yy, zz: k.zz, xy: k.xy, xz: k.xz, yz: k.yz)
    }
  }
}

/// The film matrix of one side, and what the ambient sends in.
struct FilmMatrix {
  let nodes: [Int]
  let entries: [Double]
  let load: [Double]
}

extension Structure {
  /// Shares of a heat flux into a side.
  func addSource(_ facet: Facet, density: Double, to applied: inout [Double]) {
    let members = sideNodes(facet)
    let (table, thickness) = sideTable(facet)
    var shares = [Double](repeating: 0, count: members.count)
    var span = shares.mutableSpan
    let positions = members.map { nodes[$0] }
    table.source(
      nodes: positions.span, density: density, thickness: thickness, into: &span)
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

  /// The matrices of films; those of the same side add up later.
  func filmMatrices(_ films: [(facet: Facet, ambient: Double, coefficient: Double)]) -> [FilmMatrix]
  {
    films.map { film in
      let members = sideNodes(film.facet)
      let (table, thickness) = sideTable(film.facet)
      let positions = members.map { nodes[$0] }
      var entries = [Double](repeating: 0, count: members.count * members.count)
      var entrySpan = entries.mutableSpan
      table.film(
        nodes: positions.span, coefficient: film.coefficient, thickness: thickness, into: &entrySpan
      )
      var load = [Double](repeating: 0, count: members.count)
      var loadSpan = load.mutableSpan
      table.source(
        nodes: positions.span, density: film.coefficient * film.ambient, thickness: thickness,
        into: &loadSpan)
      return FilmMatrix(nodes: members, entries: entries, load: load)
    }
  }

  /// Adds one film to the conductivity.
  func addFilm(_ film: FilmMatrix, _ map: UnknownMap, to matrix: inout SparseMatrix) {
    let plan = AssemblyPlan(map)
    let slots = film.nodes.map { Int32($0) }
    plan.withPatternView { view in
      matrix.values.withUnsafeMutableBufferPointer { values in
        film.entries.withUnsafeBufferPointer { entries in
          slots.withUnsafeBufferPointer { slots in
            guard let target = values.baseAddress, let source = entries.baseAddress else { return }
            plan.add(source, slots: slots, worker: 0, workerCount: 1, into: target, pattern: view)
          }
        }
      }
    }
  }

  /// The heat that must enter each node from outside to keep the temperatures: conduction plus films.
  func conductedFlow(
    _ values: [Double], conductivityAt temperature: [Double], _ films: [FilmMatrix]
  ) -> [Double] {
    var flow = [Double](repeating: 0, count: nodes.count)
    for block in blocks {
      var matrix = [Double](repeating: 0, count: block.nodeCount * block.nodeCount)
      var scratch = HeatScratch(block.table)
      for cell in 0..<block.count {
        scratch.gather(self, block, cell, temperature)
        var span = matrix.mutableSpan
        _ = block.table.conductivity(
          nodes: scratch.nodes.span, conductivity: scratch.conductivity.span,
          thickness: scratch.thickness, into: &span)
        let first = cell * block.nodeCount
        for row in 0..<block.nodeCount {
          var sum = 0.0
          for column in 0..<block.nodeCount {
            sum +=
              matrix[row * block.nodeCount + column]
              * values[Int(block.connectivity[first + column])]
          }
          flow[Int(block.connectivity[first + row])] += sum
        }
      }
    }
    for film in films {
      for (row, node) in film.nodes.enumerated() {
        for (column, other) in film.nodes.enumerated() {
          flow[node] += film.entries[row * film.nodes.count + column] * values[other]
        }
      }
    }
    return flow
  }

  /// The heat flux at the points of all cells, and their volumes.
  func heatFlux(
    _ values: [Double], conductivityAt temperature: [Double]
  ) -> (PointField<SIMD3<Double>>, PointField<Double>) {
    var flux = PointField<SIMD3<Double>>(blocks: [])
    var volume = PointField<Double>(blocks: [])
    for block in blocks {
      let points = block.table.pointCount
      var fluxes: [SIMD3<Double>] = []
      var volumes: [Double] = []
      var scratch = HeatScratch(block.table)
      for cell in 0..<block.count {
        let first = cell * block.nodeCount
        let local = (0..<block.nodeCount).map { values[Int(block.connectivity[first + $0])] }
        var cellFlux = [SIMD3<Double>](repeating: .zero, count: points)
        var cellVolume = [Double](repeating: 0, count: points)
        var fluxSpan = cellFlux.mutableSpan
        var volumeSpan = cellVolume.mutableSpan
        scratch.gather(self, block, cell, temperature)
        block.table.heatFlux(
          nodes: scratch.nodes.span, temperatures: local.span,
          conductivity: scratch.conductivity.span, into: &fluxSpan)
        block.table.pointVolumes(
          nodes: scratch.nodes.span, thickness: scratch.thickness, into: &volumeSpan)
        fluxes += cellFlux
        volumes += cellVolume
      }
      flux.blocks.append(.init(pointCount: points, values: fluxes))
      volume.blocks.append(.init(pointCount: points, values: volumes))
    }
    return (flux, volume)
  }
}
