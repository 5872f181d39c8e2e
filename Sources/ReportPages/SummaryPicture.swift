import ArrayFiles
import DesignValidation

/// The picture beside a summary: of the gravest part that has one, small enough for a comment.
package struct SummaryPicture: Sendable {
  /// Parts that are looked at: drawing takes a tenth of a second each.
  private static let attempts = 20

  /// The part's name.
  package let part: String
  /// What the picture shows, with the extreme value and its place.
  package let caption: String
  /// The picture as a PNG file.
  package let png: [UInt8]

  /// Draws the picture of a run; `nil` where no part has fields.
  package init?(of source: ReportSource) throws {
    let parts = source.result.parts
    let drawable = IndexContent.order(of: source).filter { place in
      parts[place].models.contains { $0.fields != nil }
    }
    for place in drawable.prefix(Self.attempts) {
      let figures = PartPictures(of: parts[place], from: source).figures
      guard let figure = figures.first(where: { !$0.legend.isEmpty }) ?? figures.first else {
        continue
      }
      part = parts[place].name
      caption = "\(figure.name) \(figure.caption)"
      png = try figure.picture.png()
      return
    }
    return nil
  }
}
