import DeckLanguage
import FiniteElements
import Meshing
import NumericalMethods
import ThermoElasticity

/// `*SECTION PRINT`.
///
/// CalculiX integrates stresses that were extended to the nodes and averaged there, so a force does not
/// meet the reaction exactly. Sides of plane and axisymmetric cells are faces of the solids it makes of them; all points of
/// a face count, where CalculiX leaves half of them out for some types.
extension DatWriter {
  /// Writes one block.
  mutating func write(
    _ block: OutputKey.SectionBlock, section: String, _ facets: [Facet], _ state: DeckState
  ) {
    switch block {
    case .heatFlow: writeFlux(section, facets, state)
    case .force: writeForce(section, facets, state)
    }
  }

  private func faces(
    _ facets: [Facet], _ solids: SectionMesh
  ) -> [(label: Int, side: Int, face: SectionFace)] {
    zip(facets, CellPlaces(facets.map(\.cell), in: solids.mesh)).compactMap { facet, place in
      let facet = solids.face(facet, of: model)
      return SectionFace(facet, of: place, in: solids.mesh)
        .map { (place.label, Int(facet.side) + 1, $0) }
    }
  }

  private mutating func writeForce(_ section: String, _ facets: [Facet], _ state: DeckState) {
    let solids = sectionMesh()
    let stress = (state.elastic?.stress).map {
      solids.field($0, of: model).nodalAverage(on: solids.mesh, digits: .calculiX)
    }
    var (force, moment, center, normal) = (
      SIMD3<Double>.zero, SIMD3<Double>.zero, SIMD3<Double>.zero, SIMD3<Double>.zero
    )
    var area = 0.0
    for (_, _, face) in faces(facets, solids) {
      for point in face.points {
        var tensor = SymmetricTensor.zero
        if let stress {
          for (share, place) in zip(point.shape, face.places) {
            tensor = tensor + share * stress[face.cellNodes[place]]
          }
        }
        let push = tensor.applied(to: point.area)
        force += push
        moment += point.position.cross(push)
        area += point.area.length
        center += point.area.length * point.position
        normal += point.area
      }
    }
    center /= area
    normal /= area
    let aboutCenter = moment - center.cross(force)
    let tension = force.dot(normal)
    let shear = (force - tension * normal).length
    let torque = aboutCenter.dot(normal)
    let bending = (aboutCenter - torque * normal).length

    text.write("\n\n\n statistics for surface set \(section) and time ")
    text.writeFraction(state.totalTime)
    text.write(
      "\n\n   total surface force (fx,fy,fz) and moment about the origin(mx,my,mz)\n\n")
    writeRow([force, moment])
    text.write("\n   center of gravity and mean normal\n\n")
    writeRow([center, normal])
    text.write("\n   moment about the center of gravity(mx,my,mz)\n\n")
    writeRow([aboutCenter])
    text.write(
      "\n   area, normal force (+ = tension), shear force (size), torque and bending moment (size)\n\n"
    )
    text.write("  ")
    for value in [area, tension, shear, torque, bending] {
      text.blank()
      text.writeScientific(value)
    }
    text.endLine()
  }

  private mutating func writeRow(_ vectors: [SIMD3<Double>]) {
    text.write("  ")
    for vector in vectors {
      for axis in 0..<3 {
        text.blank()
        text.writeScientific(vector[axis])
      }
    }
    text.endLine()
  }

  private mutating func writeFlux(_ section: String, _ facets: [Facet], _ state: DeckState) {
    text.write("\n heat flux at the integration points for set \(section) and time ")
    text.writeFraction(state.totalTime)
    text.write("\n\n        el  fa  int heat flux q and             coordinates\n\n")
    let solids = sectionMesh()
    let temperature = solids.values(
      state.temperature ?? Array(repeating: 0, count: deck.mesh.nodes.count))
    let cellOfFacet = facets.map { Int($0.cell) }
    var total = 0.0
    for (index, (label, side, face)) in faces(facets, solids).enumerated() {
      for (number, point) in face.points.enumerated() {
        let (value, gradient) = field(
          temperature, face, at: point.reference, nodes: solids.mesh.nodes)
        let flow = -conducted(
          gradient, through: point.area, ofCell: cellOfFacet[index], at: value, point.position)
        total += flow
        text.write(label, width: 10)
        text.blank()
        text.write(side, width: 3)
        text.blank()
        text.write(number + 1, width: 3)
        for value in [
          flow / point.area.length, point.position.x, point.position.y, point.position.z,
        ] {
          text.blank()
          text.writeScientific(value)
        }
        text.endLine()
      }
    }
    text.write("\n total surface flux (q) for set \(section) and time ")
    text.writeFraction(state.totalTime)
    text.write("\n\n ")
    text.writeScientific(total)
    text.endLine()
  }

  /// What a temperature gradient drives through an area, against the gradient counted positive.
  private func conducted(
    _ gradient: SIMD3<Double>, through area: SIMD3<Double>, ofCell cell: Int,
    at temperature: Double, _ position: SIMD3<Double>
  ) -> Double {
    let section = Int(sectionOfCell[cell])
    guard section >= 0,
      let curve = model.materials[model.sections[section].material].conductivity
    else { return 0 }
    if curve.width == 1 { return curve.value(0, at: temperature) * gradient.dot(area) }
    return model.conductivity(ofSection: section, at: temperature, position: position)
      .applied(to: gradient).dot(area)
  }

  /// A nodal field and its gradient in space at a point of a cell.
  private func field(
    _ values: [Double], _ face: SectionFace, at reference: SIMD3<Double>, nodes: [SIMD3<Double>]
  ) -> (value: Double, gradient: SIMD3<Double>) {
    let functions = face.type.shape.shapeFunctions(at: reference)
    var value = 0.0
    var slope = SIMD3<Double>.zero
    // Columns of the derivative of space by the reference coordinates.
    var (a, b, c) = (SIMD3<Double>.zero, SIMD3<Double>.zero, SIMD3<Double>.zero)
    for (place, node) in face.cellNodes.enumerated() {
      let gradient = functions.gradients[place]
      value += functions.values[place] * values[node]
      slope += values[node] * gradient
      a += gradient.x * nodes[node]
      b += gradient.y * nodes[node]
      c += gradient.z * nodes[node]
    }
    let volume = a.dot(b.cross(c))
    let gradient = (slope.x * b.cross(c) + slope.y * c.cross(a) + slope.z * a.cross(b)) / volume
    return (value, gradient)
  }
}
