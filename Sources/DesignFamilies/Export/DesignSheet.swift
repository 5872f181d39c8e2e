package import ArrayFiles

/// Problems of a family with their reference designs on one picture, for a person to look at.
package enum DesignSheet {
  /// Pixels along the longer side of a design; between pictures.
  private static let side = 288, gap = 8

  /// A sheet, row by row.
  ///
  /// - Parameters:
  ///   - names: What each problem is called, such as its number.
  ///   - references: The design of each, or why there is none; then the problem is drawn alone.
  /// - Precondition: There is at least one, and all are of one size.
  package static func picture(
    of tasks: [DesignTask], named names: [String],
    _ references: [Result<ReferenceDesign, ReferenceFault>]
  ) -> Picture {
    precondition(!tasks.isEmpty && references.count == tasks.count, "tasks and references")
    let captions = zip(zip(tasks, names), references).map { item, reference in
      caption(of: item.0, named: item.1, reference)
    }
    let lineCount = captions.map(\.count).max() ?? 0
    let pictures = tasks.indices.map { place in
      let missing = [String](repeating: "", count: lineCount - captions[place].count)
      let design = (try? references[place].get().design) ?? .empty(tasks[place].size)
      return DesignPicture.picture(
        of: design, for: tasks[place], caption: captions[place] + missing, side: side)
    }
    let size = tasks[0].size
    return arranged(pictures, columnCount: size.columns > size.rows ? 3 : 4)
  }

  /// The number and the case, the volume, the objective, the limits: a line each.
  private static func caption(
    of task: DesignTask, named name: String, _ reference: Result<ReferenceDesign, ReferenceFault>
  ) -> [String] {
    var lines = ["\(name) \(task.caseName)", "volume \(task.volumeFraction.short)"]
    switch reference {
    case .success(let found):
      lines.append("\(task.objectiveName) \(found.objective.short)")
      for limit in task.resolvingLimits(by: found.values).limits
      where limit.term != task.objectiveName {
        lines.append("\(limit.term) to \((limit.value ?? .nan).short)")
      }
    case .failure(let fault): lines.append("no design: \(fault)")
    }
    return lines.map { $0.count > lineLength ? $0.prefix(lineLength - 2) + ".." : $0 }
  }

  /// Letters that fit below a picture.
  private static let lineLength = 27

  /// Pictures of one size side by side.
  private static func arranged(_ pictures: [Picture], columnCount: Int) -> Picture {
    let columns = min(columnCount, pictures.count)
    let rows = (pictures.count + columns - 1) / columns
    let (width, height) = (pictures[0].width, pictures[0].height)
    let sheetWidth = columns * (width + gap) + gap
    let sheetHeight = rows * (height + gap) + gap
    var bytes = [UInt8](repeating: 215, count: 3 * sheetWidth * sheetHeight)
    for (place, picture) in pictures.enumerated() {
      let left = gap + place % columns * (width + gap)
      let top = gap + place / columns * (height + gap)
      for row in 0..<height {
        let start = 3 * ((top + row) * sheetWidth + left)
        bytes.replaceSubrange(
          start..<start + 3 * width, with: picture.bytes[3 * row * width..<3 * (row + 1) * width])
      }
    }
    return Picture(width: sheetWidth, height: sheetHeight, colors: .rgb, bytes: bytes)
  }
}

extension SolidDesign {
  /// No material at all.
  fileprivate static func empty(_ size: GridSize) -> Self {
    Self(size: size, solid: [Bool](repeating: false, count: size.elementCount))
  }
}
