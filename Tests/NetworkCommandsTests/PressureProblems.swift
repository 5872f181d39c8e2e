import DesignFamilies
import DesignProblem
import Manufacturability

/// Problems with loads spread over 31 to 65 nodes, as pressure on an edge, drawn from a seed.
///
/// Half of the parts are held as the catalogue says, half on two to four points, stretches or rollers of their own; volumes from 0.2 to 0.6.
enum PressureProblems {
  static func problem(_ number: Int, seed: UInt64, size: GridSize) -> DesignTask {
    var random = SeededGenerator(seed: seed, stream: UInt64(number))
    while true {
      let problem = draw(&random, size)
      if problem.manufacturability().faults().isEmpty { return problem }
    }
  }

  private static func draw(_ random: inout SeededGenerator, _ size: GridSize) -> DesignTask {
    let isOfCatalogue = random.nextUnit() < 0.5
    let cases = SupportCatalogue.all
    let supports: [Support]
    if isOfCatalogue {
      supports = cases[random.nextIndex(below: cases.count)].supports(on: size)
    } else {
      supports = (0..<(2 + random.nextIndex(below: 3))).map { _ in
        let region: GridRegion =
          random.nextUnit() < 0.4
          ? stretch(&random, size, 0, size.columns / 4)
          : random.nextUnit() < 0.5
            ? stretch(&random, size, size.columns / 2, size.columns) : stretch(&random, size, 0, 0)
        let axes: [[GridAxis]] = [[.x], [.y], [.x, .y]]
        return Support(region, axes: axes[random.nextIndex(below: 3)])
      }
    }
    let loads = (0..<(random.nextUnit() < 0.7 ? 1 : 2)).map { _ in
      let region = stretch(&random, size, 30 * size.columns / 64, size.columns)
      // Pressure across the edge, shear along it, or between both.
      let kind = random.nextUnit()
      let angle = 2 * Double.pi * random.nextUnit()
      let isUpright: Bool
      if case .box(let lower, let upper) = region {
        isUpright = lower[0] == upper[0]
      } else {
        isUpright = false
      }
      let sign: Double = random.nextUnit() < 0.5 ? -1 : 1
      let force: [Double] =
        kind < 0.5
        ? (isUpright ? [sign * 1000, 0] : [0, sign * 1000])
        : [1000 * cosine(angle), 1000 * cosine(angle - Double.pi / 2)]
      return MechanicalLoad(
        region, force: force, sharing: random.nextUnit() < 0.5 ? .even : .uniform)
    }
    return DesignTask(
      size: size, caseName: isOfCatalogue ? "catalogue" : "own", supports: supports,
      loads: loads, volumeFraction: 0.2 + 0.4 * random.nextUnit())
  }

  /// A stretch of a side between two lengths in elements.
  private static func stretch(
    _ random: inout SeededGenerator, _ size: GridSize, _ least: Int, _ most: Int
  ) -> GridRegion {
    let length = least + random.nextIndex(below: most - least + 1)
    let from = random.nextIndex(below: size.columns - length + 1)
    let (a, b) = (Double(from), Double(from + length))
    return switch random.nextIndex(below: 4) {
    case 0: .box(lower: [0, a], upper: [0, b])
    case 1: .box(lower: [Double(size.columns), a], upper: [Double(size.columns), b])
    case 2: .box(lower: [a, 0], upper: [b, 0])
    default: .box(lower: [a, Double(size.rows)], upper: [b, Double(size.rows)])
    }
  }

  private static func cosine(_ angle: Double) -> Double {

    var (sum, term) = (1.0, 1.0)
    for order in 1...20 {
      term *= -angle * angle / Double((2 * order - 1) * 2 * order)
      sum += term
    }
    return sum
  }
}
