package import Quantities

/// A set over which the sizes of a figure become one number; of stresses cells, of all else nodes.
///
/// A norm (Σ |x|ᵖ)^(1/p) is never below the largest size and close to it for a large p. It is what optimisation and training hold a design to, so that a
/// limit on it is one and the same number there and here.
package struct NormPlace: Sendable, Hashable {
  /// How sizes become one number.
  package enum Function: Sendable, Hashable {
    /// (Σ |x|ᵖ)^(1/p)
    case norm(exponent: Double)
    /// √(Σ x²/n)
    case rootMeanSquare
    /// √(Σ r²/n), r what the best-fit plane over the nodes leaves: how far a side is from flat (JESD22-B112 takes the same plane).
    case warpage
    /// s₀/p ln Σ exp(p |x|/s₀) (Kreisselmeier and Steinhauser 1979), s₀ the scale.
    case ks(exponent: Double, scale: Quantity)
  }
  /// A set of nodes of the deck, one for all steps or one for each; of stresses sets of elements, each with the mean over its points.
  package var sets: [String]
  /// How sizes become one number.
  package var function: Function

  /// Sets and a function.
  package init(_ sets: [String], _ function: Function) {
    (self.sets, self.function) = (sets, function)
  }

  /// As written in a part file.
  package var text: String {
    let set = sets.joined(separator: ", ")
    return switch function {
    case .norm(let exponent): "norm of order \(exponent) over \(set)"
    case .rootMeanSquare: "root mean square over \(set)"
    case .warpage: "root mean square off the best-fit plane over \(set)"
    case .ks(let exponent, let scale): "KS of order \(exponent) over \(set), scale \(scale)"
    }
  }
}
