import DesignProblem
import Foundation
import Manufacturability
import TestSupport
import Testing

@testable import DesignFamilies

@Suite("Conditioning fields") struct ConditioningFieldsTests {
  private static let count = FieldSamples.size.elementCount

  /// Channels by name.
  private static func channels(_ fields: ConditioningFields, of task: DesignTask) throws
    -> [String: [Float]]
  {
    let values = try fields.fields(of: [task])[0].get()
    let count = task.size.elementCount
    #expect(values.count == fields.names.count * count)
    return Dictionary(
      uniqueKeysWithValues: fields.names.enumerated().map {
        ($1, Array(values[($0 * count)..<(($0 + 1) * count)]))
      })
  }

  @Test(arguments: [1, 2])
  func `every entry of an image is the image of the entry, under every symmetry and opposite loads`(
    _ solidCount: Int
  ) throws {
    let fields = ConditioningFields(FieldSamples.entries, solidCount: solidCount)
    // A target is a constant of a cell, and these problems are none.
    #expect(Set(fields.entries.map(\.kind)) == Set(FieldKind.allCases).subtracting([.target]))
    let task = FieldSamples.task(solidCount: solidCount)
    let values = try fields.fields(of: [task])[0].get()
    for symmetry in Symmetry.ofSquare {
      for negates in [false, true] {
        let image = task.imaged(symmetry)
        let solved = try fields.fields(of: [negates ? image.opposite : image])[0].get()
        let turned = fields.imaged(
          values, by: symmetry, negatesLoads: negates, sources: symmetry.sources(on: task.size))
        for (place, name) in fields.names.enumerated() {
          let range = (place * Self.count)..<((place + 1) * Self.count)
          let largest = zip(solved[range], turned[range]).map { abs($0 - $1) }.max() ?? .nan
          // Two solves to 1e-12 of systems numbered differently, adjoints to 1e-8, written in single precision.
          #expect(largest < 1e-4, "\(name), \(symmetry), \(negates)")
        }
      }
    }
  }

  @Test func `every channel is of the order of one`() throws {
    for solidCount in [1, 2] {
      let fields = ConditioningFields(FieldSamples.entries, solidCount: solidCount)
      for (name, values) in try Self.channels(fields, of: FieldSamples.task(solidCount: solidCount))
      {
        // What is built up does not depend on the solid it is of.
        guard name != "share-sensitivity-overhang" else { continue }
        let largest = values.map(abs).max() ?? 0
        #expect(largest >= 0.05 && largest <= 4, "\(name): \(largest)")
      }
    }
  }

  /// Made by the code before there was a menu, of problems drawn by `PartProblems` on 8×8 elements.
  @Test func `the standard entries have the values that models are trained on`() throws {
    let size = GridSize(columns: 8, rows: 8)
    for (number, text) in zip([0, 1, 3, 4], PartFieldValues.all) {
      let source: PartProblems.Source = number % 3 == 0 ? .seen : .unseen
      let task = try PartProblems(size: size, source: source).problem(number, seed: 3)
      let values = try ConditioningFields().fields(of: [task])[0].get()
      let data = try #require(Data(base64Encoded: text))
      let expected = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
      #expect(values.count == expected.count)
      // The same bits on the processor that made them; on another one a solve may round the other way.
      for (a, b) in zip(values, expected) {
        #expect(abs(a - b) <= 4 * max(a.ulp, b.ulp), "\(a) \(b)")
      }
    }
  }

  @Test func `the derivative of a term is that of differences`() throws {
    var task = FieldSamples.task()
    task.stated.passive = []
    let names = ["compliance", "stress", "thermal-distortion"]
    let channels = try Self.channels(ConditioningFields(names.map { .sensitivity($0) }), of: task)
    let loss = try ManufacturabilityLoss(of: task.manufacturability())
    func values(_ element: Int, _ density: Double) throws -> [Double] {
      var design = [Double](repeating: 1, count: Self.count)
      design[element] = density
      let terms = try loss.evaluate([design], .init(gradient: .none))[0].get().terms
      return names.compactMap { name in terms.first { $0.name == name }?.value }
    }
    let whole = try values(0, 1)
    let step = 1e-4
    for (place, name) in names.enumerated() {
      let channel = try #require(channels["sensitivity-" + name])
      #expect(channel.map(abs).max() == 1)
      let largest = try #require(channel.firstIndex { abs($0) == 1 })
      let unit = Double(channel[largest]) * (whole[place] - (try values(largest, 1 - step))[place])
      for element in [20, 100, 200, 250] {
        let difference = whole[place] - (try values(element, 1 - step))[place]
        // First order in the step.
        #expect(abs(difference / unit - Double(channel[element])) < 20 * step, "\(name)")
      }
    }
  }

