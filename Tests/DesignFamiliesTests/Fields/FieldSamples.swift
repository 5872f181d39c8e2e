import DesignProblem
import Manufacturability

@testable import DesignFamilies

/// Tasks that every entry of the menu has something to say about.
enum FieldSamples {
  static let size = GridSize(columns: 16, rows: 16)

  /// Two load cases, heat from a spot to a cool side, a warm body, passive regions, limits; of one solid or of two.
  static func task(solidCount: Int = 1) -> DesignTask {
    let second = SolidPhase(
      index: 2, youngsModulus: 200_000, poissonsRatio: 0.28, conductivity: 50, expansion: 12e-6)
    return DesignTask(
      ManufacturabilityProblem(
        grid: DesignGrid(columns: 16, rows: 16, pixelSize: 0.5),
        solids: [.aluminium6061, second].prefix(solidCount).map { $0 },
        supports: [
          Support(.edge(side: .left), axes: [.x, .y]),
          Support(.point(at: [16, 0]), axes: [.y]),
        ],
        loadCases: [
          LoadCase(
            name: "pull", loads: [MechanicalLoad(.point(at: [16, 11]), force: [120, -700])],
            isWarm: false),
          LoadCase(
            name: "push",
            loads: [
              MechanicalLoad(.box(lower: [5, 16], upper: [9, 16]), force: [40, -300]),
              MechanicalLoad(.point(at: [12, 3]), force: [-150, 20]),
            ], weight: 2),
        ],
        heat: HeatConduction(
          sources: [.init(.box(lower: [9, 2], upper: [11, 5]), power: 30)],
          sinks: [.init(.edge(side: .left), temperature: 22)],
          films: [.init(.box(lower: [6, 0], upper: [12, 0]), coefficient: 3, ambient: 25)],
          stressFreeTemperature: 20),
        temperatureChange: 4,
        passive: [
          PassiveRegion(.box(lower: [2, 9], upper: [5, 12]), .void),
          PassiveRegion(.box(lower: [14, 10], upper: [16, 12]), .solid),
        ],
        terms: [
          Term(.compliance()), Term(.stress()), Term(.temperature()),
          Term(.thermalDistortion(region: .edge(side: .right))),
          Term(.displacementNorm(region: .disc(center: [12, 4], radius: 2))),
          Term(.warpage(side: .top)), Term(.overhang(upwards: .right)),
        ]),
      volumeFraction: 0.4,
      limits: [TaskLimit("stress", .value(150), reason: "yield")])
  }

  /// Every entry, those of load cases for one and for all of them.
  static let entries: [FieldEntry] =
    [
      .volumeFraction, .supports, .forces(), .forces("push"), .energy(), .energy("pull"),
      .energy("push"), .displacement(), .displacement("push"), .stress(), .stress("pull"),
      .temperature, .heat, .passive, .limit("stress"), .limit("temperature"),
    ] + task().stated.terms.map { .sensitivity($0.name) }
}

extension DesignTask {
  /// Everything that loads or warms the other way round.
  var opposite: DesignTask {
    var task = self
    for place in stated.loadCases.indices {
      for load in stated.loadCases[place].loads.indices {
        task.stated.loadCases[place].loads[load].force.negate()
      }
    }
    task.stated.temperatureChange.negate()
    if let heat = stated.heat {
      for place in heat.sources.indices { task.stated.heat?.sources[place].power.negate() }
      for place in heat.sinks.indices {
        task.stated.heat?.sinks[place].temperature =
          2 * heat.stressFreeTemperature - heat.sinks[place].temperature
      }
      for place in heat.films.indices {
        task.stated.heat?.films[place].ambient =
          2 * heat.stressFreeTemperature - heat.films[place].ambient
      }
    }
    return task
  }
}

extension [Double] {
  fileprivate mutating func negate() { self = map { -$0 } }
}
