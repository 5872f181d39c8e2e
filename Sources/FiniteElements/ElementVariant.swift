internal import Meshing

/// Whose formulas the elements with few points or bubbles follow.
public enum ElementVariant: String, Sendable, CaseIterable, Codable {
  /// CalculiX 2.20's, formula by formula: the same deck gives the same numbers. C3D8R, C3D8I, CPS4R, CPE4R and CAX4R then
  /// hold a uniform state on parallelepipeds alone; see Docs/Decisions/0003.
  case calculiX = "calculix"
  /// Those of the literature, which hold a uniform state in cells of any shape: hourglass vectors orthogonal to all linear fields
  /// (Flanagan and Belytschko 1981), bubbles whose gradients have no mean (Taylor, Beresford and Wilson 1976), and mean
  /// gradients for conduction with one point. Other elements are the same in both.
  case corrected

  /// The names of the elements in which the two differ, as a sentence lists them.
  public static var differingElements: String {
    let names = ElementType.allCases.filter { $0.formulation != .isoparametric }.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }
}
