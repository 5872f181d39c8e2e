/// A config's keys with their values, as a file has them: to write it, and to say what differs between two.
extension TrainingConfig {
  /// A key with its value, or a section with its own keys.
  private enum Line {
    case value(String, String)
    case section(String, [(key: String, value: String)])
  }

  private var lines: [Line] {
    var lines: [Line] = [.value("seed", "\(seed)"), .value("steps", "\(stepCount)")]
    if let designCount { lines.append(.value("designs", "\(designCount)")) }
    var rates = [
      ("generator", "\(learningRates.generator)"),
      ("discriminators", "\(learningRates.discriminators)"),
      ("sign-off", "\(learningRates.signOff)"),
    ]
    if let schedule = learningRates.schedule { rates.append(("schedule", schedule.rawValue)) }
    if let decay = learningRates.secondDecay { rates.append(("second-decay", "\(decay)")) }
    var terms = [
      ("reconstruction", "\(losses.reconstruction)"), ("adversarial", "\(losses.adversarial)"),
      ("disentanglement", "\(losses.disentanglement)"), ("sign-off", "\(losses.signOff)"),
      ("penalty", "\(losses.penalty)"), ("penalty-interval", "\(losses.penaltyInterval)"),
    ]
    if let diversity = losses.diversity { terms.append(("diversity", "\(diversity)")) }
    lines += [
      .value("micro-batch", "\(microBatch)"),
      .section(
        "accumulation",
        [
          ("rule", accumulation.rule.rawValue), ("count", "\(accumulation.count)"),
          ("largest", "\(accumulation.largest)"),
          ("variance-threshold", "\(accumulation.varianceThreshold)"),
        ]),
      .section(
        "generator",
        [
          ("width", "\(generator.width)"), ("blocks", "\(generator.blockCount)"),
          ("global-code", "\(generator.globalCodeLength)"),
          ("local-code", "\(generator.localCodeChannels)"), ("cut", "\(generator.cut ?? 1)"),
        ]),
      .section(
        "discriminators",
        [("width", "\(discriminators.width)"), ("scales", "\(discriminators.scaleCount)")]),
      .value("sign-off-width", "\(signOffWidth)"),
      .section("learning-rates", rates),
      .section("losses", terms),
      .section(
        "physics",
        [
          ("share", "\(physics.share)"), ("start", "\(physics.start)"),
          ("ramp", "\(physics.ramp)"),
        ] + (physics.limitWeight.map { [("limit-weight", "\($0)")] } ?? []) + [
          ("volume-weight", "\(physics.volumeWeight)"),
          ("connectivity-weight", "\(physics.connectivityWeight)"),
          ("filter", "\(physics.filterRadius)"), ("projection", "\(physics.projectionSteepness)"),
        ]),
      .value("average-decay", "\(averageDecay)"),
      .value("checkpoint-interval", "\(checkpointInterval)"),
    ]
    if let precision { lines.append(.value("precision", precision.rawValue)) }
    return lines
  }

  /// The config as a file that reads back the same.
  package var text: String {
    let head = ["gcgan: \(Self.format)", "data: \(data.quotedForYAML)"]
    let body = lines.map { line in
      switch line {
      case .value(let key, let value): "\(key): \(value)"
      case .section(let key, let values):
        "\(key): {" + values.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
      }
    }
    return (head + body).joined(separator: "\n") + "\n"
  }

  /// A key that two configs give different values.
  package struct Change: Sendable, Equatable, CustomStringConvertible {
    /// The key, behind its section where it is in one: `physics: share`.
    package var key: String
    /// The value before; `nil` where it had none.
    package var old: String?
    /// The value now; `nil` where it has none.
    package var new: String?

    /// `physics: share was 2.0 and is 1.0`
    package var description: String {
      "\(key) was \(old ?? "not given") and is \(new ?? "not given")"
    }
  }

  /// What differs in another config, apart from what changes no number of a run: the data set's folder and the interval of checkpoints.
  package func changes(to other: TrainingConfig) -> [Change] {
    let (mine, others) = (values, other.values)
    let keys =
      mine.map(\.key) + others.map(\.key).filter { key in !mine.contains { $0.key == key } }
    return keys.compactMap { key in
      let (old, new) = (
        mine.first { $0.key == key }?.value, others.first { $0.key == key }?.value
      )
      return old == new || key == "checkpoint-interval" ? nil : Change(key: key, old: old, new: new)
    }
  }

  private var values: [(key: String, value: String)] {
    lines.flatMap { line in
      switch line {
      case .value(let key, let value): [(key: key, value: value)]
      case .section(let section, let values):
        values.map { (key: "\(section): \($0.key)", value: $0.value) }
      }
    }
  }
}
