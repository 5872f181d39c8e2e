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
    }

    init(_ structure: Structure, _ solution: ElasticSolution, _ temperature: [Double]?) {
      let (slots, positions) = Self.slots(structure)
      self.slots = slots
      let blocks = structure.blocks
      let isInside = Self.isInside(blocks, slots, positions.count)
      let patches = Self.patches(structure, solution, temperature, slots, positions.count)

      // Polynomials at the corners.
      let width = blocks.contains { $0.type.shape.isQuadratic } ? Polynomial.largestTermCount : 4
      let coefficients = Slots<SymmetricTensor>(positions.count * width, .zero)
      // What coordinates are divided by; zero where there is no polynomial.
      var scales = [Double](repeating: 0, count: positions.count)
      scales.mutateChunksInParallel(ofLength: 128) { first, part in
        for place in 0..<part.count {
          let slot = first + place
          part[place] = Self.fit(
            patches, blocks, slot, isInside: isInside[slot], around: positions[slot],
            into: coefficients[slot * width..<(slot + 1) * width])
        }
      }
      let lengths = scales
      let terms = coefficients.array
      let sources = Self.sources(blocks, slots, hasPolynomial: lengths.map { $0 > 0 })
      stress = Self.means(structure, solution, slots, positions.count)
      let dimension = blocks.map(\.type.shape.dimension).max() ?? 3
      stress.mutateChunksInParallel(ofLength: 256) { first, part in
        for place in 0..<part.count {
          let slot = first + place
          let own = lengths[slot] > 0
          if own { part[place] = terms[slot * width] }
          guard !own, !sources[slot].isEmpty else { continue }
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

    /// Fits the polynomial of one patch.
    ///
    /// - Returns: What coordinates are divided by, or zero where there is no polynomial: amid an edge, and on the
    ///   boundary of linear cells.
    private static func fit(
      _ patches: Patches, _ blocks: [Structure.Block], _ slot: Int, isInside: Bool,
      around center: SIMD3<Double>,
      into coefficients: UnsafeMutableBufferPointer<SymmetricTensor>
    ) -> Double {
      let cells = patches.cells[Int(patches.starts[slot])..<Int(patches.starts[slot + 1])]
      var scale = 0.0
      var isQuadratic = true
      var dimension = 3
      for cell in cells {
        let (number, perCell) = (Int(cell.x), patches.samplesPerCell[Int(cell.x)])
        isQuadratic = isQuadratic && blocks[number].type.shape.isQuadratic
        dimension = blocks[number].type.shape.dimension
        for sample in patches.samples[number][Int(cell.y) * perCell..<(Int(cell.y) + 1) * perCell] {
          scale = max(scale, (sample.position - center).length)
        }
      }
      guard scale > 0, isInside || isQuadratic else { return 0 }
      var system = Polynomial.NormalEquations(dimension: dimension, isQuadratic: isQuadratic)
      for cell in cells {
        let (number, perCell) = (Int(cell.x), patches.samplesPerCell[Int(cell.x)])
        for sample in patches.samples[number][Int(cell.y) * perCell..<(Int(cell.y) + 1) * perCell] {
          system.add(sample.stress, at: (sample.position - center) / scale)
        }
      }
      system.solve(into: coefficients)
      return scale
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
