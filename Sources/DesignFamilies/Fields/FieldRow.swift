/// All that is known of an entry of the menu: its channels and how they turn, what has to be solved, its formula.
///
/// A new field is a case of ``FieldKind`` and its row, beside the others in `FieldRow+….swift`.
struct FieldRow: Sendable {
  /// What an entry can be about.
  enum Subject: Sendable {
    case nothing
    /// A load case, or all of them.
    case loadCase
    /// A term of the task.
    case term
  }
  /// What has to be solved of the uniform design.
  enum Need: Sendable {
    case nothing
    /// Displacements under load.
    case displacements
    /// Temperatures.
    case temperatures
    /// The value of the entry's term.
    case value
    /// The derivative of the entry's term by the design.
    case derivative
  }
  /// What the entry is about.
  let subject: Subject
  /// What has to be solved.
  let need: Need
  /// The channels of one image of a design.
  private let groups: [FieldGroup]
  /// Whether there are as many channels again for the share of a second solid.
  private let isPerImage: Bool
  /// One array per channel, `[row][column]`, each of the order of 1.
  let channels: @Sendable (UniformAnswer, String?) -> [[Float]]

  init(
    about subject: Subject = .nothing, needs need: Need = .nothing, _ groups: FieldGroup...,
    isPerImage: Bool = false,
    channels: @escaping @Sendable (_ answer: UniformAnswer, _ subject: String?) -> [[Float]]
  ) {
    (self.subject, self.need, self.groups) = (subject, need, groups)
    (self.isPerImage, self.channels) = (isPerImage, channels)
  }

  /// The channels of designs of one solid or of two.
  func groups(solidCount: Int) -> [FieldGroup] {
    guard isPerImage else { return groups }
    return (0..<solidCount).flatMap { image in
      image == 0 ? groups : groups.map { $0.named(behind: "share-") }
    }
  }
}

extension FieldGroup {
  /// The same under other names.
  fileprivate func named(behind prefix: String) -> Self {
    Self(kind, names: names.map { prefix + $0 })
  }
}
