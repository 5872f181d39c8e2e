internal import DesignProblem
internal import Manufacturability

/// Draws part problems; a problem depends on the seed and its number alone.
public struct PartSampler: Codable, Sendable, Equatable {
  /// Where supports and loads come from.
  public enum Source: String, Codable, Sendable, CaseIterable {
    /// The cases of the catalogue that training sees.
    case seen
    /// The cases that are left out of training.
    case unseen
    /// Any numbers, kinds and places of supports and loads.
    case random
  }
  /// Elements of the image.
  public var size: GridSize
  /// Where supports and loads come from.
  public var source: Source
  /// Volume fractions are uniform in this range.
  public var volumeFractions: ClosedRange<Double>
  /// The chance that there is one more load, up to four in catalogue problems.
  public var anotherLoad: Double

  /// A sampler.
  public init(
    size: GridSize, source: Source = .seen, volumeFractions: ClosedRange<Double> = 0.15...0.75,
    anotherLoad: Double = 0.35
  ) {
    self.size = size
    self.source = source
    self.volumeFractions = volumeFractions
    self.anotherLoad = anotherLoad
  }

  /// The largest force of a problem, in newtons.
  public static let largestForce = 1000.0
  /// How often a problem is drawn anew before the settings are called empty.
  static let attemptLimit = 1000

  /// All that is wrong with the settings.
  public var faults: [String] {
    var faults: [String] = []
    if size.columns < 8 || size.rows < 8 || size.columns > 512 || size.rows > 512 {
      faults.append("a grid of \(size) elements: 8 to 512 in each direction are supported")
    }
    if !(volumeFractions.lowerBound > 0 && volumeFractions.upperBound <= 1) {
      faults.append(
        "volume fractions from \(volumeFractions.lowerBound) to \(volumeFractions.upperBound): they lie above 0 and up to 1"
      )
    }
    if !(anotherLoad >= 0 && anotherLoad < 1) {
      faults.append("a chance of \(anotherLoad) for another load: it lies from 0 to below 1")
    }
    return faults
  }

  /// The problem with a number.
  ///
  /// What is drawn can turn out to be held too little, or pulled where it is held; then it is drawn anew from the same stream of numbers.
  ///
  /// - Throws: ``SamplerFault`` where settings are wrong or a thousand draws give nothing.
  public func problem(_ number: Int, seed: UInt64) throws(SamplerFault) -> DesignTask {
    guard faults.isEmpty else {
      throw SamplerFault(description: faults.joined(separator: "; "))
    }
    var random = SeededGenerator(seed: seed, stream: UInt64(bitPattern: Int64(number)))
    for _ in 0..<Self.attemptLimit {
      let problem = source == .random ? draw(random: &random) : drawFromCatalogue(&random)
      if let problem, problem.manufacturability().faults().isEmpty { return problem }
    }
    throw SamplerFault(
      description:
        "\(Self.attemptLimit) draws from '\(source.rawValue)' at \(size) gave no problem with a solution"
    )
  }

  private func drawFromCatalogue(_ random: inout SeededGenerator) -> DesignTask? {
    let cases = source == .seen ? SupportCatalogue.seen : SupportCatalogue.unseen
    let chosen = cases[random.nextIndex(below: cases.count)]
    var count = 1
    while count < 4, random.nextUnit() < anotherLoad { count += 1 }
    let supports = chosen.supports(on: size)
    let loads = (0..<count).map { _ in
      let kind = random.nextUnit()
      let region: GridRegion =
        kind < 0.6
        ? .point(at: pointOnSide(&random))
        : kind < 0.9 ? .point(at: pointInside(&random)) : stretchOfSide(&random)
      let angle = 2 * Double.pi * random.nextUnit()
      return MechanicalLoad(region, force: PartSampler.vector(angle, random.nextExponential()))
    }
    return problem(named: chosen.name, supports, loads, &random, clearance: 0.06)
  }

