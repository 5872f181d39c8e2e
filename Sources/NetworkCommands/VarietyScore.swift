package import DesignFamilies
import DesignNetworks
import Files
import ProgramSupport

/// How much finished designs of one problem differ where nothing but their codes does, and how good each is.
package struct VarietyScore: Sendable {
  /// The designs of one problem.
  package struct Problem: Sendable {
    /// The mean over all pairs of the intersection of the two solids over their union: 1 where the codes change nothing.
    package let overlap: Double
    /// Each design's objective over the reference's, less 1; infinite where a load is not joined to a support.
    package let objectiveErrors: [Double]
  }
  /// By problem.
  package let problems: [Problem]

  /// Judges the finished designs of problems.
  ///
  /// - Parameters:
  ///   - designs: Two at least of each problem.
  ///   - references: The objective of a good design of each problem.
  package init(of designs: [[SolidDesign]], for tasks: [DesignTask], references: [Double]) throws {
    problems = try zip(designs, zip(tasks, references)).map { designs, given in
      let qualities = try DesignQuality.strictly(
        designs, for: designs.map { _ in given.0 }, references: designs.map { _ in given.1 })
      return Problem(
        overlap: Self.meanOverlap(of: designs.map(\.solid)),
        objectiveErrors: qualities.map(\.objectiveError))
    }
  }

  /// The mean over all pairs of images of the pixels that both fill over those that one fills.
  static func meanOverlap(of images: [[Bool]]) -> Double {
    var sum = 0.0
    for (place, one) in images.enumerated() {
      for other in images[(place + 1)...] {
        let both = zip(one, other).lazy.filter { $0 && $1 }.count
        let either = zip(one, other).lazy.filter { $0 || $1 }.count
        sum += either == 0 ? 1 : Double(both) / Double(either)
      }
    }
    return sum / Double(images.count * (images.count - 1) / 2)
  }

  /// The mean over the problems.
  package var meanOverlap: Double {
    problems.reduce(0) { $0 + $1.overlap } / Double(max(1, problems.count))
  }

  /// The share of problems all of whose designs are within a tenth of the reference.
  package var allGoodShare: Double {
    Double(problems.count { $0.objectiveErrors.allSatisfy { $0 <= 0.1 } })
      / Double(max(1, problems.count))
  }

  /// The figures.
  var json: JSONText {
    let errors = problems.flatMap(\.objectiveErrors).sorted()
    return .object([
      ("problems", .integer(problems.count)),
      ("seeds", .integer(problems.first?.objectiveErrors.count ?? 0)),
      ("meanPairwiseIoU", .number(meanOverlap)),
      ("medianObjectiveError", .number(errors.isEmpty ? .nan : errors[errors.count / 2])),
      (
        "withinTenthShare",
        .number(Double(errors.count { $0 <= 0.1 }) / Double(max(1, errors.count)))
      ),
      ("allWithinTenthShare", .number(allGoodShare)),
      (
        "each",
        .array(
          problems.map { problem in
            .object([
              ("pairwiseIoU", .number(problem.overlap)),
              ("objectiveErrors", .array(problem.objectiveErrors.map { .number($0) })),
            ])
          })
      ),
    ])
  }
}

extension ScoreCommand {
  /// Draws several designs for each problem, refines and finishes every one of them, and says how much they differ.
  ///
  /// - Parameter seedCount: Designs of each problem, 2 at least; their codes are independent.
  package func variety(seedCount: Int) throws -> VarietyScore {
    let held = try heldProblems()
    let model = try model(for: held.family)
    let progress = isQuiet ? nil : ProgressLine()
    defer { progress?.erase() }
    let refinement = DesignRefinement(iterationCount: self.refinement)
    var designs: [[SolidDesign]] = []
    for (place, task) in held.tasks.enumerated() {
      progress?.show(place, of: held.tasks.count, unit: "problems drawn")
      // One form of the loads, as for every drawing.
      let task = task.withNodalLoads
      let images = try model.drawings(
        for: [task], streams: [UInt64(place)], seed: seed, count: seedCount)[0].get().map(\.design)
      let tasks = images.map { _ in task }
      designs.append(
        try refinement.refined(images, for: tasks).map { FinishedDesign($0, for: task).design })
    }
    return try VarietyScore(of: designs, for: held.tasks, references: held.references)
  }
}
