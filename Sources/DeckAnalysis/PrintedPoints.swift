import FiniteElements
import Meshing
import NumericalMethods
import ThermoElasticity

/// The integration points whose rows CalculiX prints.
///
/// CalculiX turns plane and axisymmetric cells into solids and prints the points of those. Axisymmetric cells
/// have those points here too; of plane cells the points of the plane are repeated in every layer through
/// the thickness.
struct PrintedPoints {
  private let mesh: Mesh
  /// Reference coordinates of the layers of the points of each block; one 0 for solids.
  private let layers: [[Double]]
  private let tables: [ElementTable?]
  /// The thickness of every plane cell.
  private let thickness: [Double]
  /// How much of the model the printed structure is, by block: one wedge of a full turn.
  private let shares: [Double]
  /// How much of a node's radial displacement is printed: CalculiX prints the mean over the node's copies in
  /// the wedge, whose x is smaller off the middle plane. 1 at nodes without an axisymmetric cell.
  let radialShare: [Double]
  /// How much of a node's heat flow is printed: that of one wedge at nodes of axisymmetric cells, else 1.
  let flowShare: [Double]

  /// The points of a model's cells.
  init(_ model: ThermoElasticModel) {
    mesh = model.mesh
    layers = mesh.blocks.map { $0.elementType?.printedLayers ?? [0] }
    tables = mesh.blocks.map { block in block.elementType.map { ElementTable.stiffness($0) } }
    shares = mesh.blocks.map {
      $0.elementType?.theory == .axisymmetric ? 1 / ElementTable.wedgesPerTurn : 1
    }
    let shares = mesh.printedRadialShare
    radialShare = shares.map { $0 ?? 1 }
    flowShare = shares.map { $0 == nil ? 1 : 1 / ElementTable.wedgesPerTurn }
    thickness = model.sections.thicknessOfCell(count: mesh.cellCount)
  }

  /// Rows per cell.
  func rowCount(_ place: CellPlaces.Place) -> Int {
    (tables[place.block]?.pointCount ?? 0) * layers[place.block].count
  }

  /// The value at a row's point.
  @inline(__always)
  func value<Value>(
    _ block: PointField<Value>.Block, _ place: CellPlaces.Place, row: Int
  ) -> Value {
    block.values[place.index * block.pointCount + row % block.pointCount]
  }

  /// Where a row's point is.
  func position(_ place: CellPlaces.Place, row: Int) -> SIMD3<Double> {
    let block = mesh.blocks[place.block]
    guard let table = tables[place.block] else { return .zero }
    let count = block.shape.nodeCount
    let nodes = (0..<count).map {
      mesh.nodes[Int(block.connectivity[place.index * count + $0])]
    }
    var positions = [SIMD3<Double>](repeating: .zero, count: table.pointCount)
    var span = positions.mutableSpan
    table.pointPositions(nodes: nodes.span, into: &span)
    var position = positions[row % table.pointCount]
    let layer = layers[place.block][row / table.pointCount]
    if layer != 0 { position.z += layer * thickness[place.cell] / 2 }
    return position
  }

  /// The temperature at a row's point in a mechanical step.
  func temperature(_ values: [Double], _ place: CellPlaces.Place, row: Int) -> Double {
    guard let table = tables[place.block] else { return 0 }
    let count = table.nodeCount
    let (first, entry) = (place.index * count, row % table.pointCount * count)
    let nodes = mesh.blocks[place.block].connectivity
    return (0..<count).reduce(0) {
      $0 + table.temperatureShape[entry + $1] * values[Int(nodes[first + $1])]
    }
  }

  /// The volume a row's point stands for, of one wedge for axisymmetric cells.
  func volume(_ field: PointField<Double>, _ place: CellPlaces.Place, row: Int) -> Double {
    let block = field.blocks[place.block]
    let volume = shares[place.block] * value(block, place, row: row)
    // Points of the plane are shared out among the layers by Gauss weights; those of sheets are in layers.
    let layers = layers[place.block]
    switch rowCount(place) / block.pointCount {
    case 1: return volume
    case 2: return volume / 2
    default: return volume * (layers[row / block.pointCount] == 0 ? 8 : 5) / 18
    }
  }

  /// The volume of a cell, of one wedge for axisymmetric cells.
  func volume(of place: CellPlaces.Place) -> Double {
    let block = mesh.blocks[place.block]
    guard let table = tables[place.block] else { return 0 }
    let count = block.shape.nodeCount
    let nodes = (0..<count).map { mesh.nodes[Int(block.connectivity[place.index * count + $0])] }
    var volumes = [Double](repeating: 0, count: table.pointCount)
    var span = volumes.mutableSpan
    table.pointVolumes(nodes: nodes.span, thickness: thickness[place.cell], into: &span)
    return shares[place.block] * volumes.reduce(0, +)
  }

  /// The sum over the points of a cell, of one wedge for axisymmetric cells.
  func sum(_ field: PointField<Double>, _ place: CellPlaces.Place) -> Double {
    shares[place.block] * field.blocks[place.block][cell: place.index].reduce(0, +)
  }

  /// The sum of products over the points of a cell, of one wedge for axisymmetric cells.
  func sum(
    _ field: PointField<Double>, times weight: PointField<Double>, _ place: CellPlaces.Place
  ) -> Double {
    let pairs = zip(
      field.blocks[place.block][cell: place.index], weight.blocks[place.block][cell: place.index])
    return shares[place.block] * pairs.reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension Mesh {
  /// ``ElementType/printedRadialShare(ofNode:)`` of every node of axisymmetric cells; `nil` at others.
  var printedRadialShare: [Double?] {
    var shares = [Double?](repeating: nil, count: nodes.count)
    for block in blocks {
      guard let type = block.elementType, type.theory == .axisymmetric else { continue }
      let ofNode = (0..<block.shape.nodeCount).map { type.printedRadialShare(ofNode: $0) }
      for (place, node) in block.connectivity.enumerated() {
        shares[Int(node)] = ofNode[place % ofNode.count]
      }
    }
    return shares
  }
}
