import DeckLanguage
import Testing

@testable import DeckAnalysis

@Suite("Increments of a step") struct IncrementScheduleTests {
  /// The ends of the increments, and the times that are printed.
  static func run(
    _ data: [Double?], of procedure: DeckStep.Procedure = .steadyHeat, isDirect: Bool = false,
    timePoints: [Double] = [], frequency: Int = 1
  ) -> (ends: [Double], printed: [Double]) {
    var step = DeckStep()
    step.procedure = procedure
    step.isDirect = isDirect
    step.increments = data
    var schedule = IncrementSchedule(step, timePoints: timePoints, frequency: frequency)
    var ends: [Double] = []
    var printed: [Double] = []
    while let increment = schedule.next() {
      ends.append(increment.stepTime)
      if schedule.finish() { printed.append(increment.stepTime) }
    }
    return (ends, printed)
  }

  static func isClose(_ a: [Double], _ b: [Double]) -> Bool {
    // A few sums of fractions that are not binary.
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  // What ccx 2.20 did, read from its .sta files.
  @Test func `a quarter grows from the third increment on`() {
    #expect(Self.isClose(Self.run([0.25, 1]).ends, [0.25, 0.5, 0.875, 1]))
  }

  @Test func `fixed increments stay`() {
    #expect(Self.isClose(Self.run([0.2, 1], isDirect: true).ends, [0.2, 0.4, 0.6, 0.8, 1]))
  }

  @Test func `the largest increment holds growth back`() {
    #expect(Self.isClose(Self.run([0.25, 1, nil, 0.25]).ends, [0.25, 0.5, 0.75, 1]))
  }

  @Test func `the largest increment holds back the first of a static step alone`() {
    #expect(Self.run([1, 1, nil, 0.4]).ends == [1])
    #expect(Self.isClose(Self.run([1, 1, nil, 0.4], of: .staticStress).ends, [0.4, 0.8, 1]))
  }

  @Test func `fixed increments are cut at the first time point, and stay so`() {
    let (ends, printed) = Self.run([0.5, 1], isDirect: true, timePoints: [0.15, 0.4, 0.75])
    #expect(Self.isClose(ends, [0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1]))
    #expect(printed == ends)
  }

  @Test func `no data line is one increment of one`() {
    #expect(Self.run([]).ends == [1])
  }

  @Test func `time points cut increments and alone are printed, with the end`() {
    let (ends, printed) = Self.run([0.3, 1], timePoints: [0.15, 0.4, 0.75])
    #expect(Self.isClose(ends, [0.15, 0.3, 0.4, 0.7375, 0.75, 1]))
    #expect(Self.isClose(printed, [0.15, 0.4, 0.75, 1]))
  }

  @Test func `a time point at the start, or off it by round-off, is past`() {
    let (ends, printed) = Self.run([0.5, 1], timePoints: [-0.3, 0, 1e-17, 0.75])
    #expect(Self.isClose(ends, [0.5, 0.75, 1]))
    #expect(Self.isClose(printed, [0.75, 1]))
  }

  @Test func `every second increment is printed, and the last`() {
    let (_, printed) = Self.run([0.2, 1], isDirect: true, frequency: 2)
    #expect(Self.isClose(printed, [0.4, 0.8, 1]))
  }
}
