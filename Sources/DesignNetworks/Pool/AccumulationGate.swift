package import Manufacturability
import Tensors

/// An LSTM that forecasts the gradient noise scale of the next updates from those that have been, and learns from every one of them.
///
/// Its inputs per update are ln tr Σ, ln ‖ḡ‖, the cosine between successive micro-gradients, the losses of both sides and ln N; what it is
/// asked for is the mean of ln(tr Σ / |G|²) over the next ``horizon`` updates. After each update the window of the last ``window`` inputs is
/// gone through once more, and one step of Adam lowers the squared error of the forecasts that can be judged by now.
package struct AccumulationGate: Sendable {
  /// Updates looked ahead.
  package static let horizon = 4
  /// Updates that forecasts and learning look back.
  package static let window = 32
  static let inputCount = 6
  static let size = 16

  private var parameters = Parameters()
  private var adam = Adam(learningRate: 3e-3)
  private let head: Linear
  private let places: [Int]
  /// Inputs and ln noise scales of the last updates.
  private var inputs: [[Float]] = []
  private var targets: [Double] = []

  /// A gate that has seen nothing.
  package init(random: inout SeededGenerator) {
    let size = Self.size
    places = [
      parameters.addNormal(
        "gate.input", [4 * size, Self.inputCount], deviation: 0.3, random: &random),
      parameters.addNormal("gate.output", [4 * size, size], deviation: 0.2, random: &random),
      parameters.addConstant("gate.bias", [4 * size], 0),
    ]
    head = Linear("gate.head", size, 1, gain: 0.1, in: &parameters, random: &random)
  }

  /// The noise scale, in micro-gradients, expected of the next updates; `nil` while fewer than ``horizon`` have been seen.
  package var forecast: Double? {
    guard targets.count >= Self.horizon else { return nil }
    let outputs = Tensor.withoutGradient { run(parameters) }
    return exponential(min(12, max(-12, (outputs.last?.item ?? 0) + mean)))
  }

  /// Takes in an update, and learns from the forecasts that it completes.
  ///
  /// - Returns: The mean squared error, in ln, of the forecasts of the window; `nil` before there are any.
  @discardableResult
  package mutating func observe(
    _ statistics: GradientPool.Statistics, generatorLoss: Double, discriminatorLoss: Double
  ) throws -> Double? {
    func ln(_ value: Double) -> Float { Float(logarithm(max(1e-12, value))) }
    inputs.append([
      ln(statistics.variance) / 4, ln(statistics.norm) / 4, Float(statistics.cosine),
      Float(generatorLoss), Float(discriminatorLoss), ln(Double(max(1, statistics.count))) / 2,
    ])
    // A length estimated as nothing or less says: more noise than could be measured.
    let floor = 0.02 * statistics.norm * statistics.norm
    targets.append(
      logarithm(max(1e-12, statistics.variance) / max(statistics.squaredLength, floor, 1e-12)))
    if inputs.count > Self.window {
      inputs.removeFirst()
      targets.removeFirst()
    }
    guard targets.count > Self.horizon + 1 else { return nil }
    let outputs = run(parameters)
    var loss = Tensor(0)
    let judged = targets.count - Self.horizon
    for place in 0..<judged {
      let ahead = targets[(place + 1)...(place + Self.horizon)].reduce(0, +) / Double(Self.horizon)
      loss = loss + (outputs[place] - (ahead - mean)).square().sum() * (1 / Double(judged))
    }
    let gradients = try Tensor.gradient(of: loss, withRespectTo: parameters.tensors)
    adam.step(&parameters.tensors, gradients: gradients)
    return loss.item
  }

  /// The mean of the targets: what a forecast without knowledge would be.
  private var mean: Double { targets.reduce(0, +) / Double(max(1, targets.count)) }

  /// Forecasts after each input of the window.
  private func run(_ parameters: Parameters) -> [Tensor] {
    let cell = LSTMCell(
      inputWeight: parameters.tensors[places[0]], outputWeight: parameters.tensors[places[1]],
      bias: parameters.tensors[places[2]])
    var state = LSTMCell.State(output: .zeros([1, Self.size]), memory: .zeros([1, Self.size]))
    return inputs.map { input in
      state = cell(Tensor(input, shape: [1, Self.inputCount]), after: state)
      return head(state.output, parameters)
    }
  }

  /// All that the gate knows, to be saved: tensors by name.
  var state: [(name: String, tensor: Tensor)] {
    zip(parameters.names, parameters.tensors).map { ($0, $1) }
      + adam.state.named(parameters.names)
      + [
        ("gate.step-count", Tensor([Double(adam.stepCount)], shape: [1])),
        (
          "gate.inputs",
          Tensor(inputs.flatMap { $0 }, shape: [inputs.count, Self.inputCount])
        ),
        ("gate.targets", Tensor(targets, shape: [targets.count])),
      ]
  }

  /// Takes up a saved state.
  mutating func restore(_ read: (String, [Int]?) throws -> Tensor) throws {
    for place in parameters.tensors.indices {
      parameters.tensors[place] =
        try read(parameters.names[place], parameters.tensors[place].shape)
        .detached(requiresGradient: true)
    }
    let stepCount = Int(try read("gate.step-count", [1]).item)
    if stepCount > 0 {
      func moments(_ kind: String) throws -> [Tensor] {
        try zip(parameters.names, parameters.tensors).map { try read("\($0).\(kind)", $1.shape) }
      }
      adam.state = Adam.State(
        stepCount: stepCount, firstMoments: try moments("first"),
        secondMoments: try moments("second"))
    }
    targets = try read("gate.targets", nil).doubles
    let flat = try read("gate.inputs", [targets.count, Self.inputCount]).scalars
    inputs = targets.indices.map {
      Array(flat[($0 * Self.inputCount)..<(($0 + 1) * Self.inputCount)])
    }
  }
}
