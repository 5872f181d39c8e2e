internal import Meshing

// Heat conduction in one cell. The tables to use are those of ``ElementTable/conductivity(_:)``.

extension ElementTable {
  /// The conductivity matrix of one cell: ∫∇Nᵀ k ∇N dV.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - conductivity: One matrix per point, or one for all.
  ///   - thickness: Of plane cells.
  ///   - matrix: Receives one row per node; symmetric, all of it is written.
  /// - Returns: The smallest determinant, as for the stiffness.
  public func conductivity(
    nodes: Span<SIMD3<Double>>, conductivity: Span<ConductivityMatrix>, thickness: Double,
    into matrix: inout MutableSpan<Double>
  ) -> Double {
    precondition(
      matrix.count == nodeCount * nodeCount,
      "\(matrix.count) entries for a matrix of \(nodeCount) rows")
    checkCount(conductivity.count, "conductivities")
    return withFrame(of: nodes, thickness: thickness) { frame in
      matrix.withUnsafeMutableBufferPointer { target in
        for entry in target.indices { target[entry] = 0 }
        for point in 0..<pointCount {
          let given = conductivity[conductivity.count == 1 ? 0 : point]
          let gradients = frame.gradients + point * frame.columnCount
          for i in 0..<nodeCount {
            let flux = frame.volumes[point] * (given * gradients[i])
            for j in i..<nodeCount { target[i * nodeCount + j] += flux.dot(gradients[j]) }
          }
        }
        for row in 1..<nodeCount {
          for column in 0..<row {
            target[row * nodeCount + column] = target[column * nodeCount + row]
          }
        }
        return frame.smallestDeterminant
      }
    }
  }

  /// The heat flux at the points, −k ∇T, power per area in global components.
  ///
  /// - Parameters:
  ///   - nodes: Where the nodes are.
  ///   - temperatures: Of the nodes.
  ///   - conductivity: One matrix per point, or one for all.
  ///   - flux: Receives one vector per point.
  public func heatFlux(
    nodes: Span<SIMD3<Double>>, temperatures: Span<Double>,
    conductivity: Span<ConductivityMatrix>, into flux: inout MutableSpan<SIMD3<Double>>
  ) {
    precondition(
      temperatures.count == nodeCount, "\(temperatures.count) temperatures for \(nodeCount) nodes")
    precondition(flux.count == pointCount, "\(flux.count) fluxes for \(pointCount) points")
    checkCount(conductivity.count, "conductivities")
    withFrame(of: nodes, thickness: 1) { frame in
      for point in 0..<pointCount {
        var gradient = SIMD3<Double>.zero
        for node in 0..<nodeCount {
          gradient += temperatures[node] * frame.gradients[point * frame.columnCount + node]
        }
        flux[point] = -(conductivity[conductivity.count == 1 ? 0 : point] * gradient)
      }
      if type.traits.repeatsHeatFlux {
        // CalculiX computes the points before the mesh's plane and repeats them for those behind, where
        // the third component ought to change its sign.
        let layer = pointCount / 2
        for point in layer..<pointCount { flux[point].z = flux[point - layer].z }
      }
    }
  }
}
