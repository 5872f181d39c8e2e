import DeckAnalysis
import DeckLanguage
import Foundation
import Manufacturability
import Meshing
import TestSupport
import ThermoElasticity

@testable import DesignFamilies
@testable import DesignProblem

/// Designs that exports are tried on.
enum ExportSample {
  /// Reference designs of catalogue problems; problems without one are passed over.
  static func references(_ count: Int, size: String, seed: UInt64 = 11) throws -> [(
    problem: DesignTask, design: ReferenceDesign
  )] {
    let sampler = PartProblems(size: try size.gridSize)
    let problems = try (0..<count).map { try sampler.problem($0, seed: seed) }
    let results = try ReferenceSearch(iterationCount: 20).references(for: problems)
    return zip(problems, results).compactMap { problem, result in
      (try? result.get()).map { (problem, $0) }
    }
  }

  /// The densities of an optimisation, moved to the side of a half where the design has each element: grey at the surface.
  static func grey(_ reference: ReferenceDesign) -> [Double] {
    zip(reference.density, reference.design.solid).map { $1 ? max($0, 0.5) : min($0, 0.499) }
  }

  /// A cantilever, held on the left, pulled down in the middle of the right, with an image drawn in `#` and `.`, a line per row.
  static func cantilever(_ picture: String, load: [Double]? = nil) -> (
    problem: DesignTask, density: [Double]
  ) {
    let rows = picture.split(separator: "\n").map { Array($0.filter { $0 == "#" || $0 == "." }) }
    let size = GridSize(columns: rows[0].count, rows: rows.count)
    let density = rows.flatMap { $0.map { $0 == "#" ? 1.0 : 0 } }
    let at = load ?? [Double(size.columns), Double(size.rows / 2)]
    return (
      DesignTask(
        size: size, supports: [Support(.edge(side: .left), axes: [.x, .y])],
        loads: [MechanicalLoad(.point(at: at), force: [0, -100])],
        volumeFraction: density.reduce(0, +) / Double(density.count)), density
    )
  }

  /// A deck solved by the library.
  static func solve(
    _ deck: [UInt8], _ place: TemporaryPlace
  ) throws -> (energy: Double, loadedDisplacement: Double) {
    let path = try place.write(Data(deck), to: "\(UUID().uuidString).inp")
    let solved = try SolvedDeck(solvingDeckAt: path)
    guard let elastic = solved.states.last?.elastic else { throw MissingAnswer() }
    let loaded = solved.deck.mesh.nodeSets["LOADED"] ?? []
    let sum = loaded.reduce(0) { sum, node in
      let u = elastic.displacement[Int(node)]
      return sum + (u * u).sum().squareRoot()
    }
    return (elastic.strainEnergy, sum / Double(loaded.count))
  }
}

/// A deck that was solved for nothing elastic.
struct MissingAnswer: Error {}

extension String {
  /// A size such as `64x64`.
  var gridSize: GridSize {
    get throws {
      guard let size = GridSize(self) else { throw MissingAnswer() }
      return size
    }
  }
}

extension DesignExport {
  /// The bytes of one of its files.
  func file(_ name: String) throws -> [UInt8] {
    guard let file = try files().first(where: { $0.name == name }) else { throw MissingAnswer() }
    return file.bytes
  }
}
