extension Muon {
  /// What the optimizer remembers, to be kept and read back: the same bits follow.
  package struct State: Sendable {
    /// M of every matrix; empty before the first step.
    package var momenta: [Tensor]
    /// Adam's, of all that is no matrix.
    package var adam: Adam.State

    /// A state as it was kept.
    package init(momenta: [Tensor], adam: Adam.State) {
      self.momenta = momenta
      self.adam = adam
    }

    /// The tensors under the names of the parameters: `<name>.momentum`, or `<name>.first` and `<name>.second`.
    ///
    /// - Parameter parameters: Names and shapes, all of them, in their order.
    package func named(_ parameters: [(name: String, shape: [Int])]) -> [(
      name: String, tensor: Tensor
    )] {
      guard !momenta.isEmpty else { return [] }
      let matrices = parameters.filter { Muon.isMatrix($0.shape) }.map(\.name)
      precondition(
        matrices.count == momenta.count, "\(matrices.count) names for \(momenta.count) matrices")
      return zip(matrices, momenta).map { ($0 + ".momentum", $1) }
        + adam.named(parameters.filter { !Muon.isMatrix($0.shape) }.map(\.name))
    }
  }

  /// What the optimizer remembers.
  package var state: State {
    get { State(momenta: momenta, adam: adam.state) }
    set {
      momenta = newValue.momenta
      adam.state = newValue.adam
    }
  }
}
