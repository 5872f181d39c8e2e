internal import FiniteElements
internal import LinearAlgebra
internal import Meshing

/// The linear system of a structure: its unknowns, the pattern they couple in, a solver for one matrix after the other,
/// and how well it solved.
///
/// The physics is the caller's: which slots are held, the matrix of a cell, the forces that are out of balance. Matrices are
/// assembled on ``map`` (``Structure/assembled(_:scratch:cellMatrix:)``), any number of them on one pattern.
final class LinearSystem {
  /// How values at the nodes follow from the unknowns.
  private(set) var map: UnknownMap
  /// What was said before the solver took its memory.
  let size: LinearSystemSize
  /// The largest sum of absolute values in a row of the matrix.
  private(set) var norm = 0.0
  private let solver: any LinearSolver
  private let storedEntryCount: Int
  private let labels: [Int]

  /// Numbers the unknowns and analyses their pattern.
  ///
  /// - Parameters:
  ///   - width: Values per node.
  ///   - held: Slots of prescribed value.
  ///   - announce: Told the size before the solver takes its memory.
  /// - Throws: ``SolveError``: contradictory constraints, more memory than there is.
  init(
    _ structure: Structure, width: Int, held: [Int], equations: [UnknownMap.Equation],
    _ options: SolveOptions, announce: ((LinearSystemSize) -> Void)? = nil
  ) throws {
    labels = structure.model.mesh.nodeLabels
    do {
      map = try UnknownMap(
        nodeCount: structure.nodes.count, width: width, heldSlots: held, equations: equations
      ) { visit in structure.forEachCellSlots(width: width, visit) }
    } catch let error as ConstraintError {
      throw SolveError.constraint(error.text(labels))
    }
    storedEntryCount = map.pattern.entryCount
    do { solver = try options.solver.solver(analysing: map.pattern) } catch {
      throw SolveError.factorization(error, node: 0, degree: 0)
    }
    size = LinearSystemSize(
      solver: options.solver, unknownCount: map.unknownCount, byteCount: solver.neededBytes)
    // To ask the system takes longer than a small factor.
    let available =
      options.memoryLimit ?? (size.byteCount < 64 << 20 ? nil : AvailableMemory.bytes)
    if let available, size.byteCount > available {
      throw SolveError.memory(size, availableBytes: available)
    }
    announce?(size)
  }

  /// Gives the solver a matrix on ``map``'s pattern: a factorization where it factors, on the analysis that is there.
  ///
  /// - Parameter name: The matrix, for an error.
  /// - Throws: ``SolveError``: a matrix that is not finite or, as far as the solver can tell, singular.
  func use(_ matrix: SparseMatrix, _ name: String) throws(SolveError) {
    norm = matrix.infinityNorm
    guard norm.isFinite else { throw .notFinite(name) }
    do throws(FactorizationError) { try solver.update(with: matrix) } catch { throw located(error) }
  }

  /// Gives back the memory of the pattern: no matrix will be used any more.
  func dropPattern() { map = map.withoutPattern() }

  /// The solver's bound of the reciprocal condition number.
  var reciprocalCondition: Double { solver.reciprocalCondition }

  /// Solves by corrections, the residual being what the caller finds it to be.
  ///
  /// - Parameters:
  ///   - what: The solution in words, for an error.
  ///   - residual: Computes for given unknowns the forces that are not in balance, and the size of the terms they are
  ///     the difference of; the last call is with the solution.
  /// - Throws: ``SolveError`` where the residual stays above ``Refinement/largestResidual``.
  func solve(
    _ what: String, residual: ([Double]) -> (force: [Double], scale: Double)
  ) throws(SolveError) -> Refinement {
    var unknowns = [Double](repeating: 0, count: map.unknownCount)
    let before = solver.iterationCount
    var refinement = Refinement(count: -1, residual: 0)
    while true {
      let (force, scale) = residual(unknowns)
      if refinement.count >= 0 {
        refinement.residual = scale > 0 ? force.largest / scale : 0
        guard refinement.residual.isFinite else { throw .notFinite(what) }
        if refinement.residual <= Refinement.largestResidual {
          refinement.iterations = solver.iterationCount.map { $0 - (before ?? 0) }
          return refinement
        }
        if refinement.count == Refinement.largestCount { throw .residual(refinement.residual) }
      }
      let step: [Double]
      do throws(FactorizationError) { step = try solver.solve(force) } catch {
        throw located(error)
      }
      for index in unknowns.indices { unknowns[index] += step[index] }
      refinement.count += 1
    }
  }

  /// What was checked of an answer.
  func soundness(_ refinement: Refinement, balance: Double?) -> Soundness {
    Soundness(
      unknownCount: map.unknownCount, storedEntryCount: storedEntryCount,
      factorEntryCount: solver.factorEntryCount, solverByteCount: size.byteCount,
      relativeResidual: refinement.residual, reactionBalance: balance,
      reciprocalCondition: solver.reciprocalCondition, refinementCount: refinement.count,
      iterationCount: refinement.iterations)
  }

  /// An error of the solver with the node its column belongs to.
  private func located(_ error: FactorizationError) -> SolveError {
    switch error {
    case .notPositiveDefinite(let column), .noResistance(let column):
      guard let slot = map.unknownOfSlot.firstIndex(of: Int32(column)) else { break }
      return .factorization(error, node: labels[slot / map.width], degree: slot % map.width + 1)
    default: break
    }
    return .factorization(error, node: 0, degree: 0)
  }
}

extension ConstraintError {
  /// The contradiction, with the numbers of the file.
  fileprivate func text(_ labels: [Int]) -> String {
    switch self {
    case .eliminatedTwice(let node, let component):
      "direction \(component + 1) of node \(labels[node]) is the first term of two equations; "
        + "make another term the first in one of them"
    case .heldAndEliminated(let node, let component):
      "direction \(component + 1) of node \(labels[node]) is prescribed and the first term of an equation; "
        + "make another term the first, or drop one of them"
    case .cyclic(let node, let component):
      "the equation for direction \(component + 1) of node \(labels[node]) depends on itself"
    }
  }
}

extension [Double] {
  /// The largest absolute value; NaN where there is one.
  var largest: Double {
    var result = 0.0
    for value in self {
      let size = abs(value)
      if !(size <= result) { result = size }
      if size.isNaN { return .nan }
    }
    return result
  }
}
