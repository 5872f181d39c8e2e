import FiniteElements
import Meshing
import NumericalMethods
import ThermoElasticity

/// Heat through the faces of a deformed structure.
///
/// CalculiX conducts heat through the undeformed cells, and lets it in and out through their faces as the
/// static steps before have deformed them.
struct DeformedFaces {
  private let model: ThermoElasticModel
  private let moved: MovedSides

  /// The faces of a structure whose nodes moved.
  ///
  /// - Parameter growth: By how much sheets are thicker at every node.
  init(_ model: ThermoElasticModel, displacement: [SIMD3<Double>], growth: ThicknessGrowth) {
    self.model = model
    moved = MovedSides(nodes: zip(model.mesh.nodes, displacement).map { $0 + $1 }, growth: growth)
  }

  /// The same loads for a structure whose cells are undeformed: fluxes as flows into nodes, films where the nodes are now.
  func equivalent(_ loads: ThermalLoads) -> ThermalLoads {
    var result = loads
    let thickness = model.sections.thicknessOfCell(count: model.mesh.cellCount)
    let places = CellPlaces(loads.fluxes.map(\.facet.cell), in: model.mesh)
    result.fluxes = []
    for (place, load) in zip(places, loads.fluxes) {
      guard let side = side(load.facet, place, thickness[place.cell]) else { continue }
      var shares = [Double](repeating: 0, count: side.nodes.count)
      var span = shares.mutableSpan
      side.table.source(
        nodes: side.deformed.span, density: load.flux, thickness: thickness[place.cell],
        growth: side.growth, into: &span)
      for (node, power) in zip(side.nodes, shares) {
        result.flows.append((node: Int32(node), power: power))
      }
    }
    if !loads.films.isEmpty { result.movedSides = moved }
    return result
  }

  private struct Side {
    var table: SideTable
    var nodes: [Int]
    var deformed: [SIMD3<Double>]
    var growth: [Double]
  }

  private func side(_ facet: Facet, _ place: CellPlaces.Place, _ thickness: Double) -> Side? {
    let block = model.mesh.blocks[place.block]
    guard let type = block.elementType else { return nil }
    let count = block.shape.nodeCount
    let nodes = block.shape.sides[Int(facet.side)].map {
      Int(block.connectivity[place.index * count + $0])
    }
    return Side(
      table: .side(Int(facet.side), of: type), nodes: nodes,
      deformed: nodes.map { moved.nodes[$0] },
      growth: moved.growth.growth(at: nodes, thickness: thickness))
  }
}
