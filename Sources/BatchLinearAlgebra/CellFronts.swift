internal import LinearAlgebra

/// Where the matrices of a grid's square cells enter the fronts: each entry where its first unknown is eliminated.
struct CellFronts: Sendable {
  /// What enters at a front.
  struct Place {
    var cellCount = 0
    /// In ``list``.
    var start = 0
  }

  /// Of every front.
  let places: [Place]
  /// See `gck_assemble_cells_f32`.
  let list: ConstantTable<Int32>
  /// The lower triangles of the two matrices.
  let triangles: ConstantTable<Float>
  /// The number of each unknown in the order of elimination.
  let numbers: ConstantTable<Int32>

  /// `nil` where a front is too large for the places in the list.
  init?(
    _ elements: ScaledElements, _ fronts: [FrontTree.Front], _ symbolic: SupernodalStructure,
    _ numbers: ConstantTable<Int32>
  ) {
    guard fronts.allSatisfy({ $0.factorSize < 1 << 25 }) else { return nil }
    self.numbers = numbers
    triangles = ConstantTable(
      (0..<2).flatMap { matrix in
        (0..<8).flatMap { row in
          (0...row).map { Float(elements.matrices[(matrix * 8 + row) * 8 + $0]) }
        }
      })
    var cellsOf = [[Int32]](repeating: [], count: numbers.count)
    for cell in 0..<elements.cellCount {
      for unknown in elements.unknowns[(cell * 8)..<(cell * 8 + 8)] {
        cellsOf[Int(numbers.base[Int(unknown)])].append(Int32(cell))
      }
    }
    var placeOf = [Int](repeating: 0, count: numbers.count)
    var list: [Int32] = []
    var places: [Place] = []
    for front in fronts.indices {
      let columns = symbolic.columns(of: front)
      for (place, row) in symbolic.border(of: front).enumerated() {
        placeOf[row] = columns.count + place
      }
      for column in columns { placeOf[column] = column - columns.lowerBound }
      let cells = Set(columns.flatMap { cellsOf[$0] }).sorted()
      places.append(Place(cellCount: cells.count, start: list.count))
      for cell in cells {
        let cellNumbers = (0..<8).map {
          Int(numbers.base[Int(elements.unknowns[Int(cell) * 8 + $0])])
        }
        let head = list.count
        list += [cell, 0]
        for row in 0..<8 {
          for column in 0...row {
            let (first, last) = (
              min(cellNumbers[row], cellNumbers[column]), max(cellNumbers[row], cellNumbers[column])
            )
            guard columns.contains(first) else { continue }
            let place = FrontLayout.place(
              row: placeOf[last], column: placeOf[first], of: fronts[front].shape)
            list.append(Int32(row * (row + 1) / 2 + column + 64 * place))
            list[head + 1] += 1
          }
        }
      }
    }
    self.places = places
    self.list = ConstantTable(list)
  }
}
