import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// A design's bits depend on nothing but the design and its problem.
@Suite("Designs side by side") struct BatchTests {
  struct Bits: Equatable {
    let values: [UInt64]
    init(_ evaluation: DesignEvaluation) {
      values =
        ([evaluation.total, evaluation.largestResidual] + evaluation.terms.map(\.value)
        + evaluation.gradient + evaluation.physicalDensity).map(\.bitPattern)
    }
  }

  static let problem = SampleProblem.structure(columns: 6, rows: 5)

  private func design(_ seed: Int) -> [Double] {
    SampleProblem.densities(Self.problem, seed: UInt64(seed))
  }

  @Test
  func `one design has the same bits at any place of a batch of 1 to 37, on one thread and on two`()
    throws
  {
    let loss = try ManufacturabilityLoss(of: Self.problem)
    let mine = design(100)
    let alone = try onThreads(1) { Bits(try loss.evaluate([mine])[0].get()) }
    for count in [1, 2, 15, 16, 17, 32, 37] {
      for threads in [1, 2] {
        let place = count * 7 / 10
        var designs = (0..<count).map(design)
        designs[place] = mine
        designs[count - 1] = mine
        let found = try onThreads(threads) { try loss.evaluate(designs) }
        #expect(found.count == count)
        #expect(Bits(try found[place].get()) == alone, "place \(place) of \(count)")
        #expect(Bits(try found[count - 1].get()) == alone, "last of \(count)")
      }
    }
    let all = try loss.evaluate((0..<37).map { _ in mine })
    for result in all { #expect(Bits(try result.get()) == alone) }
  }

  @Test func `designs that fail are named in their places and touch no neighbour`() throws {
    let loss = try ManufacturabilityLoss(of: Self.problem)
    let n = Self.problem.designCount
    var bad: [Int: ([Double], DesignFault)] = [:]
    var nan = design(1)
    nan[7] = .nan
    var high = design(2)
    high[29] = 1.5
    bad[3] = (
      high, .notADensity(value: 1.5, image: 0, row: 4, column: 5, layer: nil)
    )
    bad[16] = ([0.5], .wrongCount(found: 1, expected: n))
    bad[17] = ([], .wrongCount(found: 0, expected: n))
    var projectless = Self.problem
    projectless.filter = nil
    let sharp = try ManufacturabilityLoss(of: projectless)
    let pairs = (0..<20).map { place -> (loss: ManufacturabilityLoss, design: [Double]) in
      if place == 5 { return (loss, nan) }
      // Without the filter an empty image stays empty.
      if place == 9 { return (sharp, Array(repeating: 0, count: n)) }
      return (loss, bad[place]?.0 ?? design(place))
    }
    let found = try ManufacturabilityLoss.evaluate(pairs)
    #expect(found.count == 20)
    for (place, result) in found.enumerated() {
      switch result {
      case .success(let evaluation):
        #expect(Bits(evaluation) == Bits(try loss.evaluate([design(place)])[0].get()))
      case .failure(let fault):
        switch place {
        case 5:
          guard case .notADensity(let value, 0, 1, 1, nil) = fault else {
            Issue.record("\(fault)")
            continue
          }
          #expect(value.isNaN)
        case 9: #expect(fault == .loadOnVoid(loadCase: "tip", load: 0))
        default: #expect(fault == bad[place]?.1, "place \(place): \(fault)")
        }
      }
    }
    #expect(found.indices.filter { (try? found[$0].get()) == nil } == [3, 5, 9, 16, 17])
  }

  @Test func `problems of different supports, loads and terms share batches and keep their order`()
    throws
  {
    var other = Self.problem
    other.supports = [Support(.edge(side: .bottom), axes: [.x, .y])]
    other.loadCases[0].loads = [MechanicalLoad(.corner(sides: [.right, .top]), force: [-1, 2])]
    other.heat?.sinks = [.init(.edge(side: .bottom), temperature: -1)]
    other.terms = [Term(.compliance()), Term(.warpage(side: .right)), Term(.temperature())]
    var larger = SampleProblem.structure(columns: 7, rows: 4)
    larger.solids[0].youngsModulus = 5
    let problems = [Self.problem, other, larger]
    let losses = try problems.map { try ManufacturabilityLoss(of: $0) }
    let pairs = (0..<40).map { place in
      let which = [0, 1, 1, 2, 0, 1, 2][place % 7]
      return (
        loss: losses[which],
        design: SampleProblem.densities(problems[which], seed: UInt64(place))
      )
    }
    for threads in [1, 2] {
      let found = try onThreads(threads) { try ManufacturabilityLoss.evaluate(pairs) }
      for (pair, result) in zip(pairs, found) {
        let evaluation = try result.get()
        #expect(evaluation.terms.map(\.name) == pair.loss.problem.terms.map(\.name))
        #expect(Bits(evaluation) == Bits(try pair.loss.evaluate([pair.design])[0].get()))
      }
    }
  }

  @Test func `an empty batch has no results`() throws {
    #expect(try ManufacturabilityLoss(of: Self.problem).evaluate([]).isEmpty)
  }
}
