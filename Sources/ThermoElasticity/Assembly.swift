internal import FiniteElements
internal import LinearAlgebra
internal import Meshing
internal import Parallelism

extension Structure {
  /// The matrix of all cells on the unknowns of a map.
  ///
  /// Cells are computed in chunks, several at a time, and added in their order: the same bits for every
  /// number of threads.
  ///
  /// - Parameters:
  ///   - scratch: Makes what a worker needs for the cells of a block.
  ///   - cellMatrix: Computes one cell's matrix into the span, with ``UnknownMap/width`` or fewer rows
  ///     per node, and returns the smallest Jacobian determinant.
  func assembled<Scratch>(
    _ map: UnknownMap, scratch: @Sendable (Block) -> Scratch,
    cellMatrix: @Sendable (Block, Int, inout Scratch, inout MutableSpan<Double>) -> Double
  ) throws -> SparseMatrix {
    let plan = AssemblyPlan(map)
    var values = [Double](repeating: 0, count: map.pattern.entryCount)
    for block in blocks {
      let axes = block.axisCount(width: map.width)
      let size = block.nodeCount * axes
      let stride = size * size + 1
      let cellsPerChunk = max(16, 1_000_000 / stride)
      var chunk = [Double](repeating: 0, count: min(cellsPerChunk, block.count) * stride)
      for start in Swift.stride(from: 0, to: block.count, by: cellsPerChunk) {
        let count = min(cellsPerChunk, block.count - start)
        chunk.mutateChunksInParallel(ofLength: 16 * stride) { offset, part in
          var scratch = scratch(block)
          for place in 0..<part.count / stride {
            let cell = start + offset / stride + place
            guard cell < start + count else { return }
            part.withUnsafeMutableBufferPointer { part in
              let entries = UnsafeMutableBufferPointer(
                rebasing: part[place * stride..<(place + 1) * stride - 1])
              var matrix = entries.mutableSpan
              part[(place + 1) * stride - 1] = cellMatrix(block, cell, &scratch, &matrix)
            }
          }
        }
        for place in 0..<count where !(chunk[(place + 1) * stride - 1] > 0) {
          throw SolveError.invertedCell(
            element: block.labels[start + place], type: block.type.rawValue)
        }
        if map.width == 3 && !axesOfNode.isEmpty {
          turn(&chunk, block, start..<start + count, axes: axes, stride: stride)
        }
        add(chunk, block, start..<start + count, axes: axes, stride: stride, plan, &values)
      }
    }
    return SparseMatrix(pattern: map.pattern, values: values)
  }

  /// Adds a chunk of cell matrices.
  private func add(
    _ chunk: [Double], _ block: Block, _ cells: Range<Int>, axes: Int, stride: Int,
    _ plan: AssemblyPlan, _ values: inout [Double]
  ) {
    let size = block.nodeCount * axes
    let width = plan.map.width
    // Waking a thread costs more than a few cells.
    let workers = cells.count < 256 ? 1 : WorkerPool.threadCount
    plan.withPatternView { view in
      chunk.withUnsafeBufferPointer { chunk in
        values.withUnsafeMutableBufferPointer { values in
          guard let entries = values.baseAddress, let matrices = chunk.baseAddress else { return }
          // Workers own disjoint columns of `values`; everything else is only read.
          nonisolated(unsafe) let target = entries
          nonisolated(unsafe) let source = matrices
          nonisolated(unsafe) let view = view
          WorkerPool.forEach(workers) { worker in
            var slots = [Int32](repeating: 0, count: size)
            for cell in cells {
              let first = cell * block.nodeCount
              for node in 0..<block.nodeCount {
                let number = Int(block.connectivity[first + node]) * width
                for axis in 0..<axes { slots[node * axes + axis] = Int32(number + axis) }
              }
              slots.withUnsafeBufferPointer {
                plan.add(
                  source + (cell - cells.lowerBound) * stride, slots: $0, worker: worker,
                  workerCount: workers, into: target, pattern: view)
              }
            }
          }
        }
      }
    }
  }

  /// Turns the rows and columns of nodes that have axes of their own: Tᵀ K T.
  private func turn(
    _ chunk: inout [Double], _ block: Block, _ cells: Range<Int>, axes: Int, stride: Int
  ) {
    let size = block.nodeCount * axes
    for cell in cells {
      let first = cell * block.nodeCount
      let base = (cell - cells.lowerBound) * stride
      for node in 0..<block.nodeCount {
        guard let local = axesOfNode[Int(block.connectivity[first + node])] else { continue }
        let frame = [local.0, local.1, local.2]
        for other in 0..<size {
          var row = SIMD3<Double>.zero
          for axis in 0..<axes {
            row[axis] = chunk[base + (node * axes + axis) * size + other]
          }
          for axis in 0..<axes {
            chunk[base + (node * axes + axis) * size + other] = frame[axis].dot(row)
          }
        }
        for other in 0..<size {
          var column = SIMD3<Double>.zero
          for axis in 0..<axes {
            column[axis] = chunk[base + other * size + node * axes + axis]
          }
          for axis in 0..<axes {
            chunk[base + other * size + node * axes + axis] = frame[axis].dot(column)
          }
        }
      }
    }
  }

  /// Calls `visit` with the slots of every cell.
  func forEachCellSlots(width: Int, _ visit: ([Int]) -> Void) {
    for block in blocks {
      let axes = block.axisCount(width: width)
      var slots = [Int](repeating: 0, count: block.nodeCount * axes)
      for cell in 0..<block.count {
        for node in 0..<block.nodeCount {
          let number = Int(block.connectivity[cell * block.nodeCount + node]) * width
          for axis in 0..<axes { slots[node * axes + axis] = number + axis }
        }
        visit(slots)
      }
    }
  }
}