  /// Geometric numbers of loads and supports, points, edges and corners, exponential magnitudes.
  ///
  /// - Source: the distribution of OpenTO (Optimize Any Topology, arXiv 2510.23667): loads Geometric(0.3), supports Geometric(0.2) + 1;
  ///   inner point .5, edge point .1, corner .1, whole or part of an edge .1 each, inner points spread out .1; supports x, y, both .3, .3, .4;
  ///   loads x, y, both .2, .2, .6; magnitudes Exp(1).
  private func draw(random: inout SeededGenerator) -> DesignTask? {
    let supportCount = min(12, random.nextGeometric(0.2) + 1)
    let loadCount = min(12, random.nextGeometric(0.3))
    let supports = (0..<supportCount).map { _ in
      let region = anywhere(&random)
      let kind = random.nextUnit()
      return Support(region, axes: kind < 0.3 ? [.x] : kind < 0.6 ? [.y] : [.x, .y])
    }
    let loads = (0..<loadCount).map { _ in
      let region = anywhere(&random)
      let kind = random.nextUnit()
      let magnitude = random.nextExponential() * (random.nextUnit() < 0.5 ? -1 : 1)
      let force =
        kind < 0.2
        ? [magnitude, 0]
        : kind < 0.4
          ? [0, magnitude]
          : PartSampler.vector(2 * Double.pi * random.nextUnit(), magnitude)
      return MechanicalLoad(region, force: force)
    }
    return problem(named: "random", supports, loads, &random, clearance: 0)
  }

  /// Scales the loads and draws the volume; `nil` where loads lie too near to what is held.
  private func problem(
    named name: String, _ supports: [Support], _ loads: [MechanicalLoad],
    _ random: inout SeededGenerator, clearance: Double
  ) -> DesignTask? {
    var result = DesignTask(
      size: size, caseName: name, supports: supports, loads: loads,
      volumeFraction: volumeFractions.lowerBound
        + (volumeFractions.upperBound - volumeFractions.lowerBound) * random.nextUnit())
    let grid = result.grid
    let held = supports.flatMap { grid.nodes(in: $0.region) }.map(grid.position(ofNode:))
    let distance = clearance * Double(max(size.columns, size.rows))
    for load in loads {
      for node in grid.nodes(in: load.region) {
        let position = grid.position(ofNode: node)
        for other in held {
          let (x, y) = (Double(position[0] - other[0]), Double(position[1] - other[1]))
          if x * x + y * y <= distance * distance { return nil }
        }
      }
    }
    let largest = loads.map { ($0.force[0] * $0.force[0] + $0.force[1] * $0.force[1]).squareRoot() }
      .max()
    guard let largest, largest > 0 else { return nil }
    for place in result.loads.indices {
      result.loads[place].force = loads[place].force.map {
        // Digits beyond a micronewton would only make files longer.
        ($0 / largest * Self.largestForce * 1e6).rounded() / 1e6
      }
    }
    return result
  }

  private func anywhere(_ random: inout SeededGenerator) -> GridRegion {
    let kind = random.nextUnit()
    return switch kind {
    case ..<0.5: .point(at: pointInside(&random))
    case ..<0.6: .point(at: pointOnSide(&random))
    case ..<0.7:
      .point(
        at: [
          random.nextUnit() < 0.5 ? 0 : Double(size.columns),
          random.nextUnit() < 0.5 ? 0 : Double(size.rows),
        ])
    case ..<0.8: .edge(side: randomSide(&random))
    case ..<0.9: stretchOfSide(&random)
    default: .points(at: (0..<4).map { _ in pointInside(&random) })
    }
  }

  private func randomSide(_ random: inout SeededGenerator) -> GridSide {
    [GridSide.left, .right, .bottom, .top][random.nextIndex(below: 4)]
  }

  private func pointInside(_ random: inout SeededGenerator) -> [Double] {
    [
      Double(1 + random.nextIndex(below: size.columns - 1)),
      Double(1 + random.nextIndex(below: size.rows - 1)),
    ]
  }

  private func pointOnSide(_ random: inout SeededGenerator) -> [Double] {
    let side = randomSide(&random)
    let along = Double(random.nextIndex(below: (side.axis == 0 ? size.rows : size.columns) + 1))
    let across = side.isFar ? Double(side.axis == 0 ? size.columns : size.rows) : 0
    return side.axis == 0 ? [across, along] : [along, across]
  }

  /// An eighth to a quarter of a side.
  private func stretchOfSide(_ random: inout SeededGenerator) -> GridRegion {
    let side = randomSide(&random)
    let length = side.axis == 0 ? size.rows : size.columns
    let part = length / 8 + random.nextIndex(below: length / 8 + 1)
    let from = random.nextIndex(below: length - part + 1)
    let across = side.isFar ? Double(side.axis == 0 ? size.columns : size.rows) : 0
    let (a, b) = (Double(from), Double(from + part))
    return side.axis == 0
      ? .box(lower: [across, a], upper: [across, b])
      : .box(lower: [a, across], upper: [b, across])
  }
}
