import Meshing

/// What the fields of a model gained since another state of it, at its nodes; NaN where the other state has no node.
package struct FieldsChange: Sendable, Equatable {
  /// In the deck's stress unit; `nil` where a state has none, or where none of them changed.
  package var vonMises: [Double]?
  /// In the deck's unit of temperature, likewise.
  package var temperature: [Double]?
  /// The length of the difference, in the deck's length unit, likewise.
  package var displacement: [Double]?
  /// Nodes that lie at one place in both states.
  package var comparedCount: Int
}

extension ModelFields {
  /// What the fields gained since another state; nodes are compared by their places.
  ///
  /// A change of less than 1e-8 of the field is round-off, and none.
  ///
  /// - Complexity: O(nodes)
  package func change(since before: ModelFields) -> FieldsChange {
    let pairs = NodePairs(before, self)
    func change(_ old: [SIMD3<Double>]?, _ new: [SIMD3<Double>]?) -> [SIMD3<Double>]? {
      guard let old, let new else { return nil }
      var result = [SIMD3<Double>](repeating: [.nan, 0, 0], count: new.count)
      var largest = 0.0
      for (place, others) in pairs.places {
        // Of nodes that lie at one place the nearest value, as the comparison takes it.
        let all = others.map { new[place] - old[$0] }
        guard let least = all.min(by: { $0.length < $1.length }) else { continue }
        result[place] = least
        largest = max(largest, least.length)
      }
      let size = max(old.map(\.length).max() ?? 0, new.map(\.length).max() ?? 0)
      return largest > PartComparer.roundOff * size ? result : nil
    }
    func scalars(_ values: [Double]?) -> [SIMD3<Double>]? { values?.map { [$0, 0, 0] } }
    return FieldsChange(
      vonMises: change(scalars(before.vonMises), scalars(vonMises))?.map(\.x),
      temperature: change(scalars(before.temperature), scalars(temperature))?.map(\.x),
      displacement: change(before.displacement, displacement)?.map(\.length),
      comparedCount: pairs.places.count)
  }
}
