internal import DesignProblem

extension DesignTask {
  /// Whether designs are cells of a periodic material.
  package var isCell: Bool { stated.isPeriodic }
  /// Whether a design has a second image, the share of the second solid.
  package var hasTwoSolids: Bool { stated.solids.count == 2 }

  /// Which solid elements are of the second solid: those with a share of a half or more, and as many as the limits on the volume of one of the solids allow, the
  /// largest shares first.
  ///
  /// - Parameter share: `[row][column]`; empty where designs have one solid.
  func second(of share: [Double], in solid: [Bool]) -> [Bool] {
    guard hasTwoSolids, !share.isEmpty else { return [] }
    var second = zip(solid, share).map { $0 && $1 >= 0.5 }
    let bounds = solidBounds(solidCount: solid.count { $0 })
    let count = second.count { $0 }
    let kept = max(bounds.lowerBound, min(bounds.upperBound, count))
    guard kept != count else { return second }
    let order = solid.indices.filter { solid[$0] }.sorted { a, b in
      share[a] != share[b] ? share[a] > share[b] : a < b
    }
    for (place, element) in order.enumerated() { second[element] = place < kept }
    return second
  }

  /// How many elements of the second solid the limits on the volumes of solids allow.
  private func solidBounds(solidCount: Int) -> ClosedRange<Int> {
    var (least, most) = (0, solidCount)
    for limit in limits {
      guard let bound = limit.value,
        case .volume(nil, _, let index?)? = stated.terms.first(where: { $0.name == limit.term })?
          .measure
      else { continue }
      let count = Int((bound * Double(size.elementCount) + 1e-9).rounded(.down))
      if index == stated.solids.map(\.index).max() {
        most = min(most, max(0, count))
      } else {
        least = max(least, solidCount - count)
      }
    }
    return min(least, most)...most
  }
}
