package import DesignProblem
import Manufacturability

/// A limit of a part's design, checked by `gcgan-validate`.
package struct DesignLimit: Sendable, Equatable {
  /// What is limited.
  package enum Figure: Sendable, Equatable {
    /// The largest von Mises stress away from singular places, in megapascals; see ``DesignExport/singularDistance``.
    case vonMisesStress
    /// The largest displacement, in millimetres.
    case displacement
    /// The largest displacement of a region, in millimetres.
    case displacementOver(GridRegion)
    /// The mean displacement of a region along an axis, in millimetres.
    case meanDisplacement(of: GridRegion, along: GridAxis)
    /// The elastic energy, half of *f*·*u*, in newton millimetres, of the model of pixels: the elements in which the image is judged.
    case strainEnergy
    /// The volume of the material, in cubic millimetres.
    case volume
    /// The largest temperature, in kelvins, of the model of pixels.
    case temperature
  }
  /// The side of the limit on which the figure has to stay.
  package enum Side: String, Sendable { case below, above }

  /// What is limited.
  package var figure: Figure
  /// The side on which the figure has to stay.
  package var side: Side
  /// The limit under the problem's own loads.
  package var value: Double
  /// Where the limit comes from.
  package var source: String
  /// The load cases that it holds in, by name; all unless said. The figures of temperatures and volume are of none.
  package var cases: [String]?

  /// A largest value under the problem's own loads, in all load cases unless told otherwise.
  package init(_ figure: Figure, below value: Double, source: String, cases: [String]? = nil) {
    (self.figure, side, self.value, self.source) = (figure, .below, value, source)
    self.cases = cases
  }

  /// A smallest value under the problem's own loads.
  package init(_ figure: Figure, above value: Double, source: String) {
    (self.figure, side, self.value, self.source) = (figure, .above, value, source)
  }
}
