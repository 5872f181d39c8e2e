internal import Parallelism
internal import Synchronization

/// The numeric part of a supernodal Cholesky factorization, on all threads of ``WorkerPool``.
///
/// Left-looking: a supernode takes away what earlier ones have to say, in the order of their columns, then is
/// factored as a dense matrix. Threads get whole subtrees first; the large supernodes at the top are cut into
/// tiles. Subtrees and tiles depend on the matrix alone and each is computed by one thread, so the bits do not
/// depend on the number of threads (Docs/Decisions/0006).
///
/// - Source: Ng, Peyton, *Block sparse Cholesky algorithms on advanced uniprocessor computers* (1993).
struct SupernodalFactorization: @unchecked Sendable {
  // Unchecked: threads share the pointers and write disjoint supernodes or disjoint tiles of one.
  let layout: SupernodalLayout
  let plan: SupernodalPlan
  let values: UnsafeMutablePointer<Double>
  let pattern: SparsityPattern
  let entries: [Double]
  /// Entries of a ``SupernodalWorkspace``'s product.
  let productCapacity: Int

  /// Rows and columns of the tiles in which earlier supernodes are taken from a shared one: large, because the
  /// rows an earlier one has in a tile are few, and OpenBLAS copies them for every product.
  private static let largeTile = 1024
  /// Columns of a panel, and rows of a block below it, while a shared supernode is factored.
  private static let smallTile = 256
  /// Doubles of a product kept before it is taken away: 16 MiB, most of a cache, little beside a large factor.
  private static let usualCapacity = 1 << 21

  /// - Parameter values: Room for the factor's values, which are computed by ``run()``.
  init(
    _ layout: SupernodalLayout, _ matrix: borrowing SparseMatrix,
    values: UnsafeMutablePointer<Double>
  ) {
    self.layout = layout
    self.values = values
    plan = SupernodalPlan(layout)
    pattern = matrix.pattern
    entries = matrix.values
    productCapacity = min(
      plan.largestProduct, max(Self.usualCapacity, 16 * plan.largestRowCount))
  }

  /// Factors.
  ///
  /// - Returns: The first column whose pivot is not positive, or `nil`.
  func run() -> Int? {
    let isShared = plan.subtrees.count > 1 && !WorkerPool.isAddressSpaceLimited
    let workspaces = (0..<(isShared ? WorkerPool.threadCount : 1)).map { _ in
      SupernodalWorkspace(
        size: layout.size, rows: plan.largestRowCount, product: productCapacity)
    }
    let failure = Mutex(Int.max)
    deal(plan.subtrees.count, to: workspaces) { index, workspace in
      for supernode in plan.subtrees[index] {
        if let column = factor(Int(supernode), workspace) {
          failure.withLock { $0 = min($0, column) }
          return
        }
      }
    }
    if let column = failure.withLock({ $0 == .max ? nil : $0 }) { return column }
    for supernode in plan.top {
      if let column = factorShared(Int(supernode), workspaces) { return column }
    }
    return nil
  }

