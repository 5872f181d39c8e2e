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
  private let displacement: [SIMD3<Double>]

  /// The faces of a structure whose nodes moved.
  init(_ model: ThermoElasticModel, displacement: [SIMD3<Double>]) {
    (self.model, self.displacement) = (model, displacement)
  }

  /// The same loads for the undeformed structure: fluxes as flows into nodes, films with their coefficient times the
  /// growth of the face.
  func equivalent(_ loads: ThermalLoads) -> ThermalLoads {
    var result = loads
    let thickness = model.sections.thicknessOfCell(count: model.mesh.cellCount)
    let places = CellPlaces(
      loads.fluxes.map(\.facet.cell) + loads.films.map(\.facet.cell), in: model.mesh)
    result.fluxes = []
    for (place, load) in zip(places, loads.fluxes) {
      guard let side = side(load.facet, place) else { continue }
      var shares = [Double](repeating: 0, count: side.nodes.count)
      var span = shares.mutableSpan
      side.table.source(
        nodes: side.deformed.span, density: load.flux, thickness: thickness[place.cell], into: &span
      )
      for (node, power) in zip(side.nodes, shares) {
        result.flows.append((node: Int32(node), power: power))
      }
    }
    for (index, place) in places.dropFirst(loads.fluxes.count).enumerated() {
      guard let side = side(loads.films[index].facet, place) else { continue }
      let before = side.table.area(nodes: side.undeformed.span, thickness: thickness[place.cell])
      let after = side.table.area(nodes: side.deformed.span, thickness: thickness[place.cell])
      // A side on the axis has no area before, and takes no heat.
      if before.size > 0 { result.films[index].coefficient *= after.size / before.size }
    }
    return result
  }

  private struct Side {
    var table: SideTable
    var nodes: [Int]
    var undeformed: [SIMD3<Double>]
    var deformed: [SIMD3<Double>]
  }

  private func side(_ facet: Facet, _ place: CellPlaces.Place) -> Side? {
    let block = model.mesh.blocks[place.block]
    guard let type = block.elementType else { return nil }
    let count = block.shape.nodeCount
    let nodes = block.shape.sides[Int(facet.side)].map {
      Int(block.connectivity[place.index * count + $0])
    }
    return Side(
      table: .side(Int(facet.side), of: type), nodes: nodes,
      undeformed: nodes.map { model.mesh.nodes[$0] },
      deformed: nodes.map { model.mesh.nodes[$0] + displacement[$0] })
  }
}
