internal import NumericalMethods

extension DesignGrid {
  /// The rigid motions that supports leave, in words; empty where there is none.
  ///
  /// Held displacements are rows on the rigid motions about the grid's centre (translations, and rotations scaled by its size); directions
  /// in which the sum of their squares vanishes are free.
  func freeMotions(under supports: [Support]) -> [String] {
    let axes = axisCount
    let planes = axes == 2 ? [(0, 1)] : [(1, 2), (2, 0), (0, 1)]
    let names =
      axes == 2
      ? ["a shift along x", "a shift along y", "a rotation in the plane"]
      : ["a shift along x", "a shift along y", "a shift along z"]
        + ["x", "y", "z"].map { "a rotation about \($0)" }
    let count = axes + planes.count
    let size = Double(extent.max() ?? 1)
    var gram = [Double](repeating: 0, count: count * count)
    for support in supports {
      for node in nodes(in: support.region) {
        let offset = zip(position(ofNode: node), extent).map {
          (Double($0) - Double($1) / 2) / size
        }
        for axis in support.axes where axis.index < axes {
          var row = [Double](repeating: 0, count: count)
          row[axis.index] = 1
          for (place, plane) in planes.enumerated() {
            if axis.index == plane.0 { row[axes + place] = -offset[plane.1] }
            if axis.index == plane.1 { row[axes + place] = offset[plane.0] }
          }
          for a in 0..<count { for b in 0..<count { gram[a * count + b] += row[a] * row[b] } }
        }
      }
    }
    let (values, vectors) = symmetricEigen(gram, count: count)
    // Rows are of size one; nodes lie at least one element apart, 1/size of the grid.
    let threshold = 1e-9 / (size * size)
    return values.indices.filter { values[$0] < threshold }.map { free in
      let motion = (0..<count).map { abs(vectors[free * count + $0]) }
      return names[motion.indices.max { motion[$0] < motion[$1] } ?? 0]
    }
  }
}
