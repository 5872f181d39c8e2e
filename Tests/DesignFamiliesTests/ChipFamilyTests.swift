import Foundation
import Manufacturability
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem

@Suite("The chip family") struct ChipFamilyTests {
  private static func family() throws -> any DesignFamily { try Families.known.named("chip") }

  private static func tasks(_ count: Int, size: String = "32x32") throws -> [DesignTask] {
    let (family, size) = (try family(), try size.gridSize)
    return try (0..<count).map { try family.task($0, seed: 3, size: size, from: nil) }
  }

  @Test(
    "has a die, its neighbours and a lid that no design changes", arguments: ["32x32", "128x64"])
  func isPassive(_ size: String) throws {
    for task in try Self.tasks(8, size: size) {
      let unit = task.size.rows / 32
      let row = { (fromBelow: Int) in task.size.rows - 1 - fromBelow * unit }
      let fillings = task.fillings
      let line = { (fromBelow: Int) in
        (0..<task.size.columns).map { fillings[row(fromBelow) * task.size.columns + $0] }
      }
      #expect(line(31).allSatisfy { $0 == .solid })
      #expect(line(5).allSatisfy { $0 == nil } && line(20).allSatisfy { $0 == nil })
      let die = line(14).count { $0 == .solid }
      #expect((3 * task.size.columns / 8...5 * task.size.columns / 8).contains(die))
      #expect(line(14).count { $0 == .void } == task.size.columns - die)
      // Of what is designed a quarter to six tenths is copper.
      let designed = fillings.count { $0 == nil }
      let copper = task.solidCount - fillings.count { $0 == .solid }
      #expect((0.24...0.61).contains(Double(copper) / Double(designed)))
    }
  }

  @Test func `what is drawn is one body, of the volume to the element, die and lid solid`() throws {
    for (number, task) in try Self.tasks(6).enumerated() {
      let image = task.start(number + 1)
      let design = FinishedDesign(image, for: task).design
      #expect(design.solidCount == task.solidCount)
      for (isSolid, filling) in zip(design.solid, task.fillings) {
        if let filling { #expect(isSolid == (filling == .solid)) }
      }
      let quality = try DesignQuality.strictly(
        [design], for: [task.resolvingLimits(by: [1, 1, 1, 1])], references: [1])[0]
      #expect(!quality.isFloating && !quality.isFloatingAsPublished && quality.areLoadsJoined)
      #expect(quality.volumeError == 0 && quality.objectiveError.isFinite)
    }
  }

  /// Materials of the die must count: with copper in its place the corner would be under another stress.
  @Test func `the stress at the die's corner is that of silicon, at a distance from the corner`()
    throws
  {
    let task = try Self.tasks(1)[0]
    guard
      case .thermalStress(let corner)? = task.stated.terms.first(where: { $0.name == "left-corner" }
      )?.measure
    else {
      Issue.record("no stress at the corner")
      return
    }
    let counted = Set(0..<task.size.elementCount).subtracting(
      task.stated.elementsNotCounted(corner, inCase: nil))
    #expect(counted.count == 4)
    let passive = task.stated.passive.first { $0.madeOf?.youngsModulus == 130_000 }
    let die = try #require(passive)
    #expect(counted.isSubset(of: task.grid.elements(in: die.region)))
    // The corner is the corner of the die's region: every element counted is an element at least away.
    guard case .box(let lower, _) = die.region else { return }
    for element in counted {
      let at = task.grid.position(ofElement: element)
      #expect(Double(at.i) >= lower[0] + 1 && Double(at.j) >= lower[1] + 1)
    }
  }

  @Test func `its image in a mirror has the same values`() throws {
    for task in try Self.tasks(3) {
      let mirror = try #require(try Self.family().symmetries(of: task.size).last)
      #expect(mirror.mirrorsX)
      let design = FinishedDesign(task.start(5), for: task).design.density
      let sources = mirror.sources(on: task.size)
      func values(_ task: DesignTask, _ design: [Double]) throws -> [Double] {
        try ManufacturabilityLoss(of: task.manufacturability()).evaluate(
          [design], .init(gradient: .none))[0].get().terms.map(\.value)
      }
      let image = task.imaged(mirror)
      for (a, b) in zip(try values(task, design), try values(image, sources.map { design[$0] })) {
        #expect(abs(a - b) <= 1e-8 * abs(a))
      }
    }
  }

  @Test(
    "has limits that three to seven of ten random designs keep", arguments: ["chip", "floorplan"])
  func asksSomething(_ name: String) throws {
    let family = try Families.known.named(name)
    let size = try "32x32".gridSize
    let tasks = try (0..<120).map { try family.task($0, seed: 3, size: size, from: nil) }
    let random = try RandomDesigns(for: tasks, search: family.search)
    #expect(random.count == 120)
    #expect((36...84).contains(random.signedOffCount), "\(random)")
    #expect(random.limits.allSatisfy { $0.count == 120 })
  }

  /// The reader of HotSpot's files prints what the family has: every block, in the file's order, with its power.
  @Test func `the floorplan of ev6 in the family is the one that HotSpot's files say`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Validation/HotSpot").path
    let run = try BuiltProgram(at: "/usr/bin/python3").run([
      root + "/hotspot.py", "sources", root + "/ev6/ev6.flp", root + "/ev6/gcc.ptrace",
    ])
    #expect(run.code == 0)
    let read = run.output.matches(of: /share: ([0-9.]+)\}   # (\S+)/).map {
      "\($0.output.1) \($0.output.2)"
    }
    let text = try #require(try Families.known.named("floorplan").text)
    let stated = text.matches(of: /power: \$\(([0-9.]+) \* power\)\}   # (\S+)/)
      .map { "\($0.output.1) \($0.output.2)" }
    #expect(read.count == 30 && read == stated)
  }

  @Test func `references keep their limits`() throws {
    let tasks = try Self.tasks(16)
    let references = try Self.family().search.references(for: tasks)
    for (task, result) in zip(tasks, references) {
      let reference = try result.get()
      let resolved = task.resolvingLimits(by: reference.values)
      #expect(resolved.limitExcesses(of: reference.values).allSatisfy { $0 <= 0 })
    }
  }
}