  /// Calls `body` for every index below `count`, each workspace at one thread at a time.
  private func deal(
    _ count: Int, to workspaces: [SupernodalWorkspace],
    _ body: @Sendable (Int, SupernodalWorkspace) -> Void
  ) {
    guard workspaces.count > 1, count > 1 else {
      for index in 0..<count { body(index, workspaces[0]) }
      return
    }
    let next = Atomic<Int>(0)
    WorkerPool.forEach(workspaces.count) { worker in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        body(index, workspaces[worker])
      }
    }
  }

  private func block(
    _ supernode: Int, rows: Range<Int>, columns: Range<Int>
  ) -> DenseBlock {
    let stride = layout.rowCount(supernode)
    return DenseBlock(
      values + layout.valueStart(supernode) + rows.lowerBound + columns.lowerBound * stride,
      rows: rows.count, columns: columns.count, stride: stride)
  }

  // MARK: - One supernode on one thread

  private func factor(_ target: Int, _ workspace: SupernodalWorkspace) -> Int? {
    workspace.number(layout.rows(target), count: layout.rowCount(target))
    let columnCount = layout.columnCount(target)
    fill(target, columns: 0..<columnCount, places: workspace.places)
    for update in plan.updates(of: target) {
      let rowCount = layout.rowCount(Int(update.source)) - Int(update.firstRow)
      let width = max(1, productCapacity / rowCount)
      var first = 0
      while first < Int(update.columnCount) {
        let last = min(first + width, Int(update.columnCount))
        applyUpdate(
          update, rows: first..<rowCount, columns: first..<last, from: target,
          places: workspace.places, workspace)
        first = last
      }
    }
    let square = block(target, rows: 0..<columnCount, columns: 0..<columnCount)
    if let column = square.factorLower() { return layout.firstColumn(target) + column }
    let rowCount = layout.rowCount(target)
    if rowCount > columnCount {
      block(target, rows: columnCount..<rowCount, columns: 0..<columnCount)
        .divide(byTransposed: square)
    }
    return nil
  }

  /// Puts the matrix's entries into some columns of a supernode.
  private func fill(
    _ target: Int, columns: Range<Int>, places: UnsafeMutablePointer<Int32>
  ) {
    let rowCount = layout.rowCount(target)
    let block = values + layout.valueStart(target)
    (block + columns.lowerBound * rowCount).update(repeating: 0, count: columns.count * rowCount)
    let first = layout.firstColumn(target)
    for column in columns {
      let target = block + column * rowCount
      for place in pattern.columnStarts[first + column]..<pattern.columnStarts[first + column + 1] {
        target[Int(places[pattern.rows[place]])] = entries[place]
      }
    }
  }

  /// Takes the product of some rows and some columns of an earlier supernode from a later one.
  ///
  /// - Parameters:
  ///   - rows: Of the source, counted from the update's first row. They begin with the columns, or after them.
  ///   - columns: Likewise; all of them are columns of the target.
  ///   - places: Where each row of the target is in its block.
  private func applyUpdate(
    _ update: SupernodalPlan.Update, rows: Range<Int>, columns: Range<Int>, from target: Int,
    places: UnsafeMutablePointer<Int32>, _ workspace: SupernodalWorkspace
  ) {
    let source = Int(update.source)
    let first = Int(update.firstRow)
    let numbers = layout.rows(source) + first
    let depth = 0..<layout.columnCount(source)
    let isSquareOnTop = rows.lowerBound == columns.lowerBound
    let (height, width) = (rows.count, columns.count)
    let stride = layout.rowCount(target)
    let targetBlock = values + layout.valueStart(target)
    let firstColumn = layout.firstColumn(target)

    let firstPlace = Int(places[numbers[rows.lowerBound]])
    let placeOfColumn = numbers[columns.lowerBound] - firstColumn
    let isDense =
      Int(places[numbers[rows.upperBound - 1]]) - firstPlace == height - 1
      && numbers[columns.upperBound - 1] - firstColumn - placeOfColumn == width - 1
    let (goal, factor, scale) =
      isDense
      ? (targetBlock + firstPlace + placeOfColumn * stride, -1.0, 1.0)
      : (workspace.product, 1.0, 0.0)
    let goalStride = isDense ? stride : height
    let right = block(
      source, rows: first + columns.lowerBound..<first + columns.upperBound, columns: depth)
    var top = 0
    if isSquareOnTop {
      top = width
      DenseBlock(goal, rows: width, columns: width, stride: goalStride)
        .setLower(to: factor, timesItsTransposed: right, plus: scale)
    }
    if height > top {
      DenseBlock(goal + top, rows: height - top, columns: width, stride: goalStride)
        .set(
          to: factor,
          block(
            source, rows: first + rows.lowerBound + top..<first + rows.upperBound, columns: depth),
          timesTransposed: right, plus: scale)
    }
    if isDense { return }

    let relative = workspace.relative
    for row in 0..<height { relative[row] = places[numbers[rows.lowerBound + row]] }
    for column in 0..<width {
      let goal =
        targetBlock + (numbers[columns.lowerBound + column] - firstColumn) * stride
      let product = workspace.product + column * height
      for row in (isSquareOnTop ? column : 0)..<height {
        goal[Int(relative[row])] -= product[row]
      }
    }
  }

  // MARK: - One supernode on all threads

  private func factorShared(_ target: Int, _ workspaces: [SupernodalWorkspace]) -> Int? {
    let (rowCount, columnCount) = (layout.rowCount(target), layout.columnCount(target))
    workspaces[0].number(layout.rows(target), count: rowCount)
    nonisolated(unsafe) let places = workspaces[0].places
    let strips = Self.cuts(0..<columnCount, tile: Self.largeTile)
    let tiles = strips + Self.cuts(columnCount..<rowCount, tile: Self.largeTile)
    let panels = Self.cuts(0..<columnCount, tile: Self.smallTile)
    deal(panels.count, to: workspaces) { panel, _ in
      fill(target, columns: panels[panel], places: places)
    }
    // Tiles of the lower triangle and below, column by column.
    let pairs = strips.indices.flatMap { strip in (strip..<tiles.count).map { ($0, strip) } }
    deal(pairs.count, to: workspaces) { index, workspace in
      let (tile, strip) = pairs[index]
      takeAllAway(
        from: target, rows: tiles[tile], columns: strips[strip], places: places, workspace)
    }
    for panel in panels {
      let below = [panel] + Self.cuts(panel.upperBound..<rowCount, tile: Self.smallTile)
      let square = block(target, rows: panel, columns: panel)
      if panel.lowerBound > 0 {
        // What the columns before the panel have to say, as if they were a supernode of their own.
        let before = 0..<panel.lowerBound
        let right = block(target, rows: panel, columns: before)
        nonisolated(unsafe) let (square, earlier) = (square, right)
        deal(below.count, to: workspaces) { index, _ in
          if index == 0 {
            square.setLower(to: -1, timesItsTransposed: earlier, plus: 1)
          } else {
            block(target, rows: below[index], columns: panel).set(
              to: -1, block(target, rows: below[index], columns: before),
              timesTransposed: earlier, plus: 1)
          }
        }
      }
      if let column = square.factorLower() {
        return layout.firstColumn(target) + panel.lowerBound + column
      }
      nonisolated(unsafe) let factored = square
      deal(below.count - 1, to: workspaces) { index, _ in
        block(target, rows: below[index + 1], columns: panel).divide(byTransposed: factored)
      }
    }
    return nil
  }

  /// Takes all earlier supernodes from one tile.
  private func takeAllAway(
    from target: Int, rows: Range<Int>, columns: Range<Int>,
    places: UnsafeMutablePointer<Int32>, _ workspace: SupernodalWorkspace
  ) {
    let numbers = layout.rows(target)
    let (firstRow, lastRow) = (numbers[rows.lowerBound], numbers[rows.upperBound - 1])
    let (firstColumn, lastColumn) = (numbers[columns.lowerBound], numbers[columns.upperBound - 1])
    for update in plan.updates(of: target) {
      let source = layout.rows(Int(update.source)) + Int(update.firstRow)
      let rowCount = layout.rowCount(Int(update.source)) - Int(update.firstRow)
      let columnCount = Int(update.columnCount)
      guard source[0] <= lastColumn, source[columnCount - 1] >= firstColumn,
        source[rowCount - 1] >= firstRow
      else { continue }
      let columns =
        Self.firstPlace(
          in: source, count: columnCount, notBelow: firstColumn)..<Self.firstPlace(
          in: source, count: columnCount, notBelow: lastColumn + 1)
      let rows =
        Self.firstPlace(
          in: source, count: rowCount, notBelow: firstRow)..<Self.firstPlace(
          in: source, count: rowCount, notBelow: lastRow + 1)
      guard !columns.isEmpty, !rows.isEmpty else { continue }
      applyUpdate(
        update, rows: rows, columns: columns, from: target, places: places, workspace)
    }
  }

  private static func firstPlace(
    in numbers: UnsafePointer<Int>, count: Int, notBelow bound: Int
  ) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A range cut into tiles of nearly equal length.
  private static func cuts(_ range: Range<Int>, tile: Int) -> [Range<Int>] {
    let count = (range.count + tile - 1) / tile
    return (0..<count).map {
      range.lowerBound + range.count * $0 / count..<range.lowerBound + range.count * ($0 + 1)
        / count
    }
  }
}
