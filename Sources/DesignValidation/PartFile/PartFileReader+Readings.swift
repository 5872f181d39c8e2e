import Files
import Quantities
import StrictYAML

/// What a quantity or limit reads: `read`, `step`, `steps` and `models`.
extension PartFileReader {
  func reading(_ keys: MappingReader, units: UnitSystem?) -> PartReading? {
    let step = keys.ordinal("step")
    let steps = self.steps(keys)
    let place = keys.tree("at", isRequired: false).flatMap { self.place($0, key: "at") }
    let minus = keys.tree("minus", isRequired: false).flatMap { self.place($0, key: "minus") }
    let over = keys.quantity("over", isRequired: false)
    if let over, over.si == 0 {
      faults.add(
        keys.line(of: "over"), "'over' is zero",
        remedy: "write another value: the figure is divided by it")
    }
    for key in ["minus", "step"] {
      let other = key == "minus" ? "zero" : "steps"
      guard keys.has(key), keys.has(other) else { continue }
      faults.add(
        keys.line(of: other), "'\(other)' and '\(key)' do not go together",
        remedy: "leave out '\(key)' or '\(other)'")
    }
    guard let text = keys.text("read") else { return nil }
    guard let observable = Observable(text) else {
      let all = Observable.all.map(\.text)
      let near = text.nearest(in: all).map { "did you mean '\($0)'? " } ?? ""
      faults.add(
        keys.line(of: "read"), "'\(text.prefix(40))' cannot be read",
        remedy: near + "what can be read: \(all.joined(separator: ", "))")
      return nil
    }
    if observable.isGlobal {
      var isOfSet = false
      if case .set? = place, observable == .volume { isOfSet = true }
      for key in ["at", "minus"] where keys.has(key) && !(key == "at" && isOfSet) {
        faults.add(
          keys.line(of: key), "'\(observable.text)' belongs to the whole part",
          remedy: "leave out '\(key)'")
      }
    } else if !keys.has("at") {
      faults.add(
        keys.line, "'\(observable.text)' needs a place",
        remedy: "add 'at: {node: 17}', '{set: D}', '{point: [0 mm, 0 mm]}', 'max' or 'min'")
    }
    if let units, units.unit(of: observable.dimension) == nil {
      let key = observable.dimension == .power ? "power" : "temperature"
      faults.add(
        keys.line(of: "read"), "'\(observable.text)' needs the unit of \(key) in the decks",
        remedy: "add '\(key)' to 'units'")
    }
    let zero = keys.quantity("zero", as: observable.dimension, isRequired: false)
    if case .norm(let norm) = place {
      for key in ["minus", "weights"] where keys.has(key) {
        faults.add(
          keys.line(of: key), "'\(key)' does not go with a norm", remedy: "leave out '\(key)'")
      }
      if norm.sets.count > 1, norm.sets.count != steps?.numbers.count ?? 1 {
        faults.add(
          keys.line(of: "at"), "\(norm.sets.count) sets for \(steps?.numbers.count ?? 1) steps",
          remedy: "name one set, or one for each step")
      }
      if case .ks(_, let scale) = norm.function, scale.dimension != observable.dimension {
        faults.add(
          keys.line(of: "at"), "'scale' of 'ks-over' is not of the dimension of '\(text)'",
          remedy: "write the limit that values are measured by")
      }
    }
    var isOfPixels = false
    if case .pixels = place { isOfPixels = true }
    if place != nil, isOfPixels != (observable == .minimumSize) {
      faults.add(
        keys.line(of: "at"),
        isOfPixels
          ? "'\(observable.text)' is not read from pixels" : "'minimum-size' is read from pixels",
        remedy: isOfPixels
          ? "'minimum-size' is" : "write for example 'at: {pixels: [64, 64], radius: 2}'")
    }
    if isOfPixels {
      for key in ["minus", "steps", "step", "zero"] where keys.has(key) {
        faults.add(
          keys.line(of: key), "'\(key)' does not go with 'pixels'", remedy: "leave out '\(key)'")
      }
    }
    if steps != nil, keys.has("minus") || place?.isExtreme == true {
      faults.add(
        keys.line(of: "steps"), "'steps' does not go with a largest or smallest value or 'minus'",
        remedy: "write one limit for each step, with 'step'")
    }
    return PartReading(
      observable: observable, place: place, minus: minus, over: over, zero: zero, step: step,
      steps: steps)
  }

  /// `steps`, and `weights` where they are not 1.
  func steps(_ keys: MappingReader) -> PartSteps? {
    guard let items = keys.list("steps", isRequired: false) else {
      if keys.has("weights") {
        faults.add(
          keys.line(of: "weights"), "'weights' without 'steps'", remedy: "add 'steps: [1, 2]'")
      }
      return nil
    }
    func texts(_ items: [YAMLTree]) -> [String?] {
      items.map { if case .text(let text) = $0.content { text } else { nil } }
    }
    let numbers = texts(items).compactMap { $0.flatMap { Int($0) } }.filter { $0 >= 1 }
    guard !items.isEmpty, numbers.count == items.count, Set(numbers).count == numbers.count else {
      faults.add(
        keys.line(of: "steps"), "'steps' lists numbers of steps, each once",
        remedy: "write for example 'steps: [1, 2]'")
      return nil
    }
    guard let items = keys.list("weights", isRequired: false) else { return PartSteps(numbers) }
    let weights = texts(items).compactMap { $0.flatMap { Double($0) } }.filter(\.isFinite)
    guard items.count == numbers.count, weights.count == numbers.count else {
      faults.add(
        keys.line(of: "weights"), "'weights' has a number for each of the \(numbers.count) steps")
      return nil
    }
    return PartSteps(numbers, weights: weights)
  }

  func modelNames(_ keys: MappingReader, models: [PartModel]) -> [String]? {
    guard let items = keys.list("models", isRequired: false) else { return nil }
    var names: [String] = []
    for item in items {
      guard case .text(let name) = item.content else {
        faults.add(item.line, "'models' lists names, found \(item.kind)")
        continue
      }
      if !models.contains(where: { $0.name == name }) {
        let near = name.nearest(in: models.map(\.name)).map { "did you mean '\($0)'? " } ?? ""
        faults.add(
          item.line, "no model is named '\(name.prefix(60))'",
          remedy: near + "the part has \(models.map(\.name).joined(separator: ", "))")
      }
      names.append(name)
    }
    let chosen = models.filter { names.contains($0.name) }
    if !chosen.isEmpty, !chosen.contains(where: \.isStated) {
      faults.add(
        keys.line(of: "models"), "none of these models is stated, so nothing decides",
        remedy: "add a stated model")
    }
    return names
  }
}
