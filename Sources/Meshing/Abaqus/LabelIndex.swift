/// The place of each label in a list of labels.
package struct LabelIndex: Sendable {
  /// Places by label, -1 where there is none; empty where labels are too far apart for a table.
  private var table: [Int32] = []
  /// Places by label where there is no table.
  private var places: [Int: Int32] = [:]
  /// Labels that occur again: the later place and the first.
  package private(set) var repetitions: [(place: Int, first: Int)] = []

  /// An index of labels, each from 1.
  package init(_ labels: [Int]) {
    let largest = labels.max() ?? 0
    if largest <= 16 * labels.count + 4096 {
      table = [Int32](repeating: -1, count: largest + 1)
      for (place, label) in labels.enumerated() {
        if table[label] < 0 {
          table[label] = Int32(place)
        } else {
          repetitions.append((place, Int(table[label])))
        }
      }
    } else {
      places.reserveCapacity(labels.count)
      for (place, label) in labels.enumerated() {
        if let first = places[label] {
          repetitions.append((place, Int(first)))
        } else {
          places[label] = Int32(place)
        }
      }
    }
  }

  /// The place of a label; `nil` where there is none.
  @inline(__always)
  package subscript(label: Int) -> Int32? {
    if table.isEmpty { return places[label] }
    guard label >= 0, label < table.count else { return nil }
    let place = table[label]
    return place < 0 ? nil : place
  }

  /// The largest label.
  package var largest: Int { table.isEmpty ? places.keys.max() ?? 0 : table.count - 1 }

  /// The places of `first`, `first + increment`, … up to `last`, those without a place left out.
  ///
  /// - Complexity: O(labels), however large the numbers.
  package func places(from first: Int, through last: Int, by increment: Int) -> [Int32] {
    if table.isEmpty {
      return places.keys.filter { $0 >= first && $0 <= last && ($0 - first) % increment == 0 }
        .sorted().compactMap { places[$0] }
    }
    return stride(from: max(first, 0), through: min(last, table.count - 1), by: increment)
      .compactMap { self[$0] }
  }
}
