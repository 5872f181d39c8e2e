import Meshing
import Testing

@testable import DesignValidation

@Suite("Designs of pixels") struct PixelImageTests {
  /// Squares of the side 2 with these columns and rows, moved along x.
  private func mesh(_ pixels: [(Int, Int)], movedBy move: Double = 0) -> Mesh {
    var nodes: [SIMD3<Double>] = []
    for (column, row) in pixels {
      for (x, y) in [(0, 0), (1, 0), (1, 1), (0, 1)] {
        nodes.append([2 * Double(column + x) + move, 2 * Double(row + y), 0])
      }
    }
    return Mesh(
      nodes: nodes,
      blocks: [
        CellBlock(
          shape: .quadrilateral4, elementType: .cps4,
          connectivity: (0..<Int32(nodes.count)).map { $0 })
      ])
  }

  private func size(_ pixels: [(Int, Int)], _ columns: Int, _ rows: Int) throws -> Double {
    try PixelImage(of: mesh(pixels), on: PixelPlace(columns: columns, rows: rows, radius: 2))
      .minimumSize
  }

  @Test func `a grid that is all solid, or all void, is nowhere too thin`() throws {
    let all = (0..<24).map { ($0 % 6, $0 / 6) }
    #expect(try size(all, 6, 4) == 0)
    #expect(
      try PixelImage(of: mesh([]), on: PixelPlace(columns: 6, rows: 4, radius: 2)).minimumSize == 0)
  }

  @Test func `a bar of one pixel lacks more than a bar of three`() throws {
    let thin = try size((0..<9).map { ($0, 4) }, 9, 9)
    let thick = try size((0..<27).map { ($0 % 9, 3 + $0 / 9) }, 9, 9)
    // The middle row of a bar along x: ρ̄ = 4 / (4 + 4 (2 − √2)) with the cone weights 2, 1, 2 − √2; no slope across it, so exp(…) is 1 there.
    let share = 4 / (4 + 2 + 4 * (2 - 2.0.squareRoot()))
    #expect(thin > 0.9 * 9 * (0.75 - share) * (0.75 - share) / 81)
    #expect(thick < 0.05 * thin)
  }

  @Test func `cells that are no pixels are told by their number`() {
    let place = PixelPlace(columns: 4, rows: 4, radius: 2)
    for (mesh, number) in [
      (mesh([(0, 0), (4, 0)]), 2), (mesh([(0, 0), (1, 1)], movedBy: 0.3), 1),
    ] {
      #expect {
        try PixelImage(of: mesh, on: place)
      } throws: {
        "\($0)".hasPrefix("the cell \(number) is no pixel of a grid of 4×4")
      }
    }
  }
}
