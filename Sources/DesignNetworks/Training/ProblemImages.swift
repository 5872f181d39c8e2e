internal import DesignFamilies
internal import Manufacturability

/// The mirrored and turned images of a problem for which a design is drawn, and what is drawn laid back.
struct ProblemImages: Sendable {
  let size: GridSize
  private let conditioning: ConditioningFields
  /// The images of the family's problems that are problems of the family too; the identity first.
  private let all: [(symmetry: Symmetry, sources: [Int])]

  init(of family: any DesignFamily, at size: GridSize) {
    self.size = size
    conditioning = family.conditioning
    all = family.symmetries(of: size).filter(family.keepsPeriodicAxes).map {
      ($0, $0.sources(on: size))
    }
  }

  /// The mean of what is drawn for the images that a drawing is made of.
  ///
  /// - Parameters:
  ///   - number: 0 for the problem as it is, 1 for the mean over all its images, others for one image each.
  ///   - draw: Gives the densities of a batch of images, `[design][row][column]`, from the function that turns a problem's fields.
  func mean(ofDrawing number: Int, _ draw: ((_ fields: [Float]) -> [Float]) -> [Double])
    -> [Double]
  {
    let images =
      switch number {
      case 0: [all[0]]
      case 1: all
      default: [all[(number - 1) % all.count]]
      }
    var mean: [Double] = []
    for (symmetry, sources) in images {
      let drawn = draw {
        conditioning.imaged($0, by: symmetry, negatesLoads: false, sources: sources)
      }
      if mean.isEmpty { mean = [Double](repeating: 0, count: drawn.count) }
      for first in stride(from: 0, to: drawn.count, by: sources.count) {
        for (element, source) in sources.enumerated() {
          mean[first + source] += drawn[first + element] / Double(images.count)
        }
      }
    }
    return mean
  }
}
