internal import DesignProblem

extension DesignTask {
  /// The task with films on the sides of solid elements alone, `[row][column]`.
  ///
  /// The solver of images cools every side of a film's region, whatever is behind it: at the ends of solid a half of the next side takes heat too.
  func withFilms(on solid: [Bool]) -> DesignTask {
    guard !isBonded, let films = stated.heat?.films, !films.isEmpty else { return self }
    let grid = grid
    var task = self
    task.stated.heat?.films = films.flatMap { film in
      let members = Set(grid.nodes(in: film.region))
      return solid.indices.filter { solid[$0] }.flatMap { element -> [HeatConduction.Film] in
        let corners = grid.nodes(ofElement: element)
        return (0..<4).compactMap { side in
          let ends = [corners[side], corners[(side + 1) % 4]]
          let points = ends.map { grid.position(ofNode: $0).map(Double.init) }
          let isOnBorder = (0..<2).contains { axis in
            points[0][axis] == points[1][axis]
              && [0, Double(grid.extent[axis])].contains(points[0][axis])
          }
          guard isOnBorder, members.isSuperset(of: ends) else { return nil }
          let lower = zip(points[0], points[1]).map { min($0, $1) }
          let upper = zip(points[0], points[1]).map { max($0, $1) }
          return HeatConduction.Film(
            .box(lower: lower, upper: upper), coefficient: film.coefficient, ambient: film.ambient)
        }
      }
    }
    return task
  }
}
