import Manufacturability
import Testing

@testable import DesignFamilies
@testable import DesignProblem

@Suite("Tasks of problem files") struct TaskFileTests {
  private static func file(_ text: String) throws -> ProblemFile {
    try ProblemFile(parsing: Array(("gcgan: problem/1\n" + text).utf8), file: "p.yml")
  }

  private static let plate = """
    grid: {columns: 16, rows: 8, pixel-size: 0.5 mm, thickness: 2 mm}
    solids: [{youngs-modulus: 70 GPa, poissons-ratio: 0.3, conductivity: 160 W/(m*K), expansion: 2e-5 1/K}]
    supports: [{region: {edge: left}, axes: [x, y]}]
    load-cases:
      - {name: down, warm: false, weight: 2, loads: [{region: {point: [16, 4]}, force: [0 N, -10 N]}]}
      - {name: pull, loads: [{region: {edge: right}, force: [30 N, 0 N], sharing: uniform}]}
    heat:
      sources: [{region: {point: [16, 4]}, power: 2 W}]
      sinks: [{region: {edge: left}, temperature: 20 degC}]
      stress-free-temperature: 20 degC
    temperature-change: 5 K
    passive: [{region: {box: [[0, 6], [4, 8]]}, filling: void}]
    filter: {radius: 1.5}
    """

  @Test func `everything that a problem states is the task's, in millimetres`() throws {
    let task = try DesignTask(
      Self.file(
        Self.plate + """

          terms:
            - {measure: stress, weight: 3, limit: 200 MPa, cases: [down]}
            - {measure: compliance, reference: 0.5 J, weight: 2}
            - {measure: temperature, weight: 0}
            - {measure: volume, weight: 0}
          optimisation:
            method: mma
            volume-fraction: 0.4
            limits:
              - {term: stress, at-most: 0.9}
              - {term: compliance, at-most: 0.2}
              - {term: temperature, at-most: 40 K}
              - {term: volume, at-most: 0.5}
          """))
    #expect(task.grid == DesignGrid(columns: 16, rows: 8, pixelSize: 0.5, thickness: 2))
    #expect(task.material.youngsModulus == 70_000)
    #expect(abs(task.material.conductivity - 0.16) < 1e-15)
    #expect(task.stated.loadCases.map(\.name) == ["down", "pull"])
    #expect(task.stated.loadCases.map(\.isWarm) == [false, true])
    #expect(task.stated.loadCases.map(\.weight) == [2, 1])
    #expect(task.stated.heat?.sinks.map(\.temperature) == [293.15])
    #expect(task.stated.temperatureChange == 5)
    #expect(task.stated.passive.count == 1)
    #expect(task.stated.filter == nil)
    // The objective is first and alone has a weight; the volume is met anyway.
    #expect(task.stated.terms.map(\.name) == ["compliance", "stress", "temperature"])
    #expect(task.stated.terms.map(\.weight) == [1, 0, 0])
    #expect(task.stated.terms[0].measure == .compliance())
    #expect(
      task.stated.terms[1].measure == .stress(Aggregate(limit: 200), cases: ["down"]))
    // A fifth more than half a joule, in N mm.
    #expect(task.limits.map(\.term) == ["stress", "compliance", "temperature"])
    let bounds: [Double] = [0.9, 600, 40]
    for (limit, bound) in zip(task.limits, bounds) {
      let value = try #require(limit.value)
      #expect(abs(value / bound - 1) < 1e-12)
    }
    #expect(task.manufacturability().faults().isEmpty)
  }

  @Test
  func `where no force acts the objective is the first weighted term, or the one that is named`()
    throws
  {
    let file = try Self.file(
      """
      grid: {columns: 16, rows: 8}
      solids: [{youngs-modulus: 1000, poissons-ratio: 0.3, conductivity: 2, expansion: 1e-4}]
      supports: [{region: {edge: left}, axes: [x, y]}]
      temperature-change: 30
      terms:
        - {measure: volume, weight: 1}
        - {measure: thermal-distortion, region: {edge: right}, weight: 0.5}
        - {measure: thermal-stress, weight: 0.5}
      optimisation: {method: mma, volume-fraction: 0.5, limits: [{term: thermal-stress, at-most: 3}]}
      """)
    #expect(
      try DesignTask(file).stated.terms.map(\.name) == ["thermal-distortion", "thermal-stress"])
    let other = try DesignTask(file, objective: "thermal-stress")
    #expect(other.stated.terms.map(\.name) == ["thermal-stress", "thermal-distortion"])
    #expect(other.limits == (try DesignTask(file)).limits)
    #expect(throws: DesignTask.Mismatch(reasons: ["it has no term 'compliance'"])) {
      try DesignTask(file, objective: "compliance")
    }
  }

  @Test func `what cannot be drawn is refused, all of it at once`() throws {
    let file = try Self.file(
      """
      grid: {columns: 4, rows: 4, layers: 4}
      solids:
        - {index: 1, youngs-modulus: 1000, poissons-ratio: 0.3}
        - {index: 2, youngs-modulus: 10, poissons-ratio: 0.3}
      terms: [{measure: effective-stiffness, row: 1, column: 1}]
      """)
    let mismatch = #expect(throws: DesignTask.Mismatch.self) { try DesignTask(file) }
    let text = mismatch.map { "\($0)" } ?? ""
    for part in ["lies in space", "volume fraction"] {
      #expect(text.contains(part))
    }
  }

  @Test(
    "what is solid or void by decree stays so, and the rest is made around it", arguments: 0..<6)
  func passive(_ number: Int) throws {
    var task = try DesignTask(
      Self.file(
        Self.plate + "\nterms: [{measure: compliance}]\noptimisation: {volume-fraction: 0.5}\n"))
    task.stated.passive.append(PassiveRegion(.box(lower: [9, 0], upper: [12, 2]), .solid))
    var random = SeededGenerator(seed: 4, stream: UInt64(number))
    let density = (0..<task.size.elementCount).map { _ in random.nextUnit() }
    let finished = FinishedDesign(density, for: task)
    #expect(finished.isJoined && finished.design.solidCount == task.solidCount)
    for (element, filling) in task.fillings.enumerated() {
      if let filling { #expect(finished.design.solid[element] == (filling == .solid)) }
    }
    let quality = try DesignQuality.strictly([finished.design], for: [task], references: [1])[0]
    #expect(quality.areLoadsJoined && !quality.isFloating && quality.volumeError == 0)
    // Turned with the task.
    let turned = task.imaged(Symmetry(swapsAxes: false, mirrorsX: true, mirrorsY: false))
    let sources = Symmetry(swapsAxes: false, mirrorsX: true, mirrorsY: false).sources(on: task.size)
    #expect(turned.fillings == sources.map { task.fillings[$0] })
  }
}
