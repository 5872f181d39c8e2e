import DesignFamilies
import Manufacturability
import TestSupport
import Testing

@testable import DesignNetworks

@Suite("Drawings of a problem's images") struct ProblemImagesTests {
  private let family = PartProblems.family
  private let size = GridSize(columns: 16, rows: 16)

  /// Fields with values that all differ, of the size of the family's.
  private var fields: [Float] {
    (0..<(family.fieldNames.count * size.elementCount)).map { Float(($0 * 7919) % 10007) }
  }

  private func first(_ fields: [Float]) -> [Double] {
    fields.prefix(size.elementCount).map(Double.init)
  }

  @Test(arguments: 0..<10)
  func `what is drawn for an image is laid back onto the problem`(_ number: Int) {
    let images = ProblemImages(of: family, at: size)
    // Two designs, each of which is the first field of what is told.
    let drawn = images.mean(ofDrawing: number) { image in
      first(image(fields)) + first(image(fields.map { 2 * $0 }))
    }
    let one = first(fields)
    let expected = one + one.map { 2 * $0 }
    let largest = zip(drawn, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(largest < 1e-8)
  }

  @Test func `the first drawing is of the problem as it is, others of images that differ`() {
    let images = ProblemImages(of: family, at: size)
    // What a drawing that does not turn with the problem is laid back from.
    let mark = (0..<size.elementCount).map(Double.init)
    let drawn = (0..<9).map { images.mean(ofDrawing: $0) { _ in mark } }
    #expect(drawn[0] == mark)
    // The mean over all images of the square is the same in all of them.
    for place in mark.indices { #expect(abs(drawn[1][place] - 127.5) < 1e-9) }
    let single = [drawn[0]] + drawn[2...]
    #expect(Set(single).count == Symmetry.ofSquare.count)
  }
}