  /// A bar of 32 elements under 1000 N along it: f·u = F² L / (E A).
  @Test(arguments: [(bound: 2.718281828459045, field: 0.25), (100, 1), (0.001, -1), (-1, -1)])
  func `a limit tells the logarithm of its distance`(_ limit: (bound: Double, field: Double))
    throws
  {
    var task = Self.bar
    let value = 1000.0 * 1000 * 32 / (68_900 * 32)
    task.limits = [TaskLimit("compliance", .value(limit.bound * value), reason: "stiffness")]
    let channels = try Self.channels(ConditioningFields([.limit("compliance")]), of: task)
    // The accuracy of the solve.
    #expect(
      channels["limit-compliance"]?.allSatisfy { abs($0 - Float(limit.field)) < 1e-6 } == true)
  }

  @Test func `a task without the limit has the largest distance`() throws {
    let channels = try Self.channels(ConditioningFields([.limit("compliance")]), of: Self.bar)
    #expect(channels["limit-compliance"]?.allSatisfy { $0 == 1 } == true)
  }

  private static var bar: DesignTask {
    DesignTask(
      size: GridSize(columns: 32, rows: 32),
      supports: [
        Support(.edge(side: .left), axes: [.x]),
        Support(.corner(sides: [.left, .bottom]), axes: [.y]),
      ],
      loads: [MechanicalLoad(.edge(side: .right), force: [1000, 0], sharing: .uniform)],
      volumeFraction: 0.5)
  }

  @Test func `a warm bar between two walls is pressed along its length alone`() throws {
    var task = Self.bar
    task.loads = []
    task.stated.loadCases = [LoadCase(loads: [])]
    task.stated.temperatureChange = 50
    task.supports.append(Support(.edge(side: .right), axes: [.x]))
    let channels = try Self.channels(
      ConditioningFields([.stress(), .energy(), .temperature]), of: task)
    #expect(channels["stress-xx"]?.allSatisfy { abs($0 + 1) < 1e-5 } == true)
    #expect(channels["log-energy"]?.allSatisfy { abs($0) < 1e-5 } == true)
    #expect(channels["temperature"]?.allSatisfy { $0 == 1 } == true)
  }

  @Test func `void has neither energy nor displacement`() throws {
    let channels = try Self.channels(
      ConditioningFields([.passive, .energy(), .displacement(), .stress("push")]),
      of: FieldSamples.task())
    let places = (0..<Self.count).filter { channels["passive"]?[$0] == -1 }
    #expect(places.count == 9)
    for place in places {
      #expect(channels["log-energy"]?[place] == -2 && channels["displacement-y"]?[place] == 0)
      #expect(channels["stress-yy-push"]?[place] == 0)
    }
    #expect(channels["passive"]?.count { $0 == 1 } == 4)
  }

  @Test func `no more is solved than the entries need`() throws {
    let task = FieldSamples.task()
    func terms(_ entries: FieldEntry...) -> [String]? {
      ConditioningFields(entries).question(of: task)?.terms.map(\.measure.name)
    }
    #expect(terms(.volumeFraction, .supports, .forces("pull"), .heat, .passive) == nil)
    #expect(terms(.energy(), .stress(), .temperature) == ["compliance"])
    #expect(terms(.temperature) == ["temperature"])
    #expect(terms(.sensitivity("stress"), .limit("stress"), .displacement()) == ["stress"])
    #expect(terms(.sensitivity("temperature")) == ["temperature"])
  }

  @Test func `where heat alone acts the uniform design has the volume of the task`() throws {
    let task = FieldSamples.task()
    let fields = ConditioningFields([.temperature])
    let problem = try #require(fields.question(of: task))
    #expect(
      fields.uniformDesign(of: problem, for: task) == Array(repeating: 0.4, count: Self.count))
    let both = ConditioningFields([.temperature, .energy()])
    let second = try #require(both.question(of: task))
    #expect(both.uniformDesign(of: second, for: task) == Array(repeating: 1, count: Self.count))
  }

  @Test func `a warm task and one with a term that has a sign are others under opposite loads`() {
    var task = Self.bar
    #expect(task.isSameUnderOppositeLoads)
    task.stated.terms.append(
      Term(.displacement(region: .edge(side: .right), direction: [1, 0])))
    #expect(!task.isSameUnderOppositeLoads)
    task = Self.bar
    task.stated.temperatureChange = 1
    #expect(!task.isSameUnderOppositeLoads)
  }
}
