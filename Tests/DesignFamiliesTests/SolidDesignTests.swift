import Manufacturability
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem

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
    let sampler = PartProblems(size: Self.size)
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
    let problem = DesignTask(
      size: Self.size, supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loads: [MechanicalLoad(.point(at: [32, 16]), force: [0, -1])], volumeFraction: 0.01)
    let uniform = [Double](repeating: 0.01, count: Self.size.elementCount)
    #expect(SolidDesign(making: uniform, for: problem) == nil)
    #expect(!FinishedDesign(uniform, for: problem).isJoined)
  }

  @Test func `the finished image cut at a half is the design`() throws {
    let problem = try PartProblems(size: Self.size).problem(0, seed: 4)
    let noise = problem.manufacturability().randomDesign(in: 0...1, seed: 1)
    let finished = FinishedDesign(noise, for: problem)
    #expect(SolidDesign(size: Self.size, thresholding: finished.density) == finished.design)
  }

  /// A block at the left wall, and a load far from it that pulls along a diagonal: a path of elements bends at every corner, a bar does not.
  @Test func `a load over void gets bars that carry it, not a path that bends`() throws {
    let size = Self.size
    let problem = DesignTask(
      size: size, supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loads: [MechanicalLoad(.point(at: [30, 4]), force: [700, -700])], volumeFraction: 0.3)
    let block = (0..<size.elementCount).map { $0 % size.columns < 8 ? 1.0 : 0.0 }
    let path = try #require(SolidDesign(making: block, for: problem))
    let finished = FinishedDesign(block, for: problem)
    #expect(finished.isJoined && finished.design.solidCount == problem.solidCount)
    let qualities = try DesignQuality.strictly(
      [path, finished.design], for: [problem, problem], references: [1, 1])
    // Two bars carry by tension and compression alone: one of a path's many corners costs more.
    #expect(qualities[1].objectiveError < 0.1 * qualities[0].objectiveError)
  }

  /// A beam on a pin and a roller whose drawing forgets the pin: connected, and yet free to turn and to slide.
  @Test func `a design that only a roller holds gets a bar to the pin`() throws {
    let size = Self.size
    let problem = DesignTask(
      size: size,
      supports: [
        Support(.corner(sides: [.left, .bottom]), axes: [.x, .y]),
        Support(.corner(sides: [.right, .bottom]), axes: [.y]),
      ],
      loads: [MechanicalLoad(.point(at: [20, 32]), force: [0, -500])], volumeFraction: 0.3)
    let block = (0..<size.elementCount).map { $0 % size.columns >= 18 ? 0.9 : 0.0 }
    let drawn = SolidDesign(size: size, thresholding: block)
    #expect(!problem.isHeld(drawn.solid, size))
    let finished = FinishedDesign(block, for: problem)
    #expect(problem.isHeld(finished.design.solid, size))
    #expect(finished.design.solidCount == problem.solidCount)
  }

  /// A pull at the whole lower edge of a cantilever whose drawing is a block at the wall: 24 of 33 loaded nodes have nothing above them.
  @Test(arguments: [MechanicalLoad.Sharing.even, .uniform])
  func `a line of forces gets a skin of two elements, and bars where it reaches far`(
    _ sharing: MechanicalLoad.Sharing
  ) throws {
    let size = Self.size
    let problem = DesignTask(
      size: size, supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loads: [MechanicalLoad(.edge(side: .bottom), force: [0, -900], sharing: sharing)],
      volumeFraction: 0.45)
    let block = (0..<size.elementCount).map { $0 % size.columns < 9 ? 1.0 : 0.05 }
    let path = try #require(SolidDesign(making: block, for: problem))
    let finished = FinishedDesign(block, for: problem)
    #expect(finished.isJoined && finished.design.solidCount == problem.solidCount)
    for column in 0..<size.columns {
      for row in [30, 31] { #expect(finished.design.solid[row * size.columns + column]) }
    }
    let qualities = try DesignQuality.strictly(
      [path, finished.design], for: [problem, problem], references: [1, 1])
    // A strip of one element bends over its length; with bars it carries along them.
    #expect(qualities[1].objectiveError < 0.1 * qualities[0].objectiveError)
  }

  @Test func `a whole design is left as it is`() throws {
    let problem = try PartProblems(size: Self.size).problem(2, seed: 1)
    let reference = try ReferenceSearch(iterationCount: 20).references(for: [problem])[0].get()
    #expect(
      MissingMembers(in: reference.design.density, for: problem).density
        == reference.design.density)
    #expect(problem.isHeld(reference.design.solid, problem.size))
  }
}
