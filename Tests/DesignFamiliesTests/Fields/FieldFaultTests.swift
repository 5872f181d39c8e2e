import DesignProblem
import Foundation
import Testing

@testable import DesignFamilies

@Suite("Faults of conditioning fields") struct FieldFaultTests {
  @Test func `a name that is not on the menu is refused with the nearest one`() {
    #expect {
      try FieldEntry("displacment")
    } throws: {
      "\($0)".hasPrefix(
        "the field 'displacment' is not known; did you mean 'displacement'? there is volume-fraction, supports, forces, "
      )
    }
  }

  @Test func `an entry about a term names one, and one about nothing names none`() throws {
    #expect {
      try FieldEntry("sensitivity")
    } throws: {
      "\($0)" == "the field 'sensitivity' is about a term: write '{sensitivity: NAME}'"
    }
    #expect {
      try FieldEntry("supports", of: "pull")
    } throws: {
      "\($0)" == "the field 'supports' is about nothing in particular: write 'supports' alone"
    }
    #expect(try FieldEntry("energy", of: "pull") == .energy("pull"))
    #expect(try FieldEntry("energy") == .energy())
  }

  @Test func `what a field is about need not be in every task`() throws {
    let task = FieldSamples.task()
    let count = task.size.elementCount
    func image(_ entry: FieldEntry) throws -> [Float] {
      let fields = ConditioningFields([.volumeFraction, entry])
      #expect(fields.faults(of: task).isEmpty)
      return Array(try fields.fields(of: [task])[0].get().dropFirst(count))
    }
    for entry in [FieldEntry.forces("pul"), .displacement("pul"), .stress("pul")] {
      let channels = try image(entry)
      #expect(!channels.isEmpty && channels.allSatisfy { $0 == 0 }, "\(entry)")
    }
    #expect(try image(.energy("pul")).allSatisfy { $0 == -2 })
    let none = [Float](repeating: 0, count: count)
    #expect(try image(.sensitivity("mass")) == none)
    #expect(try image(.limit("mass")).allSatisfy { $0 == 1 })
    #expect(try image(.sensitivity("stress")) != none)
  }

  @Test func `a term of another name counts where it alone measures what the field is about`()
    throws
  {
    var task = FieldSamples.task()
    let fields = ConditioningFields([.volumeFraction, .sensitivity("stress"), .limit("stress")])
    let before = try fields.fields(of: [task])[0].get()
    let place = try #require(task.stated.terms.firstIndex { $0.name == "stress" })
    task.stated.terms[place].name = "yield"
    for limit in task.limits.indices where task.limits[limit].term == "stress" {
      task.limits[limit] = TaskLimit(
        "yield", task.limits[limit].bound, reason: task.limits[limit].reason)
    }
    #expect(try fields.fields(of: [task])[0].get() == before)
  }

  @Test func `fields of displacements need a load case`() {
    var task = FieldSamples.task()
    task.stated.loadCases = []
    #expect(
      ConditioningFields([.energy()]).faults(of: task).map(\.description)
        == ["the field energy: the problem has no load case"])
    #expect(ConditioningFields([.forces(), .heat]).faults(of: task).isEmpty)
  }

  @Test func `a bound that hangs on a reference design has to be given a value first`() {
    var task = FieldSamples.task()
    task.limits = [TaskLimit("stress", .ofReference(1.2), reason: "yield")]
    let faults = ConditioningFields([.limit("stress")]).faults(of: task)
    #expect(
      faults.count == 1 && faults[0].description.contains("multiple of the value of a reference"))
    let values = [Double](repeating: 100, count: task.stated.terms.count)
    #expect(
      ConditioningFields([.limit("stress")]).faults(of: task.resolvingLimits(by: values)).isEmpty)
  }

  @Test func `the page on training has a line for every field of the menu`() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Docs/Training.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let section = try #require(
      text.components(separatedBy: "## What a generator is told").last?
        .components(separatedBy: "\n## ").first)
    let names = section.matches(of: /\n\| `\{?([a-z-]+)/).map { String($0.output.1) }
    #expect(
      Set(names) == Set(FieldKind.allCases.map(\.rawValue)) && names.first == "volume-fraction")
    #expect(names.count == FieldKind.allCases.count)
  }
}
