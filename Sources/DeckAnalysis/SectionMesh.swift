import Glibc
import Meshing
import NumericalMethods
import ThermoElasticity

/// The solids CalculiX makes of plane and axisymmetric cells, on which it integrates over sections.
///
/// Plane cells become bricks of their thickness, axisymmetric ones wedges of two degrees. Cells keep their places and
/// numbers; side n of a plane cell is face n + 2 of its solid. A mesh of solids is its own.
struct SectionMesh {
  /// Solids alone.
  let mesh: Mesh
  /// The node of the deck's mesh that each node of the solids comes from; empty where they are the same.
  private let origins: [Int32]
  private let points: PrintedPoints

  /// The solids of a model.
  init(_ model: ThermoElasticModel, points: PrintedPoints) {
    self.points = points
    guard model.mesh.blocks.contains(where: { $0.elementType?.theory != .solid }) else {
      mesh = model.mesh
      origins = []
      return
    }
    let thickness = model.sections.thicknessOfCell(count: model.mesh.cellCount)
    var builder = Builder(nodes: model.mesh.nodes)
    var solids = Mesh()
    var firstCell = 0
    for block in model.mesh.blocks {
      solids.blocks.append(builder.solids(of: block, thickness: thickness[firstCell...]))
      firstCell += block.count
    }
    solids.nodes = builder.positions
    solids.nodeLabels = builder.origins.map { model.mesh.nodeLabels[Int($0)] }
    mesh = solids
    origins = builder.origins
  }

  /// A side of the deck's mesh as a face of the solids.
  func face(_ facet: Facet, of model: ThermoElasticModel) -> Facet {
    guard !origins.isEmpty else { return facet }
    let theory = model.mesh.blocks[model.mesh.place(of: Int(facet.cell)).block].elementType?.theory
    return theory == .solid ? facet : Facet(cell: facet.cell, side: facet.side + 2)
  }

  /// Values at the deck's nodes as values at the solids' nodes.
  func values(_ field: [Double]) -> [Double] {
    origins.isEmpty ? field : origins.map { field[Int($0)] }
  }

  /// A field at the points of the cells as a field at the points of their solids.
  func field(
    _ field: PointField<SymmetricTensor>, of model: ThermoElasticModel
  ) -> PointField<SymmetricTensor> {
    guard !origins.isEmpty else { return field }
    var result = field
    for (number, block) in model.mesh.blocks.enumerated()
    where block.elementType?.theory != .solid {
      let place = { CellPlaces.Place(cell: 0, block: number, index: $0, label: 0) }
      let count = points.rowCount(place(0))
      var values: [SymmetricTensor] = []
      values.reserveCapacity(block.count * count)
      for index in 0..<block.count {
        for row in 0..<count {
          values.append(points.value(field.blocks[number], place(index), row: row))
        }
      }
      result.blocks[number] = .init(pointCount: count, values: values)
    }
    return result
  }

  /// Makes the copies of nodes. Cells of one thickness that share a node share its copies; solids keep their nodes.
  private struct Builder {
    let nodes: [SIMD3<Double>]
    var positions: [SIMD3<Double>] = []
    var origins: [Int32] = []
    private var copies: [Key: Int32] = [:]

    /// A copy of a node: in a solid, or in a layer of a plane cell's brick, from -1 to 1.
    private struct Key: Hashable {
      let node: Int32
      let layer: Int
      let thickness: Double
      let theory: Int
    }

    init(nodes: [SIMD3<Double>]) { self.nodes = nodes }

    mutating func solids(of block: CellBlock, thickness: ArraySlice<Double>) -> CellBlock {
      guard let type = block.elementType else { return block }
      let count = block.shape.nodeCount
      let corners = block.shape.cornerCount
      var connectivity: [Int32] = []
      connectivity.reserveCapacity(block.count * type.brick.shape.nodeCount)
      for index in 0..<block.count {
        let members = block.connectivity[index * count..<(index + 1) * count]
        if type.theory == .solid {
          for node in members { connectivity.append(copy(node, 0, 0, .solid)) }
          continue
        }
        let width = type.theory == .axisymmetric ? 0 : thickness[thickness.startIndex + index]
        for layer in [-1, 1] {
          for node in members.prefix(corners) {
            connectivity.append(copy(node, layer, width, type.theory))
          }
        }
        guard block.shape.isQuadratic else { continue }
        for layer in [-1, 1] {
          for node in members.dropFirst(corners) {
            connectivity.append(copy(node, layer, width, type.theory))
          }
        }
        for node in members.prefix(corners) {
          connectivity.append(copy(node, 0, width, type.theory))
        }
      }
      return CellBlock(
        shape: type.brick.shape, elementType: type.brick, connectivity: connectivity,
        labels: block.labels)
    }

    private mutating func copy(
      _ node: Int32, _ layer: Int, _ thickness: Double, _ theory: ElementType.Theory
    ) -> Int32 {
      let kind = theory == .solid ? 0 : theory == .axisymmetric ? 1 : 2
      let key = Key(node: node, layer: layer, thickness: thickness, theory: kind)
      if let known = copies[key] { return known }
      var position = nodes[Int(node)]
      if theory == .axisymmetric {
        let angle = Double(layer) * .pi / 180
        position = SIMD3(position.x * cos(angle), position.y, position.x * sin(angle))
      } else if theory != .solid {
        position.z += Double(layer) * thickness / 2
      }
      let number = Int32(positions.count)
      copies[key] = number
      positions.append(position)
      origins.append(node)
      return number
    }
  }
}
