package import ArrayFiles
internal import Manufacturability

/// Many designs in one picture to look at: solid black, the second of two solids copper, supports green, loads red.
package enum ContactSheet {
  /// A sheet of designs with their problems, row by row.
  ///
  /// - Parameters:
  ///   - densities: Images `[row][column]`, 0 white to 1 black.
  ///     With two solids the shares of the second behind them.
  ///   - columnCount: Designs side by side.
  ///   - scale: Pixels along an element.
  /// - Precondition: There is at least one, and all are of one size.
  package static func picture(
    _ densities: [[Double]], of problems: [DesignTask], columnCount: Int = 8, scale: Int = 2
  ) -> Picture {
    precondition(!problems.isEmpty && densities.count == problems.count, "designs and problems")
    let size = problems[0].size
    let gap = 3
    let columns = min(columnCount, problems.count)
    let rows = (problems.count + columns - 1) / columns
    let width = columns * (size.columns + gap) + gap
    let height = rows * (size.rows + gap) + gap
    var bytes = [UInt8](repeating: 200, count: 3 * width * height)
    for (place, (density, problem)) in zip(densities, problems).enumerated() {
      let left = gap + place % columns * (size.columns + gap)
      let top = gap + place / columns * (size.rows + gap)
      func paint(_ element: Int, _ color: (UInt8, UInt8, UInt8)) {
        let pixel =
          3 * ((top + element / size.columns) * width + left + element % size.columns)
        (bytes[pixel], bytes[pixel + 1], bytes[pixel + 2]) = color
      }
      let count = problem.size.elementCount
      for element in 0..<count {
        let filled = min(1, max(0, density[element]))
        let share = density.count > count ? filled * min(1, max(0, density[count + element])) : 0
        func mixed(_ second: Double) -> UInt8 {
          UInt8((255 * (1 - filled) + second * share).rounded())
        }
        paint(element, (mixed(190), mixed(100), mixed(50)))
      }
      for element in problem.supportElements { paint(element, (40, 160, 80)) }
      for element in problem.loadElements.joined() { paint(element, (220, 50, 40)) }
    }
    return Picture(width: width, height: height, colors: .rgb, bytes: bytes).scaled(by: scale)
  }
}
