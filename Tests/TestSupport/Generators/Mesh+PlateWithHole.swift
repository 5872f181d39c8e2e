import Glibc
public import Meshing

extension Mesh {
  /// A quarter of a rectangular plate with a central hole, the centre at the origin.
  ///
  /// Node sets and surfaces: `hole`, `left` (x = 0) and `bottom` (y = 0), the planes of symmetry, `right`
  /// and `top`, the outer edges; with a thickness also `front` (z = 0) and `back`. Cell set: `all`.
  /// Mid-side nodes lie on the circle of the hole.
  ///
  /// - Parameters:
  ///   - radius: The radius of the hole.
  ///   - size: Half the width and half the height of the plate.
  ///   - thickness: The length along the third axis; `nil` for plane cells.
  ///   - divisions: Cells from the hole outwards; along a quarter of the hole, an even number; through
  ///     the thickness, not read without one.
  ///   - grading: How many times the outermost cell is longer than the one at the hole.
  ///   - elementType: The element of every cell.
  public static func plateWithHole(
    radius: Double, size: SIMD2<Double>, thickness: Double? = nil, divisions: SIMD3<Int>,
    grading: Double = 4, elementType: ElementType
  ) -> Mesh {
    precondition(
      radius > 0 && radius < min(size.x, size.y),
      "a hole of radius \(radius) in a plate of half size \(size.x) × \(size.y)")
    precondition(
      divisions.y.isMultiple(of: 2) && grading > 0,
      "\(divisions.y) divisions along the hole, where the corner asks for an even number")
    var lattice = Lattice(
      divisions: SIMD3(divisions.x, divisions.y, thickness == nil ? 0 : divisions.z))
    lattice.stations.first = gradedStations(count: divisions.x, ratio: grading)
    let end = 2 &* lattice.divisions
    var sides: [Lattice.Side] = [
      .init(name: "hole") { $0.x == 0 },
      .init(name: "bottom") { $0.y == 0 }, .init(name: "left") { $0.y == end.y },
      .init(name: "right") { $0.x == end.x && $0.y <= end.y / 2 },
      .init(name: "top") { $0.x == end.x && $0.y >= end.y / 2 },
    ]
    if thickness != nil {
      sides += [.init(name: "front") { $0.z == 0 }, .init(name: "back") { $0.z == end.z }]
    }
    return lattice.mesh(of: elementType, sides: sides) { parameters in
      let (outwards, along) = (parameters.x, parameters.y)
      let rim = radius * SIMD3(degrees: 90 * along)
      let edge =
        along <= 0.5
        ? SIMD3(size.x, size.y * 2 * along, 0) : SIMD3(size.x * 2 * (1 - along), size.y, 0)
      return (1 - outwards) * rim + outwards * edge
        + SIMD3(0, 0, (thickness ?? 0) * parameters.z)
    }
  }

  /// Stations from 0 to 1 whose distances grow in geometric progression to `ratio` times the first.
  private static func gradedStations(count: Int, ratio: Double) -> [Double] {
    precondition(count > 0, "\(count) divisions")
    let step = count > 1 ? pow(ratio, 1 / Double(count - 1)) : 1
    let lengths = (0..<count).map { pow(step, Double($0)) }
    let total = lengths.reduce(0, +)
    var stations = [0.0]
    for length in lengths.dropLast() {
      stations.append(stations[stations.count - 1] + length / total)
    }
    return stations + [1]
  }
}
