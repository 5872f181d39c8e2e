import DesignFamilies
import DesignNetworks
import Foundation
import Manufacturability
import Testing

@testable import DesignProblem
@testable import NetworkCommands

/// What the shipped model and the finish make of lines of forces longer than training has seen.
@Suite("Loads spread over many nodes") struct PressureLoadTests {
  static let path = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Validation/Models/part-64x64.safetensors").path

  /// Of 60 problems 22 failed without refinement before lines of forces had a skin, and 2 with five steps. Now 4 and 1 do: one more is left to rounding.
  @Test func `are carried, without refinement and with five steps`() throws {
    let model = try DesignModel(contentsOf: Self.path)
    let problems = (0..<64).map { PressureProblems.problem($0, seed: 16, size: model.card.size) }
    let references = try ReferenceSearch(iterationCount: 40).references(for: problems)
    let good = problems.indices.filter { (try? references[$0].get()) != nil }
    #expect(good.count >= 56)
    let objectives = try good.map { try references[$0].get().objective }
    func failures(_ refinement: Int) throws -> Int {
      let drawer = DesignDrawer(
        model: model, seed: 1, bestOf: 1, refinement: DesignRefinement(iterationCount: refinement))
      let drawn = try drawer.draw(
        for: good.map { problems[$0] }, streams: good.map(UInt64.init)
      ).map { try $0.get() }
      for drawn in drawn { #expect(drawn.choice.finished.isJoined) }
      return try DesignQuality.strictly(
        drawn.map(\.choice.finished.design), for: good.map { problems[$0] },
        references: objectives
      ).filter(\.isFailure).count
    }
    #expect(try failures(0) <= 5)
    #expect(try failures(5) <= 1)
  }

  @Test func `loads written in another form give the same design bit for bit`() throws {
    let model = try DesignModel(contentsOf: Self.path)
    let size = model.card.size
    let edge = (0...64).map { [64.0, Double($0)] }
    let forms = [
      [MechanicalLoad(.edge(side: .right), force: [130, -650])],
      edge.reversed().map { MechanicalLoad(.point(at: $0), force: [2, -10]) },
      [
        MechanicalLoad(.box(lower: [64, 0], upper: [64, 64]), force: [130, 0]),
        MechanicalLoad(.points(at: edge), force: [0, -650]),
      ],
    ]
    let problems = forms.map {
      DesignTask(
        size: size, supports: [Support(.edge(side: .left), axes: [.x, .y])], loads: $0,
        volumeFraction: 0.4)
    }
    for refinement in [0, 3] {
      let drawer = DesignDrawer(
        model: model, seed: 1, bestOf: 1, refinement: DesignRefinement(iterationCount: refinement))
      let designs = try problems.map {
        try drawer.draw(for: [$0], streams: [0])[0].get().choice.finished
      }
      #expect(designs[1] == designs[0] && designs[2] == designs[0])
    }
  }
}
