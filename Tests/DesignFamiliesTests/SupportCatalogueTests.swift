import Manufacturability
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem

@Suite("Support catalogue") struct SupportCatalogueTests {
  @Test func `there are at least forty cases, and names are unique`() {
    let names = SupportCatalogue.all.map(\.name)
    #expect(names.count >= 40)
    #expect(Set(names).count == names.count)
    #expect(SupportCatalogue.seen.count + SupportCatalogue.unseen.count == names.count)
  }

  @Test func `every unseen family exists and holds parts as no seen one does`() {
    let size = GridSize(columns: 64, rows: 64)
    func held(_ support: SupportCase) -> Set<Int> {
      let grid = DesignGrid(columns: 64, rows: 64)
      return Set(
        support.supports(on: size).flatMap { support in
          grid.nodes(in: support.region).flatMap { node in
            support.axes.map { 2 * node + $0.index }
          }
        })
    }
    let seen = Set(SupportCatalogue.seen.map(held))
    for family in SupportCatalogue.unseenFamilies {
      #expect(SupportCatalogue.unseen.contains { $0.family == family })
    }
    for support in SupportCatalogue.unseen { #expect(!seen.contains(held(support))) }
  }

  @Test(arguments: PartProblems.family.sizes)
  func `every case holds a part of every size`(_ size: GridSize) {
    for support in SupportCatalogue.all {
      let problem = DesignTask(
        size: size, supports: support.supports(on: size),
        loads: [
          .init(
            .point(at: [Double(size.columns / 2), Double(size.rows / 2)]), force: [300, -400])
        ], volumeFraction: 0.4)
      #expect(problem.manufacturability().faults() == [], "\(support.name)")
    }
  }
}
