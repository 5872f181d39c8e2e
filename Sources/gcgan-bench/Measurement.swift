/// One workload's figures: the format of `gcgan-bench --json`.
struct Measurement: Codable {
  var name: String
  /// The unit of `value`, `min` and `max`.
  var unit: String
  /// The median.
  var value: Double
  var min: Double
  var max: Double
  var runs: Int
  var threads: Int
  /// Everything else worth knowing: the peer, its figures, the ratio, memory, the checked result.
  var detail: [String: Double]

  init(name: String, seconds: [Double], threads: Int, detail: [String: Double]) {
    self.name = name
    unit = "s"
    value = median(seconds)
    min = seconds.min() ?? .nan
    max = seconds.max() ?? .nan
    runs = seconds.count
    self.threads = threads
    self.detail = detail
  }
}

/// The middle value; the mean of the two in the middle where their number is even.
func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return .nan }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
