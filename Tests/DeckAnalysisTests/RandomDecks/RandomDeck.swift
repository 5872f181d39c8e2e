import Meshing

/// A small deck that depends on its seed alone: well posed, and of every kind the reader knows.
///
/// The numbers count in newtons and millimetres. Each file beside this one writes one part of the deck.
struct RandomDeck {
  /// The number the deck is made from.
  let seed: Int
  /// The deck.
  var text: String { lines.joined(separator: "\n") + "\n" }

  var random: DeckRandomness
  var lines: [String] = []
  var bodies: [RandomMesh] = []
  /// Label of each node and each cell, in the order of the bodies.
  var nodeLabels: [Int] = []
  var cellLabels: [Int] = []
  var points: [SIMD3<Double>] = []
  var cells: [RandomMesh.Cell] = []
  /// Nodes at the ends of all bodies: supports act on the first ends.
  var ends: [[Int]] = [[], []]
  /// Element sets whose cells have one element type.
  var cellSets: [(name: String, type: ElementType)] = []
  /// All element sets.
  var allCellSets: [String] = ["EALL"]
  /// Node sets that loads and prints may name.
  var nodeSets: [String] = ["NALL", "NLEFT", "NRIGHT"]
  var surfaces: [String] = []
  var amplitudes: [String] = []
  var timePoints: [String] = []
  /// Nodes with axes of their own.
  var turned: Set<Int> = []
  /// Components that equations eliminate or use: node and direction, 11 for the temperature.
  var tied: Set<SIMD2<Int>> = []
  /// Components that equations eliminate.
  var dependent: Set<SIMD2<Int>> = []
  /// Whether an end of every body is held in all directions; else three of its nodes are.
  var isClamped = true
  var hasExpansion = false
  var hasInitialTemperature = false
  var hasOrientation = false
  var hasDirectedConductivity = false
  /// Whether the step that is being written has increments of one length.
  var isDirect = false
  var steps: [StepKind] = []
  /// Nodes whose temperature is held in every heat step.
  var heldNodes: [Int] = []

  enum StepKind { case mechanical, heat }

  var theories: Set<ElementType.Theory> { Set(cells.map(\.type.theory)) }
  var isSolid: Bool { theories == [.solid] }

  init(seed: Int) {
    self.seed = seed
    random = DeckRandomness(seed: seed)
    steps = chooseSteps()
    makeBodies()
    lines.append("** random deck \(seed)")
    writeNodesAndCells()
    writeSets()
    writeMaterials()
    writeTransforms()
    writeEquations()
    writeInitialTemperatures()
    writeAmplitudes()
    writeSupports()
    for index in steps.indices { writeStep(index) }
    writeAside()
  }

  private mutating func chooseSteps() -> [StepKind] {
    let count = random.one(of: [1, 1, 2, 2, 3, 4])
    let kind = random.count(0...9)
    return (0..<count).map { _ in
      if kind < 5 { return .mechanical }
      if kind < 7 { return .heat }
      return random.chance(0.5) ? .heat : .mechanical
    }
  }

  private mutating func makeBodies() {
    let theory: ElementType.Theory =
      random.one(of: [.solid, .solid, .solid, .planeStress, .planeStrain, .axisymmetric])
    let count = random.chance(0.2) ? 2 : 1
    for index in 0..<count {
      let own: ElementType.Theory =
        index > 0 && random.chance(0.3)
        ? random.one(of: [.solid, .planeStress, .planeStrain, .axisymmetric]) : theory
      let isQuadratic = random.chance(0.5)
      var types = ElementType.allCases.filter {
        $0.theory == own && $0.isQuadratic == isQuadratic
      }
      // Conduction in cells of one point leaves patterns without resistance: few of them.
      if steps.contains(.heat), random.chance(0.8) {
        types.removeAll { $0.isReduced && !$0.isQuadratic }
      }
      types =
        random.chance(0.3) ? random.some(of: types, least: 1, most: 3) : [random.one(of: types)]
      let offset =
        SIMD3<Double>(Double(index) * 20, 0, 0)
        + SIMD3(
          random.chance(0.3) ? 0 : random.number(0.3...4), random.number(-2...2), 0)
      var body = RandomMesh(types, offset: offset, random: &random)
      if own == .solid, random.chance(0.4) {
        body.turn(
          SIMD3(random.number(-1...1), random.number(-1...1), random.number(0.1...1)),
          by: random.number(-3...3))
      }
      bodies.append(body)
    }
  }
}
