internal import Quantities

extension MappingReader {
  /// A finite number without unit, within bounds where they are given.
  ///
  /// - Parameter range: Where the number must lie.
  package func number(
    _ key: String, in range: ClosedRange<Double>? = nil, isRequired: Bool = true
  ) -> Double? {
    guard let text = text(key, isRequired: isRequired),
      let number = number(text, line: line(of: key), "'\(key)' of \(subject)")
    else { return nil }
    if let range, !range.contains(number) {
      faults.add(
        line(of: key), "'\(key)' of \(subject) is \(number)", remedy: "it is \(described(range))")
      return nil
    }
    return number
  }

  /// A whole number within bounds.
  package func whole(_ key: String, in range: ClosedRange<Int>, isRequired: Bool = true) -> Int? {
    guard let text = text(key, isRequired: isRequired) else { return nil }
    if let number = Int(text), range.contains(number) { return number }
    let bounds =
      range.upperBound == .max
      ? "from \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    faults.add(
      line(of: key),
      "'\(key)' of \(subject) is a whole number \(bounds), found '\(text.prefix(40))'")
    return nil
  }

  /// A list of finite numbers without unit.
  ///
  /// - Parameter counts: How many there may be; at least one by default.
  package func numbers(
    _ key: String, counts: ClosedRange<Int> = 1...Int.max, isRequired: Bool = true
  ) -> [Double]? {
    guard let items = list(key, isRequired: isRequired) else { return nil }
    return numbers(items, line: line(of: key), "'\(key)' of \(subject)", counts: counts)
  }

  /// A list of lists of finite numbers without unit: pairs, or points in space.
  ///
  /// - Parameter counts: How many numbers each may have.
  package func numberLists(
    _ key: String, counts: ClosedRange<Int> = 2...2, isRequired: Bool = true
  ) -> [[Double]]? {
    guard let items = list(key, isRequired: isRequired) else { return nil }
    var lists: [[Double]] = []
    for (place, item) in items.enumerated() {
      let what = "item \(place + 1) of '\(key)' of \(subject)"
      guard case .list(let entries) = item.content else {
        faults.add(item.line, "\(what) is a list of numbers, found \(item.kind)")
        continue
      }
      if let numbers = numbers(entries, line: item.line, what, counts: counts) {
        lists.append(numbers)
      }
    }
    return lists.count == items.count ? lists : nil
  }

  private func numbers(
    _ items: [YAMLTree], line: Int, _ what: String, counts: ClosedRange<Int>
  ) -> [Double]? {
    var numbers: [Double] = []
    for item in items {
      guard case .text(let text) = item.content else {
        faults.add(item.line, "\(what) lists numbers, found \(item.kind)")
        continue
      }
      if let number = number(text, line: item.line, what) { numbers.append(number) }
    }
    guard counts.contains(items.count) else {
      let (least, most) = (counts.lowerBound, counts.upperBound)
      let expected =
        least == most ? "\(least)" : most == .max ? "\(least) or more" : "\(least) to \(most)"
      faults.add(line, "\(what) has \(expected) numbers, found \(items.count)")
      return nil
    }
    return numbers.count == items.count ? numbers : nil
  }

  private func number(_ text: String, line: Int, _ what: String) -> Double? {
    do {
      let quantity = try Quantity(parsing: text)
      if quantity.unit == .one { return quantity.value }
      faults.add(line, "\(what) is a number without unit, found '\(text.prefix(40))'")
    } catch {
      switch error {
      case .notANumber, .notFinite: faults.add(line, "\(what): \(error)")
      default: faults.add(line, "\(what) is a number without unit, found '\(text.prefix(40))'")
      }
    }
    return nil
  }

  private func described(_ range: ClosedRange<Double>) -> String {
    range.upperBound == .infinity
      ? "a number from \(range.lowerBound)"
      : "a number from \(range.lowerBound) to \(range.upperBound)"
  }
}
