import Manufacturability
import Testing

@testable import DesignFamilies

@Suite("Black and white designs") struct SolidDesignTests {
  static let size = GridSize(columns: 32, rows: 32)

  @Test func `bodies that meet in a corner are two by sides and one by corners`() {
    let solid = [true, false, false, false, true, false, false, false, true]
    let size = GridSize(columns: 3, rows: 3)
    #expect(SolidLabels(of: solid, size).count == 3)
    #expect(SolidLabels(of: solid, size, connectivity: .eight).count == 1)
  }

  /// Random noise is the worst that a network can draw.
  @Test
  func
    `whatever was drawn, the made design has its volume, joins its loads and has nothing afloat`()
    throws
  {
    let sampler = PartSampler(size: Self.size)
    for number in 0..<40 {
      let problem = try sampler.problem(number, seed: 3)
      let noise = problem.manufacturability().randomDesign(in: 0...1, seed: UInt64(number))
      guard let design = SolidDesign(making: noise, for: problem) else { continue }
      #expect(design.solidCount == problem.solidCount)
      let labels = SolidLabels(of: design.solid, Self.size)
      let held = labels.bodies(with: problem.supportElements)
      #expect(held.count == labels.count, "a body without a support")
      for elements in problem.loadElements {
        #expect(!labels.bodies(with: elements).isDisjoint(with: held))
      }
    }
  }

  @Test func `a volume too small for the joints gives no design`() throws {
    let problem = PartProblem(
      size: Self.size, supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loads: [MechanicalLoad(.point(at: [32, 16]), force: [0, -1])], volumeFraction: 0.01)
    let uniform = [Double](repeating: 0.01, count: Self.size.elementCount)
    #expect(SolidDesign(making: uniform, for: problem) == nil)
    #expect(!FinishedDesign(uniform, for: problem).isJoined)
  }

  @Test func `the finished image cut at a half is the design`() throws {
    let problem = try PartSampler(size: Self.size).problem(0, seed: 4)
    let noise = problem.manufacturability().randomDesign(in: 0...1, seed: 1)
    let finished = FinishedDesign(noise, for: problem)
    #expect(SolidDesign(size: Self.size, thresholding: finished.density) == finished.design)
  }
}
