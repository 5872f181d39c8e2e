internal import Files
import Glibc
import Meshing
import ThermoElasticity

extension DeckReader {
  /// Reads `*SOLID SECTION`.
  mutating func readSolidSection(_ card: DeckCard) {
    var isGood = true
    var section = Section(cells: [], material: 0)
    if let name = card.value(of: "MATERIAL") {
      if let material = deck.materials.firstIndex(where: { $0.name == name }) {
        section.material = material
      } else {
        complain(
          aboutMissing: "material", named: name, among: deck.materials.map(\.name),
          at: card.location)
        isGood = false
      }
    } else {
      faults.add(
        at: card.location, "*SOLID SECTION names no material",
        remedy: "write *SOLID SECTION, ELSET=set, MATERIAL=name")
      isGood = false
    }
    let orientation = card.value(of: "ORIENTATION")
    if let orientation {
      section.orientation = orientations[orientation]
      if section.orientation == nil, places["orientation " + orientation] == nil {
        complain(
          aboutMissing: "orientation", named: orientation, among: orientations.keys,
          at: card.location)
        isGood = false
      }
    }
    if let name = card.value(of: "ELSET") {
      if let cells = deck.mesh.cellSets[name] {
        section.cells = cells
      } else if !mesh.emptyNames.contains(name) || mesh.skippedCells.isEmpty {
        complain(
          aboutMissing: "element set", named: name, among: deck.mesh.cellSets.keys,
          at: card.location)
        isGood = false
      }
    } else {
      faults.add(
        at: card.location, "*SOLID SECTION names no element set",
        remedy: "write *SOLID SECTION, ELSET=set, MATERIAL=name")
      isGood = false
    }
    if let line = Array(card.lines.prefix(1)).first, !line.isBlank(0) {
      if let thickness = number(line, 0) {
        let isPlane = section.cells.contains { cell in
          let theory = deck.mesh.blocks[blocks.place(of: Int(cell)).block].elementType?.theory
          return theory == .planeStress || theory == .planeStrain
        }
        if isPlane {
          if thickness > 0 {
            // Beside axisymmetric cells a thickness is that of a full turn, of which CalculiX takes one wedge.
            let isRound = deck.mesh.blocks.contains { $0.elementType?.theory == .axisymmetric }
            section.thickness = isRound ? thickness / 180 : thickness
          } else {
            faults.add(at: line.location, "the thickness \(thickness) is not positive")
            isGood = false
          }
        }
      } else {
        isGood = false
      }
    }
    // A section with a fault still covers its cells: that they have none would not be true.
    if isGood || !section.cells.isEmpty {
      deck.sections.append(section)
      deck.orientationNames.append(orientation)
    }
  }

  /// Reads `*ORIENTATION`: two points, and perhaps a turn about one of the axes.
  mutating func readOrientation(_ card: DeckCard) {
    guard let name = newName(of: card, kind: "orientation") else { return }
    if let definition = card.value(of: "DEFINITION"), definition != "COORDINATES" {
      faults.add(
        at: card.location, "*ORIENTATION, DEFINITION=\(definition) is not supported",
        remedy: "give two points in coordinates")
      return
    }
    let lines = Array(card.lines)
    guard let line = lines.first else {
      faults.add(
        at: card.location, "*ORIENTATION has no data", remedy: "give two points, six numbers")
      return
    }
    guard line.double(0) != nil || line.isBlank(0) else {
      faults.add(
        at: line.location, "*ORIENTATION by a distribution ('\(line.name(0))') is not supported",
        remedy: "give two points, six numbers")
      return
    }
    guard var system = system(card, line, cylindricalKey: card.value(of: "SYSTEM")) else { return }
    if lines.count > 1, !lines[1].isBlank(0) {
      let turn = lines[1]
      guard let axis = turn.integer(0), (0...3).contains(axis), let angle = number(turn, 1) else {
        faults.add(
          at: turn.location,
          "the second line is 'axis, angle', the axis 1, 2 or 3, the angle in degrees")
        return
      }
      if axis != 0 {
        guard case .rectangular(let first, let second) = system else {
          faults.add(
            at: turn.location,
            "only the axes of a rectangular system can be turned by a second line",
            remedy: "remove the second line")
          return
        }
        let about = [first, second, first.cross(second)][axis - 1]
        system = .rectangular(
          first: Self.turned(first, about: about, degrees: angle),
          second: Self.turned(second, about: about, degrees: angle))
      }
    }
    orientations[name] = system
  }

  /// A vector turned about a unit vector (Rodrigues' formula).
  private static func turned(
    _ vector: SIMD3<Double>, about axis: SIMD3<Double>, degrees: Double
  ) -> SIMD3<Double> {
    let angle = degrees * .pi / 180
    return vector * cos(angle) + axis.cross(vector) * sin(angle)
      + axis * (axis.dot(vector) * (1 - cos(angle)))
  }

  /// Reads `*TRANSFORM`: axes of the nodes of a set.
  mutating func readTransform(_ card: DeckCard) {
    guard let name = card.value(of: "NSET"), !name.isEmpty else {
      faults.add(
        at: card.location, "*TRANSFORM names no node set", remedy: "write *TRANSFORM, NSET=set")
      return
    }
    guard let nodes = nodes(ofSet: name, at: card.location) else { return }
    guard let line = Array(card.lines.prefix(1)).first else {
      faults.add(
        at: card.location, "*TRANSFORM has no data", remedy: "give two points, six numbers")
      return
    }
    guard let system = system(card, line, cylindricalKey: card.value(of: "TYPE")) else { return }
    for node in nodes { deck.nodalAxes[node] = system }
  }

  /// Axes from two points: on x' and in the x'-y' plane, or on the axis of a cylinder.
  private mutating func system(
    _ card: DeckCard, _ line: DataLine, cylindricalKey kind: String?
  ) -> CoordinateSystem? {
    guard let a = vector(line, 0), let b = vector(line, 3) else { return nil }
    switch kind?.first ?? "R" {
    case "R":
      let first = a.length > 0 ? a.normalized : a
      let across = b - first * first.dot(b)
      guard a.length > 0, across.length > 1e-10 * b.length else {
        faults.add(
          at: line.location, "the two points and the origin lie on a line",
          remedy: "the first point is on x', the second anywhere else in the x'-y' plane")
        return nil
      }
      return .rectangular(first: first, second: across.normalized)
    case "C":
      guard (b - a).length > 1e-10 * max(a.length, b.length) else {
        faults.add(
          at: line.location, "the two points of the axis are equal",
          remedy: "give two points on the axis of the cylinder")
        return nil
      }
      return .cylindrical(origin: a, axis: (b - a).normalized)
    default:
      faults.add(
        at: card.location, "\(card.title) of the kind \(kind ?? "") is not supported",
        remedy: "supported are R (rectangular) and C (cylindrical)")
      return nil
    }
  }
}
