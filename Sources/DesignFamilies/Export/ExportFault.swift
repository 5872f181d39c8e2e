/// Why a design cannot be exported.
package enum ExportFault: Error, Equatable, CustomStringConvertible {
  /// The image is not one of the problem's grid, or not of densities.
  case badImage(String)
  /// No pixel is solid.
  case noMaterial
  /// It is no plane body of one solid.
  case noStructure(String)
  /// The solver of images finds the problem wrong or gives no answer.
  case notSolved(String)

  /// What is wrong, in words.
  package var description: String {
    switch self {
    case .badImage(let reason): "this is no image of the problem: \(reason)"
    case .noStructure(let reason): reason
    case .noMaterial: "no pixel of the image has a density of a half or more"
    case .notSolved(let reason): "the image cannot be solved: \(reason)"
    }
  }
}
