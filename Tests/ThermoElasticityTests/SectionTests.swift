import Testing

@testable import ThermoElasticity

@Suite("Sections") struct SectionTests {
  @Test func `of several sections that name a cell the last holds`() {
    let sections = [
      Section(cells: [0, 1], material: 0, thickness: 2),
      Section(cells: [1, 3], material: 0, thickness: 5),
    ]
    #expect(sections.sectionOfCell(count: 5) == [0, 1, -1, 1, -1])
    #expect(sections.thicknessOfCell(count: 5) == [2, 5, 1, 5, 1])
  }
}
