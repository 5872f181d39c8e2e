import Meshing

extension RandomDeck {
  /// The nodes and cells of all bodies under labels that need not follow one another.
  mutating func writeNodesAndCells() {
    for body in bodies {
      let first = points.count
      points += body.points
      for end in 0...1 { ends[end] += body.ends[end].map { $0 + first } }
      cells += body.cells.map {
        RandomMesh.Cell(type: $0.type, nodes: $0.nodes.map { $0 + first })
      }
    }
    nodeLabels = labels(points.count)
    cellLabels = labels(cells.count)
    lines.append("*NODE, NSET=NALL")
    let order = random.chance(0.3) ? random.shuffled(Array(points.indices)) : Array(points.indices)
    for node in order {
      let point = points[node]
      lines.append(
        "\(nodeLabels[node]), \(point.x.inDeck), \(point.y.inDeck), \(point.z.inDeck)")
    }
    var seen: [ElementType] = []
    for type in cells.map(\.type) where !seen.contains(type) { seen.append(type) }
    for type in seen {
      let name = "E" + type.rawValue
      cellSets.append((name, type))
      allCellSets.append(name)
      lines.append("*ELEMENT, TYPE=\(type.rawValue), ELSET=\(name)")
      for (index, cell) in cells.enumerated() where cell.type == type {
        writeList([cellLabels[index]] + cell.nodes.map { nodeLabels[$0] }, isOneList: true)
      }
    }
    lines.append("*ELSET, ELSET=EALL")
    lines.append(cellSets.map(\.name).joined(separator: ", "))
  }

  private mutating func labels(_ count: Int) -> [Int] {
    let first = random.one(of: [1, 1, 11, 101])
    if random.chance(0.6) { return Array(first..<first + count) }
    var labels: [Int] = []
    var next = first
    for _ in 0..<count {
      labels.append(next)
      next += random.count(1...3)
    }
    return random.chance(0.5) ? random.shuffled(labels) : labels
  }

  /// Whole numbers, ten a line; a line that goes on ends with a comma where they are one list.
  mutating func writeList(_ numbers: [Int], isOneList: Bool = false) {
    for start in stride(from: 0, to: numbers.count, by: 10) {
      let part = numbers[start..<min(start + 10, numbers.count)]
      let goesOn = isOneList && start + 10 < numbers.count
      lines.append(part.map(String.init).joined(separator: ", ") + (goesOn ? "," : ""))
    }
  }

  /// Sets of nodes and cells, and surfaces, for loads and prints.
  mutating func writeSets() {
    writeNodeSet("NLEFT", ends[0])
    writeNodeSet("NRIGHT", ends[1])
    for index in 0..<random.count(1...3) {
      var members = random.some(of: Array(points.indices), least: 1, most: 6)
      if random.chance(0.1) { members.append(members[0]) }
      writeNodeSet("NS\(index)", members)
      nodeSets.append("NS\(index)")
    }
    if random.chance(0.1) {
      lines.append("*NSET, NSET=NSETS")
      lines.append("NS0, \(nodeLabels[0]), NRIGHT")
      nodeSets.append("NSETS")
    }
    if random.chance(0.2), nodeLabels == Array(nodeLabels[0]..<nodeLabels[0] + nodeLabels.count) {
      lines.append("*NSET, NSET=NGEN, GENERATE")
      let last = nodeLabels[0] + (nodeLabels.count - 1) / 2 * 2
      lines.append("\(nodeLabels[0]), \(last), 2")
      nodeSets.append("NGEN")
    }
    for index in 0..<random.count(1...2) {
      lines.append("*ELSET, ELSET=ES\(index)")
      writeList(
        random.some(of: Array(cells.indices), least: 1, most: 4).map { cellLabels[$0] })
      allCellSets.append("ES\(index)")
    }
    for index in 0..<random.count(1...2) {
      lines.append("*SURFACE, NAME=SURF\(index)" + (random.chance(0.5) ? ", TYPE=ELEMENT" : ""))
      if random.chance(0.3), let set = cellSets.first {
        lines.append("\(set.name), S\(random.count(1...set.type.sideCount))")
      } else {
        var sides: Set<SIMD2<Int>> = []
        for _ in 0..<random.count(1...3) {
          let cell = random.count(0...cells.count - 1)
          let side = random.count(1...cells[cell].type.sideCount)
          guard sides.insert(SIMD2(cell, side)).inserted else { continue }
          lines.append("\(cellLabels[cell]), S\(side)")
        }
      }
      surfaces.append("SURF\(index)")
    }
  }

  private mutating func writeNodeSet(_ name: String, _ members: [Int]) {
    lines.append("*NSET, NSET=\(name)")
    writeList(members.map { nodeLabels[$0] })
  }
}
