internal import CKernels
internal import LinearAlgebra

/// The work of laying out the fronts of a pattern, step by step.
struct FrontLayout {
  typealias Front = FrontTree.Front

  private(set) var fronts: [Front]
  private(set) var indices: [Int32] = []
  private(set) var factorSize = 0
  private(set) var stackSize = 0
  private(set) var parts: [Subtree] = []
  /// Rows of a vector with its slots.
  private(set) var vectorSize = 0
  /// Which part a front belongs to, −1 above them.
  private var partOf: [Int]
  private(set) var operationCount = 0.0

  private static let block = Int(gck_block)

  init(frontCount: Int) {
    fronts = Array(repeating: Front(), count: frontCount)
    partOf = Array(repeating: -1, count: frontCount)
  }

  /// Vectors of a lower triangle of that many rows, stored in blocks.
  private static func triangleSize(_ rows: Int) -> Int {
    guard rows > 0 else { return 0 }
    let last = (rows - 1) / block
    let height = rows - last * block
    return block * block * last * (last + 1) / 2 + height * (block * last + height)
  }

  /// Finds the rows, sizes, parents and children of all fronts, and each row's place in the parent.
  mutating func placeRows(_ symbolic: SupernodalStructure, size: Int) {
    var frontOf = [Int32](repeating: 0, count: size)
    for number in fronts.indices {
      for column in symbolic.columns(of: number) { frontOf[column] = Int32(number) }
    }
    for number in fronts.indices {
      let columns = symbolic.columns(of: number)
      let rows = symbolic.border(of: number)
      let (pivots, border) = (columns.count, rows.count)
      fronts[number].shape.first = Int32(columns.lowerBound)
      fronts[number].shape.pivots = Int32(pivots)
      fronts[number].shape.border = Int32(border)
      fronts[number].factorStart = factorSize
      fronts[number].factorSize = Self.triangleSize(pivots) + pivots * border
      fronts[number].updateSize = Self.triangleSize(border)
      factorSize += fronts[number].factorSize
      for column in 0..<pivots {
        let below = Double(pivots + border - column)
        fronts[number].operationCount += below * below
      }
      operationCount += fronts[number].operationCount
      fronts[number].rows = indices.count
      indices.append(contentsOf: rows.map(Int32.init(truncatingIfNeeded:)))
      if let first = rows.first { fronts[number].parent = Int(frontOf[first]) }
    }
    for number in fronts.indices.reversed() {
      let parent = fronts[number].parent
      guard parent >= 0 else { continue }
      fronts[number].nextSibling = fronts[parent].firstChild
      fronts[parent].firstChild = number
      fronts[number].places = indices.count
      // Both lists increase: one walk along them finds the places.
      let parentColumns = symbolic.columns(of: parent)
      let rows = symbolic.border(of: parent)
      var place = 0
      for row in symbolic.border(of: number) {
        if row < parentColumns.upperBound {
          indices.append(Int32(row - parentColumns.lowerBound))
        } else {
          while rows[rows.startIndex + place] < row { place += 1 }
          indices.append(Int32(parentColumns.count + place))
        }
      }
    }
  }

  /// Deals the tree out in parts, and gives the rows below a part their slots.
  mutating func placeParts(_ symbolic: SupernodalStructure, size: Int) {
    parts = Subtree.parts(parents: fronts.map(\.parent), work: fronts.map(\.operationCount))
    vectorSize = size
    var slotOf = [Int32](repeating: 0, count: size)
    for place in parts.indices {
      let root = parts[place].fronts.last ?? 0
      parts[place].slots = vectorSize
      parts[place].rows = symbolic.border(of: root).map(Int32.init(truncatingIfNeeded:))
      for (slot, row) in parts[place].rows.enumerated() {
        slotOf[Int(row)] = Int32(vectorSize + slot)
      }
      vectorSize += parts[place].rows.count
      // Columns of a part come before those above it, and every row of a front is one of its ancestors' columns.
      let first = Int32(symbolic.columns(of: root).upperBound)
      for front in parts[place].fronts {
        partOf[front] = place
        for entry in fronts[front].rows..<(fronts[front].rows + Int(fronts[front].shape.border))
        where indices[entry] >= first { indices[entry] = slotOf[Int(indices[entry])] }
      }
    }
  }

