import Meshing
import NumericalMethods
import Quantities

extension SolvedModel {
  /// What a baseline holds of a deck without a part file, of the last step that computes it: the largest displacement, stress, temperature and
  /// reaction, the lowest temperature, the sums of reactions and heat flows, the energy and the volume.
  var deckFigures: [FigureResult] {
    let readings: [(String, Observable, Place?)] = [
      ("largest displacement", .displacement(.magnitude), .max),
      ("largest von Mises stress", .stress(.vonMises), .max),
      ("largest temperature", .temperature, .max), ("lowest temperature", .temperature, .min),
      ("largest reaction", .reaction(.magnitude), .max),
      ("strain energy", .strainEnergy, nil), ("volume", .volume, nil),
    ]
    return readings.compactMap { figure($0, $1, at: $2) }
      + zip(["x", "y", "z"], 0...).compactMap { name, axis in
        lastSum("reaction \(name), sum", \.reaction) { ($0[axis], $0.length) }
      }
      + [lastSum("heat flow into the part", \.heatFlow) { (max($0, 0), abs($0)) }]
      .compactMap { $0 }
  }

  private func figure(_ name: String, _ observable: Observable, at place: Place?) -> FigureResult? {
    // Reading a step that does not compute the figure is refused; the last that does counts.
    for step in steps.indices.reversed() {
      guard let reader = try? FieldReader(self, step: step + 1, length: .one) else { return nil }
      do {
        let sample = try reader.sample(observable, at: place)
        var figure = FigureResult(name, value: sample.value)
        figure.location = sample.location
        (figure.node, figure.position) = (sample.node, sample.position)
        figure.scale = (try? reader.field(observable).size()).flatMap { $0.isFinite ? $0 : nil }
        return figure
      } catch {
        guard error == reader.absent(observable) else {
          var figure = FigureResult(name, value: nil)
          figure.failure = error.description
          return figure
        }
      }
    }
    return nil
  }

  /// The sum over all nodes of a field of the last step that has it.
  private func lastSum<Value>(
    _ name: String, _ field: KeyPath<Step, [Value]?>,
    _ term: (Value) -> (value: Double, size: Double)
  ) -> FigureResult? {
    guard let values = steps.last(where: { $0[keyPath: field] != nil })?[keyPath: field] else {
      return nil
    }
    var (sum, size) = (0.0, 0.0)
    for value in values.map(term) { (sum, size) = (sum + value.value, size + value.size) }
    var figure = FigureResult(name, value: sum.isFinite ? sum : nil)
    if sum.isFinite { figure.scale = size } else { figure.failure = "the sum is NaN or infinite" }
    figure.location = "all nodes"
    return figure
  }
}
