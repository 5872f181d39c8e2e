internal import FiniteElements
internal import Meshing
internal import NumericalMethods
internal import Parallelism

extension ErrorEstimate {
  /// A smooth stress at the nodes, one value per node and material.
  ///
  /// At a corner a polynomial of the degree of the shape functions is fitted to the stresses at the best points of the
  /// cells that meet there; a node amid an edge takes the mean of what its ends' polynomials are there. On the
  /// boundary few cells meet, all on one side. Those of second degree have samples enough for all but some squares
  /// there, which are left out. (Polynomials of neighbours inside, reaching that far, made the estimate three times the
  /// error with four bricks to an edge; plain means a seventh of it in plates one cell thick.) Linear cells have one
  /// sample each, and corners on the boundary use the polynomials of neighbours inside; where there are none, the
  /// plain mean of what the cells' integration points, extended to the node, say.
  struct RecoveredStress: Sendable {
    /// For every block, the place in ``stress`` of each entry of its connectivity.
    let slots: [[Int32]]
    /// Recovered stresses, one for every node and each material that meets it.
    private(set) var stress: [SymmetricTensor]

    /// The cells at every corner, and what is sampled in them.
    private struct Patches {
      /// Where the cells of a slot begin; one more at the end.
      var starts: [Int32]
      /// Block and place in the block.
      var cells: [SIMD2<Int32>]
      /// Best points of every block's cells.
      var samples: [[(position: SIMD3<Double>, stress: SymmetricTensor)]]
      var samplesPerCell: [Int]

      /// Visits the samples around a slot.
      @inline(__always)
      private func forEachSample(
        _ slot: Int, _ visit: (SIMD3<Double>, SymmetricTensor) -> Void
      ) {
        for place in Int(starts[slot])..<Int(starts[slot + 1]) {
          let (number, cell) = (Int(cells[place].x), Int(cells[place].y))
          let perCell = samplesPerCell[number]
          for sample in cell * perCell..<(cell + 1) * perCell {
            visit(samples[number][sample].position, samples[number][sample].stress)
          }
        }
      }

      /// What coordinates of a patch are divided by, or zero where there is no polynomial: amid an edge, and on the
      /// boundary of linear cells.
      func scale(
        _ slot: Int, _ blocks: [Structure.Block], isInside: Bool, around center: SIMD3<Double>
      ) -> Double {
        guard isInside || isQuadratic(slot, blocks) else { return 0 }
        var scale = 0.0
        forEachSample(slot) { position, _ in scale = max(scale, (position - center).length) }
        return scale
      }

      /// The terms of the polynomial fitted to the samples around a slot.
      func fit(
        _ slot: Int, _ blocks: [Structure.Block], around center: SIMD3<Double>, scale: Double
      ) -> InlineArray<10, SymmetricTensor> {
        let first = Int(cells[Int(starts[slot])].x)
        var system = Polynomial.NormalEquations(
          dimension: blocks[first].type.shape.dimension, isQuadratic: isQuadratic(slot, blocks))
        forEachSample(slot) { position, stress in
          system.add(stress, at: (position - center) / scale)
        }
        return system.solution()
      }

      /// Whether all cells at a slot are quadratic.
      private func isQuadratic(_ slot: Int, _ blocks: [Structure.Block]) -> Bool {
        (starts[slot]..<starts[slot + 1]).allSatisfy {
          blocks[Int(cells[Int($0)].x)].type.shape.isQuadratic
        }
      }
    }

