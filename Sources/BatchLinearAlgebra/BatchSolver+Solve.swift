internal import CKernels
internal import LinearAlgebra
public import Parallelism

extension BatchSolver {
  /// The relative residual to which systems are solved.
  public static let tolerance = 1e-12
  /// Iterations of conjugate gradients after which a lane is given to double precision.
  static let iterationLimit = 10

  /// Solves A x = b for every lane and right-hand side, in place.
  ///
  /// Refined in double precision, lane by lane, until ‖b − A x‖ ≤ 1e-12 ‖b‖ or the backward error is at round-off. A lane in single precision that does not get there is factored in double and
  /// solved again, within this call. The values of failed and unused lanes become NaN and are left alone.
  ///
  /// - Parameters:
  ///   - vectors: [unknown in the caller's order][right-hand side][lane].
  ///   - count: Right-hand sides.
  ///   - tolerance: The relative residual to reach; each pass over the factor gains four to five digits on a
  ///     well-conditioned design, so that an adjoint that needs 1e-8 can save a third.
  ///   - crew: Threads that share the work; the bits do not depend on them.
  /// - Complexity: Two passes over the factor per iteration and four right-hand sides.
  /// - Source: N. Higham, *Accuracy and Stability of Numerical Algorithms* (2002), chapter 12, for refinement with a
  ///   factor of lower precision.
  @discardableResult
  public mutating func solve(
    _ vectors: inout [Double], count: Int, tolerance: Double = BatchSolver.tolerance,
    crew: Crew = .alone
  ) -> BatchSolveReport {
    precondition(tolerance > 0, "a tolerance of \(tolerance)")
    let size = analysis.pattern.size
    precondition(
      count > 0 && vectors.count == size * count * Self.laneCount,
      "\(vectors.count) values for \(size) unknowns, \(count) sides and \(Self.laneCount) lanes")
    var report = BatchSolveReport(count: count)
    guard size > 0 else { return report }
    for first in stride(from: 0, to: count, by: Self.sidesPerPass) {
      let sides = min(Self.sidesPerPass, count - first)
      if self.vectors.sides < sides {
        self.vectors = BatchVectors(analysis, sides: sides)
      }
      vectors.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        solveBlock(
          base + first * Self.laneCount, stride: count, first: first, sides: sides, tolerance,
          crew, &report)
      }
    }
    return report
  }

  /// Up to four right-hand sides: once with the factors there are, and again for lanes that need double precision.
  private mutating func solveBlock(
    _ load: UnsafeMutablePointer<Double>, stride: Int, first: Int, sides: Int,
    _ tolerance: Double, _ crew: Crew, _ report: inout BatchSolveReport
  ) {
    let size = analysis.pattern.size
    func isLost(_ lane: Int, _ report: BatchSolveReport) -> Bool {
      (0..<sides).contains { !report.isConverged[(first + $0) * Self.laneCount + lane] }
    }
    var lanes = (0..<Self.laneCount).filter {
      laneStatus[$0] == .single || laneStatus[$0] == .double
    }
    iterate(
      load, stride: stride, first: first, sides: sides, lanes: lanes, tolerance, crew, &report)
    let slow = lanes.filter { laneStatus[$0] == .single && isLost($0, report) }
    if !slow.isEmpty {
      // What has converged is kept; the load of the others is still the caller's.
      let kept = lanes.filter { !slow.contains($0) }
      store(load, stride: stride, sides: sides, lanes: kept)
      factorInDouble(slow, crew)
      lanes = slow.filter { laneStatus[$0] == .double }
      iterate(
        load, stride: stride, first: first, sides: sides, lanes: lanes, tolerance, crew, &report)
      store(load, stride: stride, sides: sides, lanes: lanes)
    } else if lanes.count == Self.laneCount {
      let chunks = analysis.chunks.chunks
      nonisolated(unsafe) let load = load
      nonisolated(unsafe) let solution = vectors.view(
        sides: sides, scales: matrix.scales, isWide: false
      ).solution
      crew.forEach(chunks.count) {
        gck_return(chunks[$0], Int32(sides), solution, load, Int32(stride))
      }
    } else {
      store(load, stride: stride, sides: sides, lanes: lanes)
    }
    for lane in 0..<Self.laneCount {
      switch laneStatus[lane] {
      case .single, .double: continue
      case .failed, .unused: break
      }
      for side in 0..<sides {
        let isFailed = laneStatus[lane] != .unused
        report.relativeResiduals[(first + side) * Self.laneCount + lane] = isFailed ? .nan : 0
        report.isConverged[(first + side) * Self.laneCount + lane] = !isFailed
        guard isFailed else { continue }
        for unknown in 0..<size { load[(unknown * stride + side) * Self.laneCount + lane] = .nan }
      }
    }
  }

  /// Solutions of some lanes, back in the caller's order.
  private func store(
    _ load: UnsafeMutablePointer<Double>, stride: Int, sides: Int, lanes: [Int]
  ) {
    guard
      let solution = vectors.view(sides: sides, scales: matrix.scales, isWide: false).solution
    else { return }
    for unknown in 0..<analysis.pattern.size {
      for side in 0..<sides {
        let from = solution + (unknown * sides + side) * Self.laneCount
        let to = load + (unknown * stride + side) * Self.laneCount
        for lane in lanes { to[lane] = from[lane] }
      }
    }
  }

  /// Solves for the given lanes; leaves the solution in ``vectors`` and fills their part of the report.
  private mutating func iterate(
    _ load: UnsafePointer<Double>, stride: Int, first: Int, sides: Int, lanes: [Int],
    _ tolerance: Double, _ crew: Crew, _ report: inout BatchSolveReport
  ) {
    guard !lanes.isEmpty else { return }
    let isWide = !doubleLanes.isEmpty
    if isWide { vectors.makeWide() }
    let work = BatchIteration(
      view: vectors.view(sides: sides, scales: matrix.scales, isWide: isWide), matrix: matrix.view,
      cells: cells, aside: vectors.aside, analysis: analysis, crew: crew)
    let places = (0..<sides).flatMap { side in lanes.map { side * Self.laneCount + $0 } }
    let loads = LaneNumbers(chunks: work.chunkCount)
    let squares = LaneNumbers(chunks: work.chunkCount)
    let forward = LaneNumbers()
    let backward = LaneNumbers()
    // Lengths first: they scale what is rounded to single.
    work.findResidual(
      of: load, stride: stride, hasImage: false, factor: forward, squares: loads)
    for place in 0..<(sides * Self.laneCount) {
      // A residual of length one, whatever the units, so that single precision neither overflows nor underflows.
      let length = loads[place].squareRoot() * matrix.largestScales[place % Self.laneCount]
      let power =
        length > 0 && length.isFinite
        ? Double(sign: .plus, exponent: length.exponent, significand: 1) : 1
      forward[place] = 1 / power
      backward[place] = power
      squares[place] = loads[place]
    }
    work.scale(by: forward)
    var isActive = [Bool](repeating: false, count: sides * Self.laneCount)
    var iterations = [Int](repeating: 0, count: isActive.count)
    for place in places { isActive[place] = loads[place] > 0 && loads[place].isFinite }
    var isGood: [Bool] = []
    // Twice at most: the recursion's residual drifts from the true one, which is where the second round starts.
    for round in 0..<2 where round == 0 || isActive.contains(true) {
      let isDone = iterate(
        work, isActive, forward, backward, squares, loads, tolerance, isFirst: round == 0,
        iterations: &iterations)
      work.multiply(work.view.solution, products: squares)
      work.findResidual(of: load, stride: stride, hasImage: true, factor: forward, squares: squares)
      isGood = judge(work.view, squares, loads, places, tolerance)
      for place in places {
        isActive[place] = isDone[place] && !isGood[place] && squares[place].isFinite
      }
    }
    for place in places {
      let side = first + place / Self.laneCount
      let entry = side * Self.laneCount + place % Self.laneCount
      report.relativeResiduals[entry] =
        loads[place] > 0 ? (squares[place] / loads[place]).squareRoot() : loads[place]
      report.iterations[entry] = iterations[place]
      report.isConverged[entry] = isGood[place]
    }
  }

  /// Conjugate gradients from the present approximation and its residual, for some places [side][lane].
  ///
  /// - Source: the flexible form of G. Golub and Q. Ye, *Inexact preconditioned conjugate gradient method* (1999), since
  ///   a preconditioner in single precision is not quite linear.
  /// - Returns: The places whose residual, by its recursion, has reached the tolerance.
  private func iterate(
    _ work: BatchIteration, _ chosen: [Bool], _ forward: borrowing LaneNumbers,
    _ backward: borrowing LaneNumbers, _ squares: borrowing LaneNumbers,
    _ loads: borrowing LaneNumbers, _ tolerance: Double, isFirst: Bool, iterations: inout [Int]
  ) -> [Bool] {
    let alpha = LaneNumbers()
    let beta = LaneNumbers()
    let products = LaneNumbers(chunks: work.chunkCount)
    let changes = LaneNumbers(chunks: work.chunkCount)
    let curvature = LaneNumbers(chunks: work.chunkCount)
    var isActive = chosen
    var isDone = [Bool](repeating: false, count: chosen.count)
    // With a factor in double plain refinement, steps of length one: at a condition of 1e13 the direction's curvature is
    // lost to cancellation, and a step by it would diverge.
    let isDouble = chosen.indices.map { laneStatus[$0 % Self.laneCount] == .double }
    var previous = [Double](repeating: 0, count: chosen.count)
    // Where nothing is solved the solution is zero all the same: one step of length zero.
    for step in 0..<Self.iterationLimit where isActive.contains(true) || (isFirst && step == 0) {
      applyFactors(work, forward: forward, backward: backward)
      work.findProducts(factor: backward, residual: products, image: changes)
      for place in chosen.indices {
        // z · (r − r before) / (z · r) before, and r − r before = −α A p.
        let turn = -alpha[place] * changes[place] / previous[place]
        let isTurned = step > 0 && isActive[place] && turn.isFinite && !isDouble[place]
        beta[place] = isTurned ? turn : 0
        previous[place] = products[place]
      }
      work.turn(factor: backward, beta: beta, isFirst: step == 0)
      work.multiply(work.view.direction, products: curvature)
      for place in chosen.indices {
        let length = isDouble[place] ? 1 : products[place] / curvature[place]
        alpha[place] = isActive[place] && length.isFinite ? length : 0
      }
      let before = chosen.indices.map { squares[$0] }
      work.step(alpha: alpha, factor: forward, isFirst: isFirst && step == 0, squares: squares)
      for place in chosen.indices where isActive[place] {
        iterations[place] += 1
        isDone[place] = squares[place] <= tolerance * tolerance * loads[place]
        // In double a step that does not halve the residual has met round-off; in single, a residual that has not
        // shrunk a thousandfold in five steps will not get there in ten.
        let isStuck =
          isDouble[place]
          ? !(squares[place] <= 0.25 * before[place])
          : step == 4 && !(squares[place] <= 1e-6 * loads[place])
        isActive[place] = !isDone[place] && !isStuck
      }
    }
    return chosen.indices.map { chosen[$0] && (isDone[$0] || isDouble[$0]) }
  }

  /// Which systems are solved: to the tolerance, or as well as double precision allows.
  private mutating func judge(
    _ view: gck_gradients, _ squares: borrowing LaneNumbers, _ loads: borrowing LaneNumbers,
    _ places: [Int], _ tolerance: Double
  ) -> [Bool] {
    var isGood = [Bool](repeating: false, count: Int(view.sides) * Self.laneCount)
    let square = tolerance * tolerance
    for place in places { isGood[place] = squares[place] <= square * loads[place] }
    guard places.contains(where: { !isGood[$0] }) else { return isGood }
    storeEntries()
    let norms = matrix.infinityNorms()
    let lengths = LaneNumbers()
    gck_squares(view.size, view.sides, view.solution, lengths.base)
    for place in places where !isGood[place] {
      let scale =
        norms[place % Self.laneCount] * lengths[place].squareRoot() + loads[place].squareRoot()
      isGood[place] = squares[place].squareRoot() <= 8 * Double.ulpOfOne * scale
    }
    return isGood
  }

  /// z = A⁻¹ r, nearly: the substitutions, in place of the scaled residual.
  private func applyFactors(
    _ work: BatchIteration, forward: borrowing LaneNumbers, backward: borrowing LaneNumbers
  ) {
    let (view, sides) = (work.view, Int(work.view.sides))
    guard let wide = view.wide else {
      factor.substitute(view.preconditioned, sides: sides, crew: work.crew)
      return
    }
    let size = analysis.pattern.size
    gck_gradients_scale_wide(view, forward.base)
    for group in doubleLanes { group.take(wide, size: size, sides: sides) }
    if laneStatus.contains(.single) {
      factor.substitute(view.preconditioned, sides: sides, crew: work.crew)
      gck_gradients_widen(view)
    }
    for group in doubleLanes {
      group.substitute(into: wide, size: size, sides: sides, crew: work.crew)
    }
    gck_gradients_unscale_wide(view, backward.base)
  }
}
