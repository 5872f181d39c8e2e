internal import Files

extension RunComparison {
  /// Compares baselines with a run: the baselines are the earlier state.
  ///
  /// A figure that is not within its tolerance matters; one within it that is off by more than 1e-8 of its size, and than the digits of the file, has moved.
  ///
  /// - Parameter directories: Directories of parts with their baselines.
  /// - Throws: `InputFault` and `InputFaults` for directories and baselines that cannot be read.
  package init(fromBaselinesIn directories: [String], to later: SavedRunFolder) throws {
    let search = try PartSearch(in: directories)
    var parts: [Part] = []
    var compared: Set<String> = []
    for folder in search.parts where FilePlace.exists(folder.baselinePath) {
      let path = folder.baselinePath
      let baseline = try Baseline(parsing: try FilePlace.bytes(of: path, upTo: 1 << 20), file: path)
      guard let part = later.record.parts.first(where: { $0.name == folder.name }) else {
        parts.append(Part(name: folder.name, change: .lost, level: .matters))
        continue
      }
      compared.insert(part.name)
      if let difference = Self.difference(baseline, part) { parts.append(difference) }
    }
    for part in later.record.parts where !compared.contains(part.name) {
      parts.append(
        Part(name: part.name, change: .new, level: .moved, before: nil, after: part.verdict))
    }
    self.init(programs: [], parts: parts, comparedCount: compared.count)
  }

  private static func difference(_ baseline: Baseline, _ part: PartResult) -> Part? {
    let stated = part.allFigures.filter(\.isStated)
    var result = Part(
      name: part.name, change: .changed, level: .same, before: nil, after: part.verdict)
    for entry in baseline.entries {
      let figure = stated.first(where: entry.isAbout)
      var item = Figure(
        quantity: entry.quantity, model: entry.model, unit: entry.unit, before: entry.value,
        after: figure?.value, level: .matters, reason: "it is lost", location: figure?.location,
        node: figure?.node, position: figure?.position)
      if let figure, figure.unit != entry.unit {
        item.reason = "the unit is '\(figure.unit)' now"
      } else if let figure, let value = figure.value {
        let change = abs(value - entry.value)
        // Half of the ninth digit, which is as far as the file goes.
        let digits = 5e-9 * abs(entry.value)
        guard change > max(PartComparer.roundOff * figure.size, digits) else { continue }
        item.absolute = value - entry.value
        item.relative = entry.value == 0 ? nil : (value - entry.value) / abs(entry.value)
        item.level = change > entry.tolerance ? .matters : .moved
        item.reason = "the tolerance is \(entry.tolerance.significant(3)): \(entry.reason)"
      }
      result.figures.append(item)
    }
    for figure in stated where !baseline.entries.contains(where: { $0.isAbout(figure) }) {
      result.figures.append(
        Figure(
          quantity: figure.name, model: figure.model, unit: figure.unit, before: nil,
          after: figure.value, level: .moved, reason: "it has no entry in the baseline",
          location: figure.location, node: figure.node, position: figure.position))
    }
    guard let level = result.figures.map(\.level).max() else { return nil }
    result.level = level
    return result
  }
}