  /// Gives each update matrix its place: those of a part in a stretch of its own, which no other part touches; the others behind.
  mutating func placeUpdates() {
    for part in parts { placeUpdates(of: part.fronts) }
    placeUpdates(of: fronts.indices.filter { partOf[$0] < 0 })
  }

  /// Gives each update matrix the lowest free place while its children still hold theirs.
  private mutating func placeUpdates(of chosen: [Int]) {
    let base = stackSize
    // Pieces in use, by their start; few at a time, since the fronts come nearly in postorder.
    var pieces: [(start: Int, end: Int, owner: Int)] = []
    for number in chosen {
      let size = fronts[number].updateSize
      var start = base
      var place = 0
      while place < pieces.count && pieces[place].start - start < size {
        start = pieces[place].end
        place += 1
      }
      fronts[number].updateStart = start
      if size > 0 { pieces.insert((start, start + size, number), at: place) }
      stackSize = max(stackSize, start + size)
      pieces.removeAll { fronts[$0.owner].parent == number }
    }
  }

  /// Finds the front and the place of every entry of the matrix.
  mutating func placeEntries(
    _ pattern: SparsityPattern, _ numbers: [Int32], _ symbolic: SupernodalStructure
  ) {
    // Entries of the lower triangle in the order of elimination, column after column.
    var starts = [Int](repeating: 0, count: pattern.size + 1)
    func visit(_ body: (_ entry: Int, _ row: Int, _ column: Int) -> Void) {
      for column in 0..<pattern.size {
        for entry in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
          let (a, b) = (Int(numbers[column]), Int(numbers[pattern.rows[entry]]))
          body(entry, max(a, b), min(a, b))
        }
      }
    }
    visit { _, _, column in starts[column + 1] += 1 }
    for column in 0..<pattern.size { starts[column + 1] += starts[column] }
    var fill = starts
    var sorted = [(entry: Int32, row: Int32)](
      repeating: (0, 0), count: pattern.entryCount)
    visit { entry, row, column in
      sorted[fill[column]] = (Int32(entry), Int32(row))
      fill[column] += 1
    }
    var placeOf = [Int32](repeating: 0, count: pattern.size)
    for number in fronts.indices {
      let columns = symbolic.columns(of: number)
      for (place, row) in symbolic.border(of: number).enumerated() {
        placeOf[row] = Int32(columns.count + place)
      }
      for column in columns { placeOf[column] = Int32(column - columns.lowerBound) }
      let range = starts[columns.lowerBound]..<starts[columns.upperBound]
      fronts[number].entryCount = range.count
      fronts[number].entries = indices.count
      indices.append(contentsOf: range.map { sorted[$0].entry })
      for column in columns {
        let pivot = column - columns.lowerBound
        for place in starts[column]..<starts[column + 1] {
          let row = Int(placeOf[Int(sorted[place].row)])
          indices.append(
            Int32(Self.place(row: row, column: pivot, of: fronts[number].shape)))
        }
      }
      indices.append(contentsOf: range.map { sorted[$0].row })
      for column in columns {
        for _ in starts[column]..<starts[column + 1] { indices.append(Int32(column)) }
      }
    }
  }

  /// Where an entry of L11 or L21 lies, in vectors from the start of the front's factor.
  static func place(row: Int, column: Int, of shape: gck_front) -> Int {
    let (pivots, border) = (Int(shape.pivots), Int(shape.border))
    func inBlock(_ row: Int, _ rows: Int) -> (index: Int, height: Int) {
      (row / block, min(block, rows - row / block * block))
    }
    if row < pivots {
      let (index, height) = inBlock(row, pivots)
      return block * block * index * (index + 1) / 2 + column * height + row % block
    }
    let (index, height) = inBlock(row - pivots, border)
    return triangleSize(pivots) + index * block * pivots + column * height
      + (row - pivots) % block
  }
}
