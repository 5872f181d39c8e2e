import DeckLanguage
import NumericalMethods
import ThermoElasticity

/// `EMAS` of `*EL PRINT`.
///
/// What CalculiX calls moments of inertia are the second moments ∫ρxᵢxⱼ, not those of a turning body.
extension DatWriter {
  /// A mass and its moments about the origin.
  private struct Mass {
    var total = 0.0
    var first = SIMD3<Double>.zero
    var second = SymmetricTensor.zero

    mutating func add(_ mass: Double, at x: SIMD3<Double>) {
      total += mass
      first += mass * x
      second = second + mass * Self.square(x)
    }

    static func + (a: Self, b: Self) -> Self {
      Self(total: a.total + b.total, first: a.first + b.first, second: a.second + b.second)
    }

    /// The product of a vector with itself.
    static func square(_ x: SIMD3<Double>) -> SymmetricTensor {
      SymmetricTensor(
        xx: x.x * x.x, yy: x.y * x.y, zz: x.z * x.z, xy: x.x * x.y, xz: x.x * x.z, yz: x.y * x.z)
    }
  }

  /// Writes masses and second moments of cells, and of all of them together.
  mutating func writeMasses(
    _ card: PrintCard, set: String, _ places: CellPlaces, _ state: DeckState
  ) {
    let masses = places.map { mass(of: $0, state) }
    let components = "(xx,yy,zz,xy,xz,yz)"
    if card.totals != .only {
      header(
        "mass (element, mass) and mass moment of itertia\(components)", set, state)
      for (place, mass) in zip(places, masses) {
        text.write(place.label, width: 10)
        write(mass.total)
        for value in mass.second.components { write(value) }
        text.endLine()
      }
    }
    guard card.totals != .no else { return }
    let sum = masses.reduce(Mass(), +)
    let center = sum.first / sum.total
    let central = sum.second - sum.total * Mass.square(center)
    total("mass", set, state, [sum.total])
    total("mass moment of inertia \(components)", set, state, sum.second.components)
    row("center of gravity", set, state, [center.x, center.y, center.z])
    total(
      "mass moment of inertia about the center ofgravity \(components)", set, state,
      central.components)
  }

  private func mass(of place: CellPlaces.Place, _ state: DeckState) -> Mass {
    var mass = Mass()
    let section = Int(sectionOfCell[place.cell])
    guard section >= 0, let volume = state.elastic?.pointVolume ?? state.heat?.pointVolume,
      let density = model.materials[model.sections[section].material].density
    else { return mass }
    for row in 0..<points.rowCount(place) {
      // Without temperatures the first entry of a table holds.
      let temperature =
        state.temperature.map { points.temperature($0, place, row: row) } ?? -.infinity
      mass.add(
        density.value(at: temperature) * points.volume(volume, place, row: row),
        at: points.position(place, row: row))
    }
    return mass
  }
}
