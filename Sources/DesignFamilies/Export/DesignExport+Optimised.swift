internal import ArrayFiles
package import DesignProblem
internal import Files
internal import Manufacturability
package import TopologyOptimisation

extension DesignExport {
  /// The largest image that is exported: the export solves one of four times its elements.
  static let mostElements = 1 << 18

  /// Why an optimised design becomes no part.
  package struct NotExported: Error, Equatable, CustomStringConvertible {
    /// The reason, in words.
    package let description: String
  }

  /// The part of an optimised design: what it is cut to in black and white, with the limits of its problem.
  ///
  /// The densest pixels are made, as many as the physical densities add up to, and no more than the volume fraction has; every load is joined to a
  /// support, as in a drawing. What is solid or void by decree stays so.
  ///
  /// - Parameters:
  ///   - run: A run with at least one iteration.
  ///   - file: The problem it is of.
  ///   - program: What made it, with its version.
  /// - Throws: ``NotExported``, for what a part folder cannot hold: space, two solids, cells of a periodic material.
  package static func optimised(
    _ run: TopologyOptimisation, of file: ProblemFile, program: String
  ) throws(NotExported) -> DesignExport {
    let density = run.physicalDensity
    let grid = file.problem.grid
    guard grid.isPlane, density.count == grid.elementCount else {
      throw NotExported(
        description: grid.isPlane ? "the design has two solids" : "the grid lies in space")
    }
    guard density.count <= mostElements else {
      throw NotExported(
        description: "the image has \(density.count) pixels; at most \(mostElements) are exported")
    }
    var count = Int(density.reduce(0, +).rounded())
    if let fraction = file.optimisation?.volumeFraction {
      count = min(count, Int((fraction * Double(density.count) + 0.5).rounded(.down)))
    }
    var stated = file
    if stated.optimisation == nil { stated.optimisation = .init() }
    stated.optimisation?.volumeFraction = Double(count) / Double(density.count)
    var warnings: [String] = []
    do {
      let problem = try DesignTask(stated)
      if let reason = problem.noStructureReason { throw NotExported(description: reason) }
      let finished = FinishedDesign(density, for: problem)
      if !finished.isJoined {
        warnings.append("the volume is too small to join every load to a support")
      }
      switch run.state {
      case .stopped:
        warnings.append("the optimisation was stopped after \(run.history.count) iterations")
      case .failed(let fault):
        warnings.append("the optimisation failed after \(run.history.count) iterations: \(fault)")
      case .running, .converged, .limitReached: break
      }
      return try DesignExport(
        problem: problem, density: finished.density,
        provenance: DesignProvenance(program: program, solveCount: run.history.count),
        requirements: DesignRequirements(file, isDrawn: false), warnings: warnings)
    } catch let mismatch as DesignTask.Mismatch {
      throw NotExported(description: mismatch.description)
    } catch {
      throw NotExported(description: "\(error)")
    }
  }

  /// The files of the part of an optimised design, `part.yml` last; `solid.npy` and `solid.png` are what is made, for `density.npy` is what was found.
  package func filesBesideDensity() throws -> [(name: String, bytes: [UInt8])] {
    let solid = NumericArray(shape: density.shape, values: design.density)
    let scale = max(1, 512 / max(problem.size.columns, problem.size.rows))
    let pictures = [
      ("solid.npy", solid.npy),
      ("solid.png", try Picture(density: solid).scaled(by: scale).png(for: "solid.png")),
    ]
    return pictures + (try files().filter { !$0.name.hasPrefix("density.") })
  }
}
