internal import Files
internal import StrictYAML

extension TemplateReader {
  /// The distribution of a mapping that has one of its words.
  func distribution(_ word: String, _ tree: YAMLTree) -> Distribution? {
    let companions =
      switch word {
      case "choice": ["choice", "weights"]
      case "list": ["list", "more", "of"]
      default: [word]
      }
    let subject = "a distribution '\(word)'"
    guard let keys = MappingReader(tree, subject, keys: companions, faults: faults)
    else { return nil }
    switch word {
    case "uniform", "log-uniform", "integer": return range(word, keys)
    case "normal":
      guard let ends = pair(word, keys) else { return nil }
      if let deviation = constant(ends.1), deviation.value < 0 {
        faults.add(keys.line, "a standard deviation of \(deviation.text) is negative")
        return nil
      }
      return .normal(ends.0, ends.1)
    case "exponential":
      guard let mean = keys.tree(word).flatMap({ template($0, isSampled: false) })
      else { return nil }
      if let mean = constant(mean), !(mean.value > 0) {
        faults.add(keys.line, "the mean \(mean.text) of \(subject) is not above 0")
        return nil
      }
      return .exponential(mean)
    case "choice": return choice(keys)
    case "list": return list(keys)
    default:
      guard let name = keys.text(word) else { return nil }
      guard name == "supports" else {
        faults.add(
          keys.line(of: word), "there is no catalogue '\(name.shortened)'",
          remedy: "there is supports: \(SupportCatalogue.all.count) ways to hold a plane body")
        return nil
      }
      return .catalogue
    }
  }

  private func pair(_ word: String, _ keys: MappingReader) -> (Template, Template)? {
    guard let items = keys.list(word) else { return nil }
    guard items.count == 2 else {
      faults.add(
        keys.line(of: word), "'\(word)' has \(items.count) values", remedy: "write [least, most]")
      return nil
    }
    let ends = items.map { template($0, isSampled: false) }
    guard let first = ends[0], let second = ends[1] else { return nil }
    return (first, second)
  }

  private func range(_ word: String, _ keys: MappingReader) -> Distribution? {
    guard let (least, most) = pair(word, keys) else { return nil }
    if let problem = DistributionRange.fault(word, constant(least), constant(most)) {
      faults.add(keys.line(of: word), problem, remedy: "write [least, most]")
      return nil
    }
    return word == "integer"
      ? .integer(least, most) : .uniform(least, most, isLogarithmic: word == "log-uniform")
  }

  /// The number that a template always is; `nil` where it is drawn, or is no number.
  private func constant(_ template: Template) -> Scalar? {
    guard case .constant(.text(let text)) = template.content else { return nil }
    let scalar = Scalar(text)
    if scalar == nil { faults.add(template.line, "'\(text.shortened)' is no number") }
    return scalar
  }

  private func choice(_ keys: MappingReader) -> Distribution? {
    guard let tree = keys.tree("choice") else { return nil }
    let options: [Distribution.Option?]
    switch tree.content {
    case .list(let items):
      options = items.map { item in
        template(item, isSampled: true).map { .init(name: nil, template: $0) }
      }
    case .mapping(let entries):
      options = entries.map { entry in
        if entry.key.contains(" ") || entry.key.isEmpty {
          faults.add(
            entry.line, "'\(entry.key.shortened)' cannot be the name of a value",
            remedy: "leave out the blank: names of values stand side by side in data sets")
        }
        return template(entry.value, isSampled: true).map { .init(name: entry.key, template: $0) }
      }
    case .text:
      faults.add(
        tree.line,
        "'choice' is a list of values, or a mapping of names and values, found \(tree.kind)")
      return nil
    }
    guard !options.isEmpty else {
      faults.add(tree.line, "'choice' has no value: nothing can be drawn")
      return nil
    }
    guard let weights = weights(keys, of: options.map { $0?.name }) else { return nil }
    return options.contains { $0 == nil }
      ? nil : .choice(options.compactMap { $0 }, weights: weights)
  }

