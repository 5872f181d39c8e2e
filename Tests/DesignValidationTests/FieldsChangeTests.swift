import TestSupport
import Testing

@testable import DesignValidation

@Suite("Changes of fields") struct FieldsChangeTests {
  @Test func `equal fields, and round-off, are no change`() {
    let before = ModelFields.plate()
    var after = before
    after.vonMises = before.vonMises?.map { $0 * (1 + 1e-12) }
    let change = after.change(since: before)
    #expect(change.vonMises == nil && change.temperature == nil && change.displacement == nil)
    #expect(change.comparedCount == before.positions.count)
  }

  @Test func `a change is at its node, signed for scalars and a length for displacements`() throws {
    let before = ModelFields.plate()
    var after = before
    after.temperature?[3] -= 5
    after.displacement?[7] += [0, 0.003, -0.004]
    let change = after.change(since: before)
    #expect(change.vonMises == nil)
    #expect(change.temperature?[3] == -5 && change.temperature?[4] == 0)
    #expect(abs(try #require(change.displacement?[7]) - 0.005) < 1e-15)
  }

  @Test func `a node that has moved has no partner, and the others keep theirs`() throws {
    let before = ModelFields.plate()
    var after = before
    after.positions[40] += [0.001, 0, 0]
    after.vonMises?[0] += 1
    let values = try #require(after.change(since: before).vonMises)
    #expect(values[40].isNaN && values[0] == 1)
    #expect(values.indices.allSatisfy { $0 == 40 || values[$0].isFinite })
    #expect(after.change(since: before).comparedCount == before.positions.count - 1)
  }
}
