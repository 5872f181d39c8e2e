import DeckLanguage
import Meshing
import NumericalMethods
import ThermoElasticity

/// All fields of a state, laid out for ParaView.
///
/// Point fields in global axes: `displacement`, `reaction`, `stress`, `strain` (averaged to the nodes),
/// `von Mises stress`, `temperature`, `heat flux`, `heat reaction`. Cell field: `error`, the estimated error of each
/// cell in the energy norm.
struct VTUFields {
  private let mesh: Mesh
  private let pointFields: [VTUField]
  private let cellFields: [VTUField]

  /// The fields of a state of a deck.
  init(_ deck: Deck, _ state: DeckState, error: ErrorEstimate?) {
    mesh = deck.mesh
    var fields: [VTUField] = []
    if let elastic = state.elastic {
      fields.append(.vectors("displacement", elastic.displacement))
      fields.append(.vectors("reaction", elastic.reaction))
      let stress = elastic.stress.nodalAverage(on: mesh)
      fields.append(.symmetricTensors("stress", stress.flatMap(\.components)))
      fields.append(.scalars("von Mises stress", stress.map(\.vonMises)))
      let strain = elastic.strain.nodalAverage(on: mesh)
      fields.append(.symmetricTensors("strain", strain.flatMap(\.components)))
    }
    if let temperature = state.temperature { fields.append(.scalars("temperature", temperature)) }
    if let heat = state.heat {
      fields.append(.vectors("heat flux", heat.heatFlux.nodalAverage(on: mesh)))
      fields.append(.scalars("heat reaction", heat.reaction))
    }
    pointFields = fields
    cellFields =
      error.map { [.scalars("error", $0.cellEnergy.map { (2 * $0).squareRoot() })] } ?? []
  }

  /// The bytes of the file.
  func bytes() -> [UInt8] {
    VTUWriter(mesh: mesh, pointFields: pointFields, cellFields: cellFields).bytes()
  }
}
