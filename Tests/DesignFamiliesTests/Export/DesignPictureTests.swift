import ArrayFiles
import Manufacturability
import Testing

@testable import DesignFamilies
@testable import DesignProblem

@Suite("Pictures of designs") struct DesignPictureTests {
  private static let size = GridSize(columns: 32, rows: 32)
  private static let dark = [UInt8](repeating: 45, count: 3)
  private static let green: [UInt8] = [20, 140, 60], red: [UInt8] = [210, 40, 30]

  private static func problem(_ supports: [Support], force: [Double]) -> DesignTask {
    DesignTask(
      size: size, supports: supports,
      loads: [MechanicalLoad(.point(at: [32, 16]), force: force)], volumeFraction: 0.5)
  }

  private static func pixel(_ picture: Picture, _ x: Int, _ y: Int) -> [UInt8] {
    Array(picture.bytes[(3 * (y * picture.width + x))..<(3 * (y * picture.width + x) + 3)])
  }

  private static func count(_ picture: Picture, _ color: [UInt8], where holds: (Int, Int) -> Bool)
    -> Int
  {
    (0..<picture.height).reduce(0) { sum, y in
      sum
        + (0..<picture.width).reduce(0) {
          $0 + (holds($1, y) && pixel(picture, $1, y) == color ? 1 : 0)
        }
    }
  }

  /// 16 pixels to an element, a margin of 72.
  @Test func `shows solid elements dark and the others white`() {
    let problem = Self.problem([Support(.edge(side: .left), axes: [.x, .y])], force: [0, -1])
    let solid = (0..<1024).map { ($0 / 32 + $0 % 32) % 3 == 0 }
    let picture = DesignPicture.picture(
      of: SolidDesign(size: Self.size, solid: solid), for: problem)
    for element in solid.indices {
      let at = (72 + element % 32 * 16 + 8, 72 + element / 32 * 16 + 8)
      let found = Self.pixel(picture, at.0, at.1)
      // An arrow may lie on an element.
      if found != Self.red { #expect((found == Self.dark) == solid[element]) }
    }
  }

  struct Push: CustomTestStringConvertible {
    let testDescription: String
    let force: [Double]
    /// Whether the arrow lies to the right of the design, and whether it reaches down from the node.
    let isOutside, isBelow: Bool
  }
  @Test(
    "draws the arrow of a load in its direction",
    arguments: [
      Push(testDescription: "pull", force: [500, 0], isOutside: true, isBelow: false),
      Push(testDescription: "push", force: [-500, 0], isOutside: true, isBelow: false),
      Push(testDescription: "down", force: [0, -500], isOutside: false, isBelow: true),
    ])
  func drawsArrow(_ push: Push) {
    let problem = Self.problem([Support(.edge(side: .left), axes: [.x, .y])], force: push.force)
    let empty = SolidDesign(size: Self.size, solid: [Bool](repeating: false, count: 1024))
    let picture = DesignPicture.picture(of: empty, for: problem)
    let (x, y) = (72 + 512, 72 + 256)
    let outside = Self.count(picture, Self.red) { column, _ in column > x + 8 }
    let below = Self.count(picture, Self.red) { _, row in row > y + 8 }
    #expect((outside > 100) == push.isOutside)
    #expect((below > 100) == push.isBelow)
    // The head is wide at the end that the force points to.
    if push.isOutside {
      func height(_ column: Int) -> Int { Self.count(picture, Self.red) { at, _ in at == column } }
      #expect((height(x + 8) > height(x + 50)) == (push.force[0] < 0))
    }
  }

  @Test func `tells a roller from a clamp, and the axis that it holds`() {
    func green(_ axes: [GridAxis]) -> (left: Int, below: Int) {
      let problem = Self.problem(
        [Support(.corner(sides: [.left, .bottom]), axes: axes)], force: [1, 0])
      let empty = SolidDesign(size: Self.size, solid: [Bool](repeating: false, count: 1024))
      let picture = DesignPicture.picture(of: empty, for: problem)
      return (
        Self.count(picture, Self.green) { column, _ in column < 68 },
        Self.count(picture, Self.green) { column, row in column >= 68 && row > 72 + 512 + 6 }
      )
    }
    let (x, y, both) = (green([.x]), green([.y]), green([.x, .y]))
    #expect(x.left > 50 && x.below < x.left / 2)
    #expect(y.below > 50 && y.left < y.below / 2)
    #expect(both != x && both != y && both.left > x.left)
  }

  @Test(
    arguments: [(64.0, 50.0), (25.6, 20), (0.9, 0.5), (3.2, 2), (1000, 1000), (0.019, 0.01)])
  func `the scale has a round length`(_ limit: Double, _ length: Double) {
    #expect(abs(DesignPicture.roundLength(upTo: limit) / length - 1) < 1e-12)
  }

  /// A bar of 1 mm elements and one of 2 mm show the same length with half the pixels.
  @Test func `the scale is as long as it says`() {
    func length(_ pixelSize: Double) -> Int {
      var problem = Self.problem([Support(.edge(side: .left), axes: [.x, .y])], force: [0, -1])
      problem.pixelSize = pixelSize
      let empty = SolidDesign(size: Self.size, solid: [Bool](repeating: false, count: 1024))
      let picture = DesignPicture.picture(of: empty, for: problem)
      let y = 512 + 2 * 72 + 5
      return (72..<400).prefix { Self.pixel(picture, $0, y) == [0, 0, 0] }.count
    }
    // 0.4 of 32 mm: 10 mm of 16 pixels each; of 64 mm 20 mm of 8 pixels.
    #expect(length(1) == 160 && length(2) == 160)
    #expect(length(0.9) == Int((10 / 0.9 * 16).rounded()))
  }

  @Test func `every letter of a part's caption has a form`() throws {
    let problem = Self.problem([Support(.edge(side: .left), axes: [.x, .y])], force: [0, -1000])
    let limits: [DesignLimit] = [
      .init(.vonMisesStress, below: 184.5, source: "s"),
      .init(.displacement, below: 1e-7, source: "s"),
      .init(.strainEnergy, below: 1e12, source: "s"),
    ]
    let export = try DesignExport(
      problem: problem, density: [Double](repeating: 1, count: 1024), limits: limits)
    let text = export.caption.joined()
    #expect(export.caption.count == 5 && text.contains("1024 of 1024"))
    for letter in text { #expect(Canvas.hasForm(for: letter), "\(letter)") }
    let names = try export.files().map(\.name)
    #expect(names.contains("design.png") && names.contains("density.png"))
  }
}
