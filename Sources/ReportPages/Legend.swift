import DesignValidation
import FieldPictures

/// What the colours of a picture mean, with the unit and the extreme.
struct Legend {
  /// The drawing below a picture.
  static func svg(of scale: ColorScale, name: String, unit: String) -> String {
    let (left, width) = (6.0, 348.0)
    let step = width / Double(ColorScale.bandCount)
    let limits = scale.limits
    var content = ""
    for band in 0..<ColorScale.bandCount {
      content +=
        "<rect x=\"\(SVG.number(left + step * Double(band)))\" y=\"2\" width=\"\(SVG.number(step + 0.2))\" "
      content += "height=\"12\" fill=\"\(scale.hexColor(ofBand: band))\"/>"
    }
    for (place, anchor) in [(0, "start"), (4, "middle"), (8, "middle"), (12, "end")] {
      content += SVG.text(
        limits[place].significant(4), x: left + step * Double(place), y: 27, anchor: anchor)
    }
    let title = name + (unit.isEmpty ? "" : " in \(unit)")
    content += SVG.text(title, x: left, y: 41, style: "soft")
    return SVG.plot(
      width: 360, height: 45,
      label: "\(title): \(scale.low.significant(4)) to \(scale.high.significant(4))", content)
  }
}
