package import ArrayFiles
internal import DesignProblem
internal import Glibc
internal import Manufacturability

/// A picture of what is built: black and white, the second of two solids copper, how it is held, what pulls at it, a scale and a caption.
///
/// Sinks, films and sources of heat are dots, blue, light blue and orange. Supports are green: a triangle on hatching where both directions are held, on a roller where one is. Loads are arrows, red in the first load case, the longest for the
/// largest load; a line of forces has an arrow at some of its nodes and a dot at each.
package struct DesignPicture: Sendable {
  private static let solid = Canvas.Color(45, 45, 45), second = Canvas.Color(190, 100, 50),
    grid = Canvas.Color(190, 190, 190)
  private static let green = Canvas.Color(20, 140, 60), red = Canvas.Color(210, 40, 30)
  private static let blue = Canvas.Color(40, 90, 200), orange = Canvas.Color(235, 120, 20)
  private static let lightBlue = Canvas.Color(90, 190, 220)
  /// Colours of forces: those of the first load case, the second, …
  private static let forces = [
    red, Canvas.Color(150, 40, 160), Canvas.Color(200, 130, 0), Canvas.Color(0, 130, 150),
  ]
  /// Pixels of the longer side, unless told otherwise; around the design, for arrows and supports, of a side so long; of a triangle.
  private static let usualSide = 512, usualMargin = 72, usualTriangle = 13.0
  /// Lengths of the longest arrow, of the shortest, and of a head, of a side so long.
  private static let usualArrow = 58.0, shortArrow = 22.0, arrowHead = 12.0
  /// Arrows and triangles along one line at most.
  private static let symbolCount = 9
  private static let textScale = 2

  /// What all lengths but the triangle's are multiplied by.
  private let scale: Double
  private let margin: Int, triangle: Double
  private let problem: DesignTask
  private let size: GridSize
  /// Pixels along an element.
  private let pixels: Int
  private var canvas: Canvas

  /// The picture.
  ///
  /// - Parameters:
  ///   - design: What is built.
  ///   - caption: Lines of text below it, in small letters.
  ///   - side: Pixels along the longer side of the design; 512 unless told otherwise.
  package static func picture(
    of design: SolidDesign, for problem: DesignTask, caption: [String] = [], side: Int? = nil
  ) -> Picture {
    var drawing = DesignPicture(
      problem, lineCount: caption.count, side: side ?? Self.usualSide)
    drawing.drawDesign(design)
    drawing.drawSupports()
    drawing.drawLoads()
    drawing.drawHeat()
    drawing.drawScale()
    drawing.write(caption)
    return drawing.canvas.picture
  }

  private init(_ problem: DesignTask, lineCount: Int, side: Int) {
    self.problem = problem
    size = problem.size
    scale = Double(side) / Double(Self.usualSide)
    margin = Int(Double(Self.usualMargin) * scale)
    triangle = Self.usualTriangle * scale.squareRoot()
    pixels = max(1, side / max(size.columns, size.rows))
    let text = (Canvas.size(of: "", scale: Self.textScale).height + 6) * (lineCount + 1)
    canvas = Canvas(
      width: max(side, pixels * size.columns) + 2 * margin,
      height: pixels * size.rows + 2 * margin + text + 12)
  }

  private mutating func drawDesign(_ design: SolidDesign) {
    let (width, height) = (pixels * size.columns, pixels * size.rows)
    canvas.fill(
      x: margin - 1, y: margin - 1, width: width + 2, height: height + 2, Self.grid)
    canvas.fill(x: margin, y: margin, width: width, height: height, .white)
    for element in design.solid.indices where design.solid[element] {
      canvas.fill(
        x: margin + element % size.columns * pixels,
        y: margin + element / size.columns * pixels, width: pixels, height: pixels,
        design.second.isEmpty || !design.second[element] ? Self.solid : Self.second)
    }
  }

  // Supports.

  private mutating func drawSupports() {
    for support in problem.supports {
      let nodes = problem.grid.nodes(in: support.region)
      for node in nodes { dot(node, Self.green) }
      for node in thinned(nodes) {
        drawSupport(
          at: place(ofNode: node), holdingX: support.axes.contains(.x),
          holdingY: support.axes.contains(.y))
      }
    }
  }

  private mutating func drawSupport(at tip: SIMD2<Double>, holdingX: Bool, holdingY: Bool) {
    let away = awayFromDesign(at: tip, alongX: holdingX, alongY: holdingY)
    let across = SIMD2(-away.y, away.x)
    let base = tip + away * triangle
    let half = 0.55 * triangle
    canvas.triangle(tip, base + across * half, base - across * half, Self.green)
    if holdingX && holdingY {
      let (a, b) = (base + across * (half + 3), base - across * (half + 3))
      canvas.line(from: a, to: b, thickness: 2, Self.green)
      for step in stride(from: -half, through: half, by: 4) {
        let foot = base + across * step
        canvas.line(from: foot, to: foot + away * 5 - across * 4, Self.green)
      }
    } else {
      // A roller: what it rolls on lies apart.
      let (a, b) = (across * (half + 3), across * -(half + 3))
      let floor = base + away * 4
      canvas.line(from: floor + a, to: floor + b, thickness: 2, Self.green)
    }
  }

  /// The direction in which a support stands: out of the design at its border, else to the left or down.
  private func awayFromDesign(at tip: SIMD2<Double>, alongX: Bool, alongY: Bool) -> SIMD2<Double> {
    let (low, high) = (Double(margin), corner)
    if alongX {
      if tip.x <= low { return SIMD2(-1, 0) }
      if tip.x >= high.x { return SIMD2(1, 0) }
      if !alongY { return SIMD2(-1, 0) }
    }
    return tip.y <= low ? SIMD2(0, -1) : SIMD2(0, 1)
  }

  // Heat.

  private mutating func drawHeat() {
    for region in problem.stated.heat?.cooledRegions ?? [] {
      for node in problem.grid.nodes(in: region) { dot(node, Self.blue) }
    }
    for film in problem.stated.heat?.films ?? [] {
      for node in problem.grid.nodes(in: film.region) { dot(node, Self.lightBlue) }
    }
    for (node, _) in problem.nodalPowers { dot(node, Self.orange) }
  }

  // Loads.

  private mutating func drawLoads() {
    for (place, loadCase) in problem.stated.loadCases.enumerated() {
      var one = problem
      one.stated.loadCases = [loadCase]
      draw(NodalLoads(of: one), Self.forces[place % Self.forces.count])
    }
  }

  private mutating func draw(_ loads: NodalLoads, _ color: Canvas.Color) {
    for group in loads.groups {
      let forces = Dictionary(uniqueKeysWithValues: zip(group.nodes, group.forces))
      let largest = group.forces.reduce(0) { max($0, $1.length) }
      // The root keeps small loads beside large ones in sight.
      let longest =
        max(
          Self.shortArrow, Self.usualArrow * (group.magnitude / loads.largest).squareRoot()) * scale
      for node in group.nodes { dot(node, color) }
      let shown = thinned(group.nodes)
      // All arrows of a line lie on one side of it.
      let middle = shown[shown.count / 2]
      let isPushing = forces[middle].map { force in
        !isInside(
          place(ofNode: middle) - SIMD2(force.x, -force.y) / force.length * longest)
      }
      for node in shown {
        guard let force = forces[node], largest > 0 else { continue }
        let share = group.nodes.count == 1 ? 1 : 0.6 + 0.4 * force.length / largest
        drawForce(
          at: place(ofNode: node), along: SIMD2(force.x, -force.y) / force.length,
          length: longest * share, isPushing: isPushing ?? false, color)
      }
    }
  }

  /// Draws an arrow that pushes at a place from without, or pulls from there.
  private mutating func drawForce(
    at point: SIMD2<Double>, along direction: SIMD2<Double>, length: Double, isPushing: Bool,
    _ color: Canvas.Color
  ) {
    let (a, b) =
      isPushing ? (point - direction * length, point) : (point, point + direction * length)
    canvas.arrow(
      from: a, to: b, thickness: scale < 1 ? 2 : 3, head: Self.arrowHead * scale, color)
  }

  private func isInside(_ point: SIMD2<Double>) -> Bool {
    let low = Double(margin)
    return point.x >= low && point.y >= low && point.x <= corner.x && point.y <= corner.y
  }

  // Scale and text.

  private mutating func drawScale() {
    let width = Double(size.columns) * problem.pixelSize
    let length = Self.roundLength(upTo: 0.4 * width)
    let count = Int((length / problem.pixelSize * Double(pixels)).rounded())
    let y = textTop + 4
    canvas.fill(x: margin, y: y, width: count, height: 3, .black)
    for x in [margin, margin + count - 2] {
      canvas.fill(x: x, y: y - 4, width: 2, height: 11, .black)
    }
    canvas.write(
      "\(length.short) mm", x: margin + count + 10, y: y - 5, scale: Self.textScale, .black)
  }

  /// The longest of 1, 2, 5, 10, … that is not longer.
  static func roundLength(upTo limit: Double) -> Double {
    let decade = pow(10, log10(limit).rounded(.down))
    return [5, 2, 1].map { $0 * decade }.first { $0 <= limit * (1 + 1e-9) } ?? decade
  }

  private mutating func write(_ caption: [String]) {
    let height = Canvas.size(of: "", scale: Self.textScale).height + 6
    for (place, line) in caption.enumerated() {
      canvas.write(
        line, x: margin, y: textTop + (place + 1) * height, scale: Self.textScale, .black)
    }
  }

  private var textTop: Int { pixels * size.rows + 2 * margin }

  // Places.

  private var corner: SIMD2<Double> {
    SIMD2(Double(margin + pixels * size.columns), Double(margin + pixels * size.rows))
  }

  private func place(ofNode node: Int) -> SIMD2<Double> {
    let position = problem.grid.position(ofNode: node)
    return SIMD2(
      Double(margin + pixels * position[0]),
      Double(margin + pixels * (size.rows - position[1])))
  }

  private mutating func dot(_ node: Int, _ color: Canvas.Color) {
    let center = place(ofNode: node)
    canvas.fill(x: Int(center.x) - 2, y: Int(center.y) - 2, width: 4, height: 4, color)
  }

  /// Nodes spread out evenly, the first and the last among them, two triangles apart.
  private func thinned(_ nodes: [Int]) -> [Int] {
    let room = Int(Double(nodes.count * pixels) / (2 * triangle))
    let count = min(nodes.count, Self.symbolCount, max(2, room))
    guard nodes.count > count else { return nodes }
    return (0..<count).map { nodes[$0 * (nodes.count - 1) / (count - 1)] }
  }
}

extension Double {
  /// Four digits.
  var short: String {
    guard isFinite, self != 0 else { return "\(self)" }
    let scale = pow(10, 3 - log10(abs(self)).rounded(.down))
    let text = "\((self * scale).rounded() / scale)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
