import FiniteElements
import Meshing
import NumericalMethods
import ProgramSupport
import ThermoElasticity

extension MemoryLimit {
  /// The least address space that decks are solved in: the libraries alone take some 300 MiB, and near that OpenBLAS asks for memory without end.
  private static let least = 512 << 20

  /// Why decks are not solved under the limit there is, after the libraries have taken what they need for themselves; `nil` where they are.
  package static func problemForSolver() -> String? {
    guard let bytes else { return nil }
    guard bytes >= least else {
      return
        "the limit on the address space (ulimit -v) is \(bytes >> 20) MiB, and decks are solved from \(least >> 20) MiB on; raise it"
    }
    prepareLibraries()
    return nil
  }

  /// Solves one brick.
  ///
  /// OpenBLAS 0.3.21 takes its work space of 128 MiB of addresses when it first factors something, and asks again
  /// without end where it does not get it: under a limit on memory that is a process that hangs.
  package static func prepareLibraries() {
    let mesh = Mesh.box(
      size: SIMD3(1, 1, 1), divisions: SIMD3(1, 1, 1), elementType: .c3d8)
    let held = (Int32(0)..<4).flatMap { node in
      (0..<3).map { PrescribedValue(node: node, component: $0, value: 0) }
    }
    let brick = ThermoElasticModel(
      mesh: mesh, materials: [Material(name: "", elasticity: .isotropic(.constant(1, 0)))],
      sections: [Section(cells: [0], material: 0)])
    // Whether it succeeds does not matter: the deck itself will say what fails.
    _ = try? ElasticSystem(brick, held: held).solve(MechanicalLoads())
  }
}