  /// The weights of a choice: a list in the order of its values, or a mapping with their names. They add up to 1.
  private func weights(_ keys: MappingReader, of names: [String?]) -> [Double]? {
    guard let tree = keys.tree("weights", isRequired: false) else {
      return names.map { _ in 1 / Double(names.count) }
    }
    var weights = [Double?](repeating: nil, count: names.count)
    func number(_ tree: YAMLTree) -> Double? {
      guard case .text(let text) = tree.content, let scalar = Scalar(text), scalar.unit.isEmpty,
        scalar.value >= 0
      else {
        faults.add(tree.line, "a weight is a number from 0 on, found \(tree.kind)")
        return nil
      }
      return scalar.value
    }
    let count = faults.faults.count
    switch tree.content {
    case .list(let items) where items.count == names.count: weights = items.map(number)
    case .list(let items):
      faults.add(tree.line, "\(items.count) weights for \(names.count) values")
    case .mapping(let entries):
      let known = names.compactMap { $0 }
      for entry in entries {
        guard let place = names.firstIndex(of: entry.key) else {
          let near = entry.key.nearest(in: known).map { "did you mean '\($0)'? " } ?? ""
          faults.add(
            entry.line, "no value is called '\(entry.key.shortened)'",
            remedy: near + "the values are \(known.joined(separator: ", "))")
          continue
        }
        weights[place] = number(entry.value)
      }
      for (place, name) in names.enumerated() where faults.faults.count == count {
        if weights[place] == nil { faults.add(tree.line, "'\(name ?? "")' has no weight") }
      }
    case .text: faults.add(tree.line, "'weights' is a list of numbers, found \(tree.kind)")
    }
    guard faults.faults.count == count else { return nil }
    let numbers = weights.map { $0 ?? 0 }
    let sum = numbers.reduce(0, +)
    guard sum > 0 else {
      faults.add(tree.line, "all weights are 0: nothing can be drawn", remedy: "give one above 0")
      return nil
    }
    return numbers.map { $0 / sum }
  }

  private func list(_ keys: MappingReader) -> Distribution? {
    let more = keys.number("more", in: 0...1, isRequired: false)
    let item = keys.tree("of").flatMap { template($0, isSampled: true) }
    guard let ends = keys.numbers("list", counts: 2...2), let item else { return nil }
    guard let least = Int(exactly: ends[0]), let most = Int(exactly: ends[1]), least >= 0,
      least <= most, most <= 1000
    else {
      faults.add(
        keys.line(of: "list"),
        "a list cannot have \(Scalar(ends[0]).text) to \(Scalar(ends[1]).text) items",
        remedy: "write [least, most], whole numbers from 0 to 1000")
      return nil
    }
    return .list(least...most, more: more, of: item)
  }
}

/// What two ends of a range must be.
enum DistributionRange {
  /// What is wrong with ends that are known; `nil` where nothing is.
  static func fault(_ word: String, _ least: Scalar?, _ most: Scalar?) -> String? {
    if word == "log-uniform", let least, !(least.value > 0) {
      return "'log-uniform' from \(least.text): a logarithm is of numbers above 0"
    }
    guard let least, let most else { return nil }
    if least.unit != most.unit {
      return "'\(word)' from \(least.text) to \(most.text): write both ends in one unit"
    }
    if least.value > most.value {
      return "'\(word)' from \(least.text) to \(most.text): the ends are the wrong way round"
    }
    if word == "integer", !least.isWhole || !most.isWhole {
      return "'integer' from \(least.text) to \(most.text): both ends are whole numbers"
    }
    return nil
  }
}

extension Scalar {
  /// Whether it is a whole number that an `Int` can hold.
  fileprivate var isWhole: Bool { value == value.rounded() && abs(value) < 1e9 }
}
