internal import DesignProblem

extension FieldRow {
  /// The temperature rise of the uniform design over its largest amount; 0 where nothing is warm.
  static let temperature = FieldRow(
    needs: .temperatures, FieldGroup(.loadScalar, "temperature")
  ) { answer, _ in
    let rise = answer.temperatureRise
    guard !rise.isEmpty else { return [[Float](repeating: 0, count: answer.elementCount)] }
    let largest = max(rise.reduce(0) { max($0, abs($1)) }, .leastNormalMagnitude)
    return [single(rise.map { $0 / largest })]
  }

  /// Of the nodes of each element: the heat that enters over the largest at any node, their mean; a half of every node whose temperature is kept; a
  /// half of the film's coefficient over the largest at every node of a film.
  static let heat = FieldRow(
    FieldGroup(.loadScalar, "heat-source"), FieldGroup(.scalar, "heat-sink"),
    FieldGroup(.scalar, "heat-film")
  ) { answer, _ in
    var image = NodeImage(answer.task, channelCount: 3)
    let (grid, heat) = (answer.task.grid, answer.task.stated.heat)
    let powers = answer.task.nodalPowers
    let largest = max(powers.reduce(0) { max($0, abs($1.power)) }, .leastNormalMagnitude)
    for (node, power) in powers { image.add(power / largest / 4, to: 0, at: node) }
    for sink in heat?.sinks ?? [] {
      for node in grid.nodes(in: sink.region) { image.add(0.5, to: 1, at: node) }
    }
    let films = heat?.films ?? []
    let best = max(films.reduce(0) { max($0, $1.coefficient) }, .leastNormalMagnitude)
    for film in films {
      for node in grid.nodes(in: film.region) {
        image.add(film.coefficient / best / 2, to: 2, at: node)
      }
    }
    return image.channels
  }
}
