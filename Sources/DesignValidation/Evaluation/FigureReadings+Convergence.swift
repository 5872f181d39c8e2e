import Glibc

extension FigureReadings {
  /// What the three finest meshes of each element type say, each held against the recovery estimate of
  /// its finest mesh and against the other element types.
  func convergence() -> [MeshConvergence] {
    var types: [String] = []
    for entry in entries where !types.contains(entry.elementType) {
      types.append(entry.elementType)
    }
    let ladders = types.map(ladder(of:))
    let studies = ladders.compactMap(study(of:))
    return studies.map { heldAgainstOthers($0, finest: ladders.compactMap(\.last), studies) }
  }

  /// Models of one element type with a value, coarse to fine; of equal meshes the first.
  private func ladder(of type: String) -> [Entry] {
    var ladder: [Entry] = []
    let ordered = entries.filter { $0.elementType == type && $0.result.value != nil }
      .enumerated().sorted { ($1.element.cellSize, $0.offset) < ($0.element.cellSize, $1.offset) }
    for (_, entry) in ordered where entry.cellSize != ladder.last?.cellSize { ladder.append(entry) }
    return ladder
  }

  /// The study of the three finest meshes; `nil` where there are fewer.
  private func study(of ladder: [Entry]) -> MeshConvergence? {
    let meshes = ladder.suffix(3)
    guard meshes.count == 3, let finest = meshes.last, let value = finest.result.value else {
      return nil
    }
    var study = MeshConvergence(
      elementType: finest.elementType, models: meshes.map(\.result.model),
      sizes: meshes.map(\.cellSize), values: meshes.compactMap(\.result.value),
      theory: ConvergenceTheory(
        of: reading.observable, isQuadratic: meshes.allSatisfy(\.isQuadratic)))
    guard study.behaviour != .exact else { return study }
    study.gridConvergenceIndex += wedgeError(of: finest) * abs(value)
    if let share = recoveredError(of: finest) {
      study.widen(to: share * abs(value), basis: .recoveryEstimate)
    }
    return study
  }

  /// The share of a figure that no refinement removes: axisymmetric cells are wedges of two degrees, as
  /// in CalculiX.
  ///
  /// The flat sides of linear ones are off by up to 1 − cos 1° of the radius, and at the faces of the
  /// wedge a component has turned by 1°, which moves it by sin² 1° of the difference of the stresses.
  private func wedgeError(of entry: Entry) -> Double {
    guard entry.elementType.contains("CAX") else { return 0 }
    let turn = sin(Double.pi / 180)
    switch reading.observable {
    case .stress, .strain: return turn * turn
    default: return entry.isQuadratic ? 0 : turn * turn / 2
    }
  }

  /// The share of a figure that the Zienkiewicz–Zhu estimate η says is wrong: η of a stress or strain, and
  /// its square of energies and of what is linear in the displacements.
  private func recoveredError(of entry: Entry) -> Double? {
    guard let estimate = entry.energyErrorEstimate else { return nil }
    switch reading.observable {
    case .stress, .strain: return estimate
    case .displacement, .reaction, .strainEnergy, .loadWork: return estimate * estimate
    case .temperature, .heatFlow, .volume, .unsupportedLoads, .minimumSize: return nil
    }
  }

  /// Widens a study to where the other element types of the part place the answer.
  ///
  /// Two bands that do not overlap cannot both hold the answer. The mesh with the smaller recovery
  /// estimate is left as it is, and the other one is widened to the far end of its band. Where no
  /// estimate tells them apart both are widened. A type without three meshes has no band; its value
  /// counts only where its estimate is not the larger one.
  private func heldAgainstOthers(
    _ study: MeshConvergence, finest: [Entry], _ studies: [MeshConvergence]
  ) -> MeshConvergence {
    guard let studied = finest.first(where: { $0.elementType == study.elementType }),
      let value = studied.result.value
    else { return study }
    var widened = study
    for other in finest where other.elementType != study.elementType {
      let band = studies.first { $0.elementType == other.elementType }?.gridConvergenceIndex
      let estimates = studied.energyErrorEstimate.flatMap { estimate in
        other.energyErrorEstimate.map { (studied: estimate, other: $0) }
      }
      guard band != nil || estimates != nil, let otherValue = other.result.value else { continue }
      if let estimates, estimates.studied < estimates.other { continue }
      let gap = abs(value - otherValue)
      guard gap > study.gridConvergenceIndex + (band ?? 0) else { continue }
      widened.widen(to: gap + (band ?? 0), basis: .otherElementType, by: other.elementType)
    }
    return widened
  }

  /// The numerical standard deviation of a model's figure: half the band that holds the answer.
  ///
  /// The band of the finest mesh is its index; a coarser mesh is farther off by its distance to the
  /// finest.
  func numericalUncertainty(of entry: Entry, _ studies: [MeshConvergence]) -> Double? {
    guard let study = studies.first(where: { $0.elementType == entry.elementType }),
      let finest = entries.first(where: { $0.result.model == study.models.last })?.result.value,
      let value = entry.result.value
    else { return nil }
    return (abs(value - finest) + study.gridConvergenceIndex) / 2
  }
}
