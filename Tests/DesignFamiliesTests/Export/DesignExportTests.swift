import ArrayFiles
import DesignValidation
import Foundation
import Manufacturability
import Meshing
import Quantities
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem
@testable import Files

@Suite("A part design as a part folder") struct DesignExportTests {
  @Test("is solved as its image, within what the part says", arguments: ["32x32", "40x24"])
  func agreesWithImage(_ size: String) throws {
    let samples = try ExportSample.references(size == "32x32" ? 8 : 3, size: size)
    #expect(samples.count >= 2)
    let place = try TemporaryPlace()
    for (problem, reference) in samples {
      for density in [ExportSample.grey(reference), reference.design.density] {
        let export = try DesignExport(problem: problem, density: density)
        #expect(export.geometry == .smooth)
        #expect(export.warnings == [])
        #expect(MeshCheck.findings(in: export.mesh) == [])
        let target = Double(reference.design.solidCount)
        #expect(abs(export.area - target) <= 1e-6 * target)
        let prediction = export.prediction
        // Two solvers of images: side by side and one at a time end at residuals of 1e-8 and below.
        #expect(abs(prediction.objective / reference.objective - 1) < 1e-6)
        let pixels = try ExportSample.solve(try export.file("pixels.inp"), place)
        #expect(
          abs(2 * pixels.energy / prediction.objective - 1) < ImagePrediction.pixelAgreement)
        #expect(
          abs(pixels.loadedDisplacement / prediction.loadedDisplacement - 1)
            < ImagePrediction.pixelAgreement)
        let smooth = try ExportSample.solve(try export.file("design.inp"), place)
        #expect(
          abs(2 * smooth.energy / prediction.objective - 1)
            < 2 * prediction.objectiveUncertainty, "\(problem.caseName)")
      }
    }
  }

  @Test func `is read by the harness, and passes where its limits hold`() throws {
    let (problem, reference) = try #require(
      try ExportSample.references(2, size: "32x32").first)
    let place = try TemporaryPlace()
    let hash = String(repeating: "0123456789abcdef", count: 4)
    // f·u over the largest force is of the order of the largest displacement.
    let force = try #require(
      problem.loads.map { $0.force.reduce(0) { $0 + $1 * $1 }.squareRoot() }.max())
    let export = try DesignExport(
      problem: problem, density: reference.design.density, title: "a \"part\": \\ #1",
      provenance: DesignProvenance(
        program: "gcgan-generate 0.1.0", model: "m", modelHash: hash, configHash: hash,
        dataHash: hash, seed: .max, number: 3, solveCount: 2, refinementStepCount: 5),
      limits: [
        DesignLimit(.vonMisesStress, below: 2e4, source: "a guess"),
        DesignLimit(
          .displacement, below: 100 * reference.objective / force, source: "a guess"),
        DesignLimit(.strainEnergy, below: reference.objective, source: "a guess"),
      ], warnings: ["the volume fraction lies outside the range"])
    try export.write(to: place.path + "/parts/p1")
    let folder = try #require(PartFolder(at: place.path + "/parts/p1"))
    let part = try folder.readPartFile()
    #expect(part.title == "a \"part\": \\ #1")
    #expect(part.family == .part)
    #expect(part.provenance?.seed == .max)
    #expect(part.provenance?.modelHash == hash)
    #expect(part.provenance?.solveCount == 2)
    #expect(part.provenance?.refinementStepCount == 5)
    #expect(part.warnings == ["the volume fraction lies outside the range"])
    #expect(part.quantities.count == 3)
    #expect(part.quantities.allSatisfy { $0.reference.kind == .otherSolver })
    #expect(
      part.limits.map(\.limit.unit.symbol) == ["1", "mm^3", "mm^3", "MPa", "mm", "mJ"])
    let result = PartEvaluator(solver: DeckModelSolver()).evaluate(folder)
    #expect(result.failure == nil)
    #expect(result.quantities.map(\.verdict) == [.pass, .pass, .pass])
    #expect(result.limits.map(\.verdict) == Array(repeating: .pass, count: 6))
    #expect(result.verdict == .pass)
    let stress = try #require(result.limits[3].readings.first?.leftOut)
    #expect(stress.distance == 2 && stress.nodeCount > 0)
    #expect(result.warnings == part.warnings)
    #expect(result.provenance == part.provenance)
  }

  @Test func `has a problem and an image that give the prediction again`() throws {
    let (problem, reference) = try #require(
      try ExportSample.references(2, size: "32x32").first)
    let place = try TemporaryPlace()
    let export = try DesignExport(problem: problem, density: reference.design.density)
    try export.write(to: place.path + "/p")
    #expect(
      place.names == [
        "p", "p/density.npy", "p/density.png", "p/design.inp", "p/design.png", "p/design.stl",
        "p/part.yml", "p/pixels.inp", "p/problem.yml",
      ])
    let file = try ProblemFile(contentsOf: place.path + "/p/problem.yml")
    let image = try NumericArray(contentsOf: place.path + "/p/density.npy")
    #expect(image.shape == [32, 32])
    #expect(file.optimisation?.volumeFraction == problem.volumeFraction)
    let (value, _) = try ManufacturabilityLoss(of: file.problem)
      .valueWithGradient(at: image.values)
    // Side by side and one at a time end at residuals of 1e-8 and below.
    #expect(abs(value / export.prediction.objective - 1) < 1e-6)
  }

  @Test func `forces add up on the nodes they act on, evenly or as a traction`() throws {
    let box = GridRegion.box(lower: [10, 2], upper: [10, 6])
    let problem = DesignTask(
      size: GridSize(columns: 10, rows: 8),
      supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loads: [
        MechanicalLoad(box, force: [8, 0]),
        MechanicalLoad(box, force: [0, 8], sharing: .uniform),
      ], volumeFraction: 1)
    let forces = problem.nodalForces(inCase: 0).map(\.force)
    #expect(forces.map(\.x) == [1.6, 1.6, 1.6, 1.6, 1.6])
    #expect(forces.map(\.y) == [1, 2, 2, 2, 1])
    let place = try TemporaryPlace()
    let export = try DesignExport(problem: problem, density: [Double](repeating: 1, count: 80))
    let pixels = try ExportSample.solve(try export.file("pixels.inp"), place)
    #expect(abs(2 * pixels.energy / export.prediction.objective - 1) < 1e-5)
  }

  @Test func `replaces a part, and nothing else`() throws {
    let (problem, density) = ExportSample.cantilever("####\n####\n####\n####")
    let place = try TemporaryPlace()
    let export = try DesignExport(problem: problem, density: density)
    try export.write(to: place.path + "/p")
    try place.write("of a solver", to: "p/design.dat")
    try export.write(to: place.path + "/p/")
    #expect(!place.names.contains("p/design.dat"))
    #expect(place.names.count == 9)
    try place.write("a letter", to: "q/letter.txt")
    #expect(throws: FileFault.self) { try export.write(to: place.path + "/q") }
    try place.write("a photo", to: "p/photos/1.jpg")
    #expect(throws: FileFault.self) { try export.write(to: place.path + "/p") }
    #expect(place.names.contains("p/photos/1.jpg"))
    #expect(throws: FileFault.self) { try export.write(to: place.path + "/q/letter.txt/p") }
    #expect(!place.names.contains { $0.hasPrefix(".") })
  }

  @Test func `refuses what is no image`() throws {
    let (problem, density) = ExportSample.cantilever("####\n####")
    func fault(_ density: [Double]) -> ExportFault? {
      do throws(ExportFault) {
        _ = try DesignExport(problem: problem, density: density)
        return nil
      } catch { return error }
    }
    #expect(fault([1, 1, 1]) == .badImage("3 densities for 4x2 elements"))
    #expect(fault(density.map { _ in .nan })?.description.contains("row 0, column 0") == true)
    #expect(fault(density.map { _ in 1.5 })?.description.contains("is 1.5") == true)
    #expect(fault(density.map { _ in 0.4 }) == .noMaterial)
  }

  @Test func `numbers of decks fit into the twenty characters that CalculiX reads`() {
    var random = SeededGenerator(seed: 1, stream: 0)
    for exponent in -14...8 {
      for _ in 0..<50 {
        var scale = 1.0
        for _ in 0..<abs(exponent) { scale *= exponent < 0 ? 0.1 : 10 }
        let value = (random.nextUnit() - 0.5) * scale
        let text = PlaneModel.field(value)
        #expect(text.utf8.count <= 20, "\(text)")
        let read = Double(text) ?? .nan
        // Twelve digits after the point, or all of them.
        #expect(abs(read - value) <= max(5.1e-13, 1e-15 * abs(value)))
      }
    }
  }
}
