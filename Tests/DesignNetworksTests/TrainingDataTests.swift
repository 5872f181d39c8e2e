import DesignFamilies
import DesignProblem
import TestSupport
import Testing

@testable import DesignNetworks

@Suite("Training data") struct TrainingDataTests {
  @Test func `a periodic axis that is no multiple of 16 is refused by its name`() throws {
    let place = try TemporaryPlace()
    var builder = try DatasetBuilder(
      DatasetManifest(
        family: FiledPart(), size: GridSize(columns: 40, rows: 32), seed: 1,
        distribution: "catalogue",
        search: ReferenceSearch(iterationCount: 4), count: 8, versions: [:]), in: place.path)
    _ = try builder.run()
    let set = try Dataset(contentsOf: place.path)
    #expect {
      try TrainingData(set, families: Families([FiledPart(periodicAxes: [.x])]))
    } throws: {
      "\($0)"
        == "\(place.path) holds designs of 40, and a multiple of 16 elements along the periodic axis x is needed"
    }
  }

  @Test func `images keep periodic axes periodic`() throws {
    _ = try SmallRun.data.get()
    let set = try Dataset(contentsOf: SmallRun.folder)
    func swaps(_ periodic: Set<GridAxis>) throws -> Int {
      try TrainingData(set, families: Families([FiledPart(periodicAxes: periodic)])).symmetries
        .count { $0.symmetry.swapsAxes }
    }
    #expect(try swaps([]) == 4 && swaps([.x, .y]) == 4)
    #expect(try swaps([.x]) == 0 && swaps([.y]) == 0)
  }
}
