import DesignFamilies
import Manufacturability
import TestSupport

@testable import DesignFamilies
@testable import DesignProblem

/// Tasks with reference designs that are exported and solved.
enum RoundTripSample {
  static let cases = "load cases and temperatures"
  static let heatAndForces = "heat and forces"
  static let films = "heat with films"

  /// As many tasks of a kind with their reference designs; those without one are passed over.
  static func references(_ kind: String, _ count: Int, size: GridSize) throws -> [(
    problem: DesignTask, design: ReferenceDesign
  )] {
    let family = Families.known.all.first { $0.name == kind }
    let tasks = try (0..<count + count / 4 + 2).map { number -> DesignTask in
      if let family { return try family.task(number, seed: 11, size: size, from: nil) }
      if kind == films { return filmed(number, size: size) }
      let task = try PartProblems(size: size).problem(number, seed: 11)
      return kind == cases ? withCases(task) : withHeat(task)
    }
    let search = ReferenceSearch(iterationCount: 20)
    return Array(
      zip(tasks, try search.references(for: tasks)).compactMap { task, result in
        (try? result.get()).map { (task, $0) }
      }.prefix(count))
  }

  /// The task with its loads turned by a right angle as a second case, a warm third one, and limits on all of them.
  private static func withCases(_ task: DesignTask) -> DesignTask {
    var task = task
    let loads = task.loads
    let grid = task.grid
    let tips = GridRegion.points(
      at: task.nodalForces(inCase: 0).map { grid.position(ofNode: $0.node).map(Double.init) })
    task.stated.loadCases = [
      LoadCase(name: "main", loads: loads, isWarm: false),
      LoadCase(
        name: "turned",
        loads: loads.map {
          MechanicalLoad(
            $0.region, force: [-0.5 * $0.force[1], 0.5 * $0.force[0]], sharing: $0.sharing)
        }, isWarm: false, weight: 0.5),
      LoadCase(name: "warm", loads: loads, isWarm: true, weight: 0.25),
    ].filter { !task.doesNothing($0) }
    task.stated.temperatureChange = 35
    let cold = task.stated.loadCases.map(\.name).filter { $0 != "warm" }
    task.stated.terms = [
      Term(.compliance(cases: cold)), Term(.stress(), weight: 0),
      Term(.displacementNorm(region: tips), weight: 0),
      Term(.thermalDistortion(region: tips), weight: 0),
      Term(.compliance(cases: ["warm"]), weight: 0, name: "warm"),
    ]
    task.limits = task.stated.terms.map { TaskLimit($0.name, .ofReference(1.05), reason: "a test") }
    return task
  }

  /// Fins on a heated base, cooled by films at the sides and at the top.
  private static func filmed(_ number: Int, size: GridSize) -> DesignTask {
    var random = SeededGenerator(seed: 11, stream: UInt64(number))
    let width = Double(size.columns)
    let from = (0.3 * width * random.nextUnit()).rounded()
    let to = (width * (0.7 + 0.3 * random.nextUnit())).rounded()
    var task = DesignTask(
      ManufacturabilityProblem(
        grid: DesignGrid(columns: size.columns, rows: size.rows, thickness: 2),
        solids: [.init(youngsModulus: 68_900, poissonsRatio: 0.33, conductivity: 0.167)],
        heat: HeatConduction(
          sources: [.init(.box(lower: [from, 0], upper: [to, 0]), power: 5)], sinks: [],
          films: [GridSide.left, .right, .top].map {
            .init(.edge(side: $0), coefficient: 1e-3 * (1 + random.nextUnit()), ambient: 293)
          }, stressFreeTemperature: 293), terms: [Term(.temperature())]),
      volumeFraction: 0.35 + 0.2 * random.nextUnit(), caseName: "fins")
    task.limits = [TaskLimit("temperature", .ofReference(1.1), reason: "a test")]
    return task
  }

  /// The task heated where it is pulled and cooled where it is held.
  private static func withHeat(_ task: DesignTask) -> DesignTask {
    var task = task
    let grid = task.grid
    let node = grid.position(ofNode: task.nodalForces(inCase: 0)[0].node).map(Double.init)
    task.material.conductivity = 0.167
    task.stated.heat = HeatConduction(
      sources: [.init(.point(at: node), power: 0.5)],
      sinks: task.supports.map { .init($0.region, temperature: 300) }, stressFreeTemperature: 293)
    task.stated.terms += [Term(.temperature(), weight: 0), Term(.stress(), weight: 0)]
    task.limits = ["temperature", "stress"].map {
      TaskLimit($0, .ofReference(1.05), reason: "a test")
    }
    return task
  }
}

extension DesignTask {
  /// Whether all of a case's forces go straight into supports.
  fileprivate func doesNothing(_ loadCase: LoadCase) -> Bool {
    var task = self
    task.stated.loadCases = [loadCase]
    return task.freeForces(inCase: 0).isEmpty
  }
}