    init(_ structure: Structure, _ solution: ElasticSolution, _ temperature: [Double]?) {
      let (slots, positions) = Self.slots(structure)
      self.slots = slots
      let blocks = structure.blocks
      let isInside = Self.isInside(blocks, slots, positions.count)
      let patches = Self.patches(structure, solution, temperature, slots, positions.count)

      // Polynomials at the corners.
      let width = blocks.contains { $0.type.shape.isQuadratic } ? Polynomial.largestTermCount : 4
      // What coordinates are divided by; zero where there is no polynomial.
      var scales = [Double](repeating: 0, count: positions.count)
      scales.mutateChunksInParallel(ofLength: 256) { first, part in
        for place in 0..<part.count {
          let slot = first + place
          part[place] = patches.scale(
            slot, blocks, isInside: isInside[slot], around: positions[slot])
        }
      }
      let lengths = scales
      var coefficients = [SymmetricTensor](repeating: .zero, count: positions.count * width)
      coefficients.mutateChunksInParallel(ofLength: 128 * width) { first, part in
        for place in stride(from: 0, to: part.count, by: width) {
          let slot = (first + place) / width
          guard lengths[slot] > 0 else { continue }
          let terms = patches.fit(slot, blocks, around: positions[slot], scale: lengths[slot])
          for term in 0..<width { part[place + term] = terms[term] }
        }
      }
      let terms = coefficients
      let sources = Self.sources(blocks, slots, hasPolynomial: lengths.map { $0 > 0 })
      stress = Self.means(structure, solution, slots, positions.count)
      let dimension = blocks.map(\.type.shape.dimension).max() ?? 3
      stress.mutateChunksInParallel(ofLength: 256) { first, part in
        for place in 0..<part.count {
          let slot = first + place
          let hasPolynomial = lengths[slot] > 0
          if hasPolynomial { part[place] = terms[slot * width] }
          guard !hasPolynomial, !sources[slot].isEmpty else { continue }
          var sum = SymmetricTensor.zero
          for source in sources[slot] {
            let origin = Int(source)
            let monomials = Polynomial.terms(
              (positions[slot] - positions[origin]) / lengths[origin], dimension,
              isQuadratic: width > 4)
            for term in 0..<width { sum = sum + monomials[term] * terms[origin * width + term] }
          }
          part[place] = (1 / Double(sources[slot].count)) * sum
        }
      }
    }

    /// Numbers the nodes anew, once for every material that meets there.
    private static func slots(
      _ structure: Structure
    ) -> (slots: [[Int32]], positions: [SIMD3<Double>]) {
      // Materials stand here once per block and section; those that are the same belong together, in cells of one theory.
      var theories = [ElementType.Theory](repeating: .solid, count: structure.materials.count)
      for block in structure.blocks {
        for material in Set(block.materialOfCell) { theories[Int(material)] = block.type.theory }
      }
      var kinds: [Int] = []
      for (index, material) in structure.materials.enumerated() {
        kinds.append(
          structure.materials[..<index].firstIndex {
            $0.material == material.material && $0.orientation == material.orientation
              && $0.thickness == material.thickness
          } ?? index)
        if theories[kinds[index]] != theories[index] { kinds[index] = index }
      }
      struct Pair: Hashable { var node, kind: Int32 }
      var positions = structure.nodes
      var kindOfNode = [Int32](repeating: -1, count: positions.count)
      var more: [Pair: Int32] = [:]
      let slots = structure.blocks.map { block in
        block.connectivity.enumerated().map { place, node in
          let kind = Int32(kinds[Int(block.materialOfCell[place / block.nodeCount])])
          if kindOfNode[Int(node)] < 0 { kindOfNode[Int(node)] = kind }
          if kindOfNode[Int(node)] == kind { return node }
          if let slot = more[Pair(node: node, kind: kind)] { return slot }
          let slot = Int32(positions.count)
          positions.append(structure.nodes[Int(node)])
          more[Pair(node: node, kind: kind)] = slot
          return slot
        }
      }
      return (slots, positions)
    }

    /// Whether there are cells all around a slot: each side it lies on belongs to two.
    ///
    /// Every side is hashed and the hashes of the sides at a node are combined by exclusive or, which pairs cancel.
    private static func isInside(
      _ blocks: [Structure.Block], _ slots: [[Int32]], _ count: Int
    ) -> [Bool] {
      var hashes = [UInt64](repeating: 0, count: count)
      for (block, slots) in zip(blocks, slots) {
        let sides = block.type.shape.sides
        for cell in 0..<block.count {
          let first = cell * block.nodeCount
          for side in sides {
            var hash: UInt64 = 0
            for node in side { hash &+= mixed(UInt64(slots[first + node])) }
            hash = mixed(hash)
            for node in side { hashes[Int(slots[first + node])] ^= hash }
          }
        }
      }
      return hashes.map { $0 == 0 }
    }

    /// The finalizer of SplitMix64.
    ///
    /// - Source: Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014.
    private static func mixed(_ value: UInt64) -> UInt64 {
      var z = value &+ 0x9E37_79B9_7F4A_7C15
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }

