import DesignValidation
import Foundation
import Manufacturability
import Synchronization
import TestSupport
import Testing

@testable import DesignFamilies
@testable import Files

/// Reference designs exported, solved by `gcgan-solve` and by CalculiX, and judged.
///
/// `make round-trip` runs it on 100 parts, 20 designs of every other family, and as many with several load cases and a temperature case, and with heat and forces together, at 64x64, and
/// prints what it measures; in the ordinary tests it is one or two of each at 32x32.
@Suite("Round trip of exported designs") struct RoundTripTests {
  static let asked = ProcessInfo.processInfo.environment["GCGAN_ROUND_TRIP"].flatMap { Int($0) }

  /// What became of one design.
  struct Outcome: Sendable {
    var worst = 0.0
    var numberCount = 0
    var energyRatio = 1.0
    var uncertainty = 0.0
    var verdict = Verdict.notEvaluable
    /// Whether the solver of images finds a limit broken.
    var breaksLimit = false
    /// Limits that the part reads, beside volume and load path.
    var limitCount = 0
    var failure: String?
    /// Export, `gcgan-solve`, CalculiX, judging, in seconds.
    var seconds: [Double] = [0, 0, 0, 0]
  }

  /// What is sent around.
  static let kinds =
    // A cell of a periodic material is no part yet.
    Families.known.all.map(\.name).filter { !["microstructure", "stent"].contains($0) } + [
      RoundTripSample.cases, RoundTripSample.heatAndForces, RoundTripSample.films,
    ]

  @Test("both solvers agree, with each other and with the image", arguments: kinds)
  func agree(_ kind: String) throws {
    let count = Self.asked.map { kind == "part" ? 5 * $0 : $0 } ?? (kind == "part" ? 2 : 1)
    let size = try (Self.asked == nil ? "32x32" : "64x64").gridSize
    let samples = try RoundTripSample.references(kind, count, size: size)
    #expect(samples.count == count)
    let place = try TemporaryPlace()
    let begin = ContinuousClock.now
    let outcomes = Mutex([Outcome](repeating: Outcome(), count: samples.count))
    DispatchQueue.concurrentPerform(iterations: samples.count) { number in
      var outcome = Outcome()
      do {
        try Self.run(samples[number], "\(place.path)/parts/p\(number)", place, &outcome)
      } catch {
        outcome.failure = "\(error)"
      }
      outcomes.withLock { $0[number] = outcome }
    }
    let total = begin.duration(to: .now)
    let found = outcomes.withLock { $0 }
    for (number, outcome) in found.enumerated() {
      let name = "\(kind) \(number) \(samples[number].problem.caseName)"
      #expect(outcome.failure == nil, "\(name): \(outcome.failure ?? "")")
      #expect(outcome.numberCount > 300, "\(name)")
      // Seven digits are printed of each number, of which CalculiX has six that are sure: what `OracleTests` ask of every deck.
      #expect(outcome.worst <= 1e-5, "\(name)")
      #expect(outcome.verdict == (outcome.breaksLimit ? .fail : .pass), "\(name)")
      #expect(outcome.limitCount > 0, "\(name)")
    }
    guard Self.asked != nil else { return }
    func sum(_ stage: Int) -> Double { found.reduce(0) { $0 + $1.seconds[stage] } }
    let ratios = found.map { $0.energyRatio - 1 }.sorted()
    let shares = found.map { abs($0.energyRatio - 1) / max($0.uncertainty, 1e-12) }.sorted()
    print(
      """
      \(kind): \(found.count) designs at \(size) in \(total); by stage, summed: export \(sum(0)) s, gcgan-solve \(sum(1)) s, ccx \(sum(2)) s, judging \(sum(3)) s
      largest difference of the solvers, of the largest number of its kind: \(found.map(\.worst).max() ?? 0)
      energy or temperature of the smooth model over the image's, less 1: from \(ratios.first ?? 0) by \(ratios[ratios.count / 2]) to \(ratios.last ?? 0)
      the same over the stated uncertainty: median \(shares[shares.count / 2]), largest \(shares.last ?? 0)
      """)
  }

  private static func run(
    _ sample: (problem: DesignTask, design: ReferenceDesign), _ folder: String,
    _ place: TemporaryPlace, _ outcome: inout Outcome
  ) throws {
    let clock = ContinuousClock()
    var begin = clock.now
    func lap(_ stage: Int) {
      let end = clock.now
      outcome.seconds[stage] = begin.duration(to: end) / .seconds(1)
      begin = end
    }
    var task = sample.problem
    task.limits = task.limits(judgedBy: sample.design)
    let export = try DesignExport(
      problem: task, density: ExportSample.grey(sample.design),
      provenance: DesignProvenance(solveCount: sample.design.solveCount))
    try export.write(to: folder)
    lap(0)
    // CalculiX makes sheets of plane-stress cells (Decision 0004); so does gcgan where it is asked to.
    let solved = try BuiltProgram("gcgan-solve").run([
      folder + "/design.inp", "-o", folder + ".gcgan", "--plane-stress", "calculix", "--quiet",
    ])
    guard solved.code == 0 else { throw RoundTripFailure(description: solved.errors) }
    lap(1)
    try FileManager.default.createDirectory(
      atPath: folder + ".ccx", withIntermediateDirectories: true)
    let calculiX = try BuiltProgram(at: "/usr/bin/env").run([
      "-C", folder + ".ccx", "OMP_NUM_THREADS=1", "ccx", folder + "/design",
    ])
    guard calculiX.code == 0 else { throw RoundTripFailure(description: calculiX.output) }
    lap(2)
    let texts = try [folder + "/design.dat", folder + ".gcgan/design.dat"].map {
      try String(contentsOfFile: $0, encoding: .utf8)
    }
    let comparison = DatComparison(
      expected: DatFile(texts[0]), found: DatFile(texts[1]), tolerance: 1e-5, noise: 1e-11)
    outcome.worst = comparison.worst
    outcome.numberCount = comparison.valueCount
    if let difference = comparison.differences.first {
      outcome.failure = difference.description
    }
    guard let part = PartFolder(at: folder) else { throw MissingAnswer() }
    let result = PartEvaluator(solver: DeckModelSolver()).evaluate(part)
    outcome.verdict = result.verdict
    outcome.failure = outcome.failure ?? result.failure.map { "\($0)" }
    outcome.limitCount = export.gateLimits.count
    outcome.breaksLimit = try DesignQuality.strictly(
      [export.design], for: [task], references: [sample.design.objective])[0].breaksLimit
    if let smooth = result.quantities.first(where: {
      $0.name.hasPrefix("strain energy, half of f·u, smooth")
        || $0.name == "largest temperature, smooth"
    }),
      let value = smooth.readings.first?.value
    {
      outcome.energyRatio = value / smooth.reference.value
      outcome.uncertainty = smooth.reference.uncertainty / smooth.reference.value
    }
    lap(3)
  }
}

/// A program that did not do its work.
struct RoundTripFailure: Error, CustomStringConvertible {
  let description: String
}
