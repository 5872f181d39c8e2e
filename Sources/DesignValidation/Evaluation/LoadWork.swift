import DeckLanguage
import Meshing
import NumericalMethods
import ThermoElasticity

extension Deck {
  /// The work *f*·*u* of all loads of a static answer, the forces of thermal strain among them: ∫ ε : C ε dV, ε the whole strain.
  ///
  /// Twice the strain energy where nothing is warm. It is the compliance that optimisation and training are told of; `nil` where a material is not isotropic
  /// with constants that are the same at all temperatures.
  ///
  /// - Complexity: O(integration points)
  func loadWork(of answer: ElasticSolution) -> Double? {
    let sections = sections.sectionOfCell(count: mesh.cellCount)
    var work = 0.0
    var first = 0
    for (place, block) in mesh.blocks.enumerated() {
      let isPlaneStress = block.elementType?.theory == .planeStress
      for cell in 0..<block.count {
        let section = sections[first + cell]
        guard section >= 0,
          case .isotropic(let curve)? = materials[self.sections[Int(section)].material].elasticity,
          curve.values.count == 2
        else { return nil }
        let (young, poisson) = (curve.values[0], curve.values[1])
        let shear = young / (2 * (1 + poisson))
        // In plane stress the strain through the thickness follows from those in the plane.
        let bulk = young * poisson / ((1 + poisson) * (1 - (isPlaneStress ? 1 : 2) * poisson))
        let strains = answer.strain.blocks[place][cell: cell]
        let volumes = answer.pointVolume.blocks[place][cell: cell]
        for (strain, volume) in zip(strains, volumes) {
          let across = isPlaneStress ? 0 : strain.zz
          let sum = strain.xx + strain.yy + across
          let normal = strain.xx * strain.xx + strain.yy * strain.yy + across * across
          let shears = strain.xy * strain.xy + strain.xz * strain.xz + strain.yz * strain.yz
          work += volume * (bulk * sum * sum + 2 * shear * (normal + 2 * shears))
        }
      }
      first += block.count
    }
    return work
  }
}