    /// Samples all cells and lists which meet at which corner.
    private static func patches(
      _ structure: Structure, _ solution: ElasticSolution, _ temperature: [Double]?,
      _ slots: [[Int32]], _ count: Int
    ) -> Patches {
      var patches = Patches(starts: [], cells: [], samples: [], samplesPerCell: [])
      var starts = [Int32](repeating: 0, count: count + 1)
      for (number, block) in structure.blocks.enumerated() {
        let reader = StressReader(structure, number, solution, temperature, .best(block.type))
        let perCell = reader.points.count
        var samples = [(position: SIMD3<Double>, stress: SymmetricTensor)](
          repeating: (.zero, .zero), count: block.count * perCell)
        samples.mutateChunksInParallel(ofLength: 64 * perCell) { first, part in
          var scratch = StressReader.Scratch(reader)
          for cell in 0..<part.count / perCell {
            reader.read(first / perCell + cell, into: &scratch)
            for point in 0..<perCell {
              let state = scratch.states[point]
              part[cell * perCell + point] = (state.position, state.stress)
            }
          }
        }
        patches.samples.append(samples)
        patches.samplesPerCell.append(perCell)
        for cell in 0..<block.count {
          for corner in 0..<block.type.shape.cornerCount {
            starts[Int(slots[number][cell * block.nodeCount + corner]) + 1] += 1
          }
        }
      }
      for slot in 0..<count { starts[slot + 1] += starts[slot] }
      var next = starts
      patches.cells = Array(repeating: .zero, count: Int(starts[count]))
      for (number, block) in structure.blocks.enumerated() {
        for cell in 0..<block.count {
          for corner in 0..<block.type.shape.cornerCount {
            let slot = Int(slots[number][cell * block.nodeCount + corner])
            patches.cells[Int(next[slot])] = [Int32(number), Int32(cell)]
            next[slot] += 1
          }
        }
      }
      patches.starts = starts
      return patches
    }

    /// The corners whose polynomials hold at each slot that has none of its own; none where the plain mean holds.
    private static func sources(
      _ blocks: [Structure.Block], _ slots: [[Int32]], hasPolynomial: [Bool]
    ) -> [[Int32]] {
      var sources = [[Int32]](repeating: [], count: hasPolynomial.count)
      // A corner of linear cells on the boundary takes those of its cells' other corners; twice, so that corners of
      // bodies are reached whose neighbours lie on edges.
      var isReached = hasPolynomial
      for _ in 0..<2 {
        let before = sources
        for (block, slots) in zip(blocks, slots) where !block.type.shape.isQuadratic {
          for first in stride(from: 0, to: slots.count, by: block.nodeCount) {
            for place in first..<first + block.nodeCount where !isReached[Int(slots[place])] {
              for other in first..<first + block.nodeCount {
                let corner = slots[other]
                sources[Int(slots[place])].add(
                  contentsOf: hasPolynomial[Int(corner)] ? [corner] : before[Int(corner)])
              }
            }
          }
        }
        for slot in sources.indices where !sources[slot].isEmpty { isReached[slot] = true }
      }
      for (block, slots) in zip(blocks, slots) where block.type.shape.isQuadratic {
        let shape = block.type.shape
        let edges = shape.edges
        for cell in 0..<block.count {
          let first = cell * block.nodeCount
          for (edge, ends) in edges.enumerated() {
            let slot = Int(slots[first + shape.cornerCount + edge])
            for end in [Int(slots[first + ends.0]), Int(slots[first + ends.1])]
            where hasPolynomial[end] {
              sources[slot].add(contentsOf: [Int32(end)])
            }
          }
        }
      }
      return sources
    }

    /// At every slot the mean of what the integration points of its cells, extended to it, say.
    private static func means(
      _ structure: Structure, _ solution: ElasticSolution, _ slots: [[Int32]], _ count: Int
    ) -> [SymmetricTensor] {
      var sums = [SymmetricTensor](repeating: .zero, count: count)
      var counts = [Double](repeating: 0, count: count)
      for (number, block) in structure.blocks.enumerated() {
        let extrapolation = Extrapolation.nodes(of: block.type)
        let field = solution.stress.blocks[number]
        for (place, slot) in slots[number].enumerated() {
          let (cell, node) = (place / block.nodeCount, place % block.nodeCount)
          for point in 0..<field.pointCount {
            sums[Int(slot)] =
              sums[Int(slot)]
              + extrapolation.matrix[node * field.pointCount + point]
              * field.values[cell * field.pointCount + point]
          }
          counts[Int(slot)] += 1
        }
      }
      for slot in 0..<count where counts[slot] > 0 { sums[slot] = (1 / counts[slot]) * sums[slot] }
      return sums
    }
  }
}

extension [Int32] {
  /// Appends what is not there yet, up to a dozen.
  fileprivate mutating func add(contentsOf others: [Int32]) {
    for other in others where count < 12 && !contains(other) { append(other) }
  }
}
