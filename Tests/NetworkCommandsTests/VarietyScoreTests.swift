import DesignFamilies
import TestSupport
import Testing

@testable import NetworkCommands

@Suite("Variety of designs") struct VarietyScoreTests {
  @Test func `the mean overlap of pairs is one of equal images and less of others`() {
    let left = [true, true, false, false]
    let middle = [false, true, true, false]
    let right = [false, false, true, true]
    #expect(VarietyScore.meanOverlap(of: [left, left, left]) == 1)
    #expect(VarietyScore.meanOverlap(of: [left, right]) == 0)
    // 1/3, 0 and 1/3.
    #expect(abs(VarietyScore.meanOverlap(of: [left, middle, right]) - 2.0 / 9) < 1e-15)
  }

  @Test func `every design of a problem is held against the problem's reference`() throws {
    let size = GridSize(columns: 32, rows: 32)
    let task = try PartProblems(size: size).problem(5, seed: 1)
    let reference = try ReferenceSearch(iterationCount: 20).references(for: [task])[0].get()
    let block = SolidDesign(
      size: size, thresholding: [Double](repeating: 1, count: size.elementCount))
    let score = try VarietyScore(
      of: [[reference.design, block]], for: [task], references: [reference.objective])
    // The reference judged anew, to the accuracy of training's solves; all of the block is stiffer.
    #expect(abs(score.problems[0].objectiveErrors[0]) < 1e-4)
    #expect(score.problems[0].objectiveErrors[1] < 0)
    #expect(abs(score.meanOverlap - task.volumeFraction) < 1e-3 && score.allGoodShare == 1)
  }
}
