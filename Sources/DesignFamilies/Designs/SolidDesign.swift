internal import DesignProblem
internal import HeapModule

/// A black and white design of a part: what would be made.
package struct SolidDesign: Sendable, Equatable {
  /// Elements.
  package let size: GridSize
  /// Which are solid, `[row][column]`.
  package private(set) var solid: [Bool]
  /// Which of them are of the second solid, `[row][column]`; empty where designs have one solid.
  package private(set) var second: [Bool] = []
  /// What elements are made of whatever the densities say, while a design is made; empty where all are designed.
  private var fillings: [PassiveRegion.Filling?] = []
  /// Whether the image goes on at its other ends, while a design is made.
  private var isPeriodic = false
  /// The number of solid elements.
  package var solidCount: Int { solid.lazy.filter { $0 }.count }
  /// The number of elements of the second solid.
  package var secondCount: Int { second.lazy.filter { $0 }.count }
  /// 1 where solid, 0 where not; with two solids behind it 1 where the second one is.
  package var density: [Double] { (solid + second).map { $0 ? 1 : 0 } }

  /// A design.
  ///
  /// - Parameter second: Which solid elements are of the second solid; empty where designs have one solid.
  package init(size: GridSize, solid: [Bool], second: [Bool] = []) {
    precondition(
      solid.count == size.elementCount && [0, solid.count].contains(second.count),
      "\(solid.count) and \(second.count) elements at \(size)")
    self.size = size
    self.solid = solid
    self.second = zip(solid, second).map { $0 && $1 }
  }

  /// The design with the given densities, and with two solids the shares of the second behind them, cut at a half.
  package init(size: GridSize, thresholding density: [Double]) {
    let cut = density.map { $0 >= 0.5 }
    let count = size.elementCount
    self.init(size: size, solid: Array(cut.prefix(count)), second: Array(cut.dropFirst(count)))
  }

  /// The densest elements; of equal ones the first. What a task makes solid comes before all of them, what it makes void after.
  init(filling count: Int, of density: [Double], for problem: DesignTask) {
    var density = Array(density.prefix(problem.size.elementCount))
    for (element, filling) in problem.fillings.enumerated() {
      if let filling { density[element] = filling == .solid ? .infinity : -.infinity }
    }
    self.init(size: problem.size, solid: Self.densest(count, of: density))
  }

  /// The design that fills a problem's volume to the element, joins every load to a support, and has nothing that carries no load.
  ///
  /// The densest elements are filled first. Then bodies that meet in a corner are joined by its denser void; loads that no solid joins to a
  /// support are joined along the path of least missing density; bodies without a load go; and volume is brought back at the surface, the
  /// densest void first or the thinnest solid, never cutting a body. What the task makes solid stays solid, each body of it joined to a support; what it
  /// makes void stays void. With a matrix the densest elements are all: it joins everything.
  ///
  /// Of the cell of a periodic material the largest body is kept, joined over its ends. Of two solids an element has the one with the larger share; where
  /// the task limits the volume of one of them, no more of it than that, the largest shares first.
  ///
  /// - Parameters:
  ///   - density: Physical densities, `[row][column]`, with two solids the shares of the second behind them.
  ///   - joinsAllSupports: Whether every support is joined too, for problems in which one alone holds nothing.
  /// - Returns: `nil` where the volume is too small for the joints, or a cell does not hang together with the next ones.
  /// - Complexity: O(*n* log *n*) in elements.
  package init?(
    making density: [Double], for problem: DesignTask, joinsAllSupports: Bool = false
  ) {
    self.init(filling: problem.solidCount, of: density, for: problem)
    let share = Array(density.dropFirst(size.elementCount))
    guard !problem.isBonded else {
      second = problem.second(of: share, in: solid)
      return
    }
    let density = problem.withPassive(Array(density.prefix(size.elementCount)))
    fillings = problem.fillings
    isPeriodic = problem.isCell
    defer { (fillings, isPeriodic) = ([], false) }
    if problem.isCell {
      fillHinges(along: density)
      keepLargestBody()
      guard restore(problem.solidCount, density: density, supports: [], keeping: []),
        CellBody(of: solid, size).spans
      else { return nil }
      second = problem.second(of: share, in: solid)
      return
    }
    let supports = problem.supportElements
    let loads = problem.loadElements + problem.passiveBodies
    fillHinges(along: density)
    for load in loads { join(load, to: supports, along: density) }
    var kept = loads
    if joinsAllSupports {
      let each = problem.elementsOfEachSupport
      for support in each { join(support, to: loads.flatMap { $0 }, along: density) }
      kept += each
    }
    keepCarrying(from: supports, to: loads)
    guard restore(problem.solidCount, density: density, supports: supports, keeping: kept) else {
      return nil
    }
    second = problem.second(of: share, in: solid)
  }

  /// Removes all but the largest body of a cell.
  private mutating func keepLargestBody() {
    let body = CellBody(of: solid, size)
    for element in solid.indices where solid[element] {
      solid[element] = isPassive(element) == .solid || body.isMember[element]
    }
  }

  /// Marks the elements of greatest density; of equal ones the first.
  private static func densest(_ count: Int, of density: [Double]) -> [Bool] {
    let order = density.indices.sorted { a, b in
      density[a] != density[b] ? density[a] > density[b] : a < b
    }
    var solid = [Bool](repeating: false, count: density.count)
    for element in order.prefix(count) { solid[element] = true }
    return solid
  }

  /// Joins bodies that meet in a corner alone by the denser of the two void elements there.
  private mutating func fillHinges(along density: [Double]) {
    let labels = SolidLabels(of: solid, size, isPeriodic: isPeriodic).labels
    let last = isPeriodic ? 0 : 1
    for row in 0..<(size.rows - last) {
      for column in 0..<(size.columns - last) {
        let (right, below) = ((column + 1) % size.columns, (row + 1) % size.rows * size.columns)
        let a = row * size.columns + column
        let (b, c, d) = (row * size.columns + right, below + column, below + right)
        let isFalling = solid[a] && solid[d] && !solid[b] && !solid[c] && labels[a] != labels[d]
        let isRising = solid[b] && solid[c] && !solid[a] && !solid[d] && labels[b] != labels[c]
        if isFalling {
          fill(density[b] >= density[c] ? b : c, or: density[b] >= density[c] ? c : b)
        }
        if isRising { fill(density[a] >= density[d] ? a : d, or: density[a] >= density[d] ? d : a) }
      }
    }
  }

  /// Makes the first of two elements solid that may be.
  private mutating func fill(_ first: Int, or second: Int) {
    if let element = [first, second].first(where: { isPassive($0) != .void }) {
      solid[element] = true
    }
  }

  /// What an element is made of whatever the densities say.
  private func isPassive(_ element: Int) -> PassiveRegion.Filling? {
    fillings.isEmpty ? nil : fillings[element]
  }

  /// Fills the path between two sets of elements on which the least density is missing (Dijkstra's).
  private mutating func join(_ start: [Int], to goal: [Int], along density: [Double]) {
    let goals = Set(goal)
    func cost(_ element: Int) -> Double { solid[element] ? 0 : 1e-3 + 1 - density[element] }
    var distance = [Double](repeating: .infinity, count: solid.count)
    var previous = [Int](repeating: -1, count: solid.count)
    let start = start.filter { isPassive($0) != .void }
    for element in start { distance[element] = cost(element) }
    var queue = Heap(start.map { Entry(element: $0, key: distance[$0]) })
    while let nearest = queue.popMin() {
      let element = nearest.element
      if nearest.key > distance[element] { continue }
      if goals.contains(element) {
        var current = element
        while current >= 0 {
          solid[current] = true
          current = previous[current]
        }
        return
      }
      size.forEachNeighbour(of: element) { neighbour in
        guard isPassive(neighbour) != .void else { return }
        let length = nearest.key + cost(neighbour)
        if length < distance[neighbour] {
          distance[neighbour] = length
          previous[neighbour] = element
          queue.insert(Entry(element: neighbour, key: length))
        }
      }
    }
  }

  /// Removes bodies that do not carry a load to a support.
  private mutating func keepCarrying(from supports: [Int], to loads: [[Int]]) {
    let labels = SolidLabels(of: solid, size)
    let carrying = labels.bodies(with: supports)
      .intersection(loads.reduce(into: Set()) { $0.formUnion(labels.bodies(with: $1)) })
    for element in solid.indices where solid[element] {
      solid[element] =
        isPassive(element) == .solid || carrying.contains(labels.labels[element])
    }
  }

  /// Adds or removes elements at the surface until there are so many; each set of elements keeps a solid one, and each body a support.
  private mutating func restore(
    _ count: Int, density: [Double], supports: [Int], keeping sets: [[Int]]
  ) -> Bool {
    var missing = count - solidCount
    if missing > 0 {
      var queue = Heap(
        solid.indices.filter { !solid[$0] && isPassive($0) != .void && touchesSolid($0) }
          .map { Entry(element: $0, key: -density[$0]) })
      while missing > 0, let element = queue.popMin()?.element {
        guard !solid[element] else { continue }
        solid[element] = true
        missing -= 1
        size.forEachNeighbour(of: element, isPeriodic: isPeriodic) {
          if !solid[$0], isPassive($0) != .void {
            queue.insert(Entry(element: $0, key: -density[$0]))
          }
        }
      }
      return missing == 0
    }
    var queue = Heap(
      solid.indices.filter { solid[$0] }.map { Entry(element: $0, key: density[$0]) })
    // Removal neither joins nor cuts bodies: how many elements at supports each has left is all that must be kept count of.
    let bodies = SolidLabels(of: solid, size, isPeriodic: isPeriodic)
    let isSupport = Set(supports)
    var supportCounts = [Int](repeating: 0, count: bodies.count)
    for element in supports where solid[element] { supportCounts[bodies.labels[element]] += 1 }
    while missing < 0, let element = queue.popMin()?.element {
      guard solid[element], isPassive(element) != .solid, canLose(element, sets) else { continue }
      if isSupport.contains(element) {
        guard supportCounts[bodies.labels[element]] > 1 else { continue }
        supportCounts[bodies.labels[element]] -= 1
      }
      solid[element] = false
      missing += 1
      // Those that had to stay because of it may go now.
      size.forEachNeighbour(of: element, .eight, isPeriodic: isPeriodic) {
        if solid[$0] { queue.insert(Entry(element: $0, key: density[$0])) }
      }
    }
    return missing == 0
  }

  private func touchesSolid(_ element: Int) -> Bool {
    var touches = false
    size.forEachNeighbour(of: element, isPeriodic: isPeriodic) { touches = touches || solid[$0] }
    return touches
  }

  /// Whether the solid around an element hangs together without it, and no set loses its last solid element.
  private func canLose(_ element: Int, _ sets: [[Int]]) -> Bool {
    for set in sets where set.contains(element) {
      if !set.contains(where: { $0 != element && solid[$0] }) { return false }
    }
    // The eight places around it in a circle: their solid runs, joined by sides, that touch the element by a side must be one.
    let (row, column) = (element / size.columns, element % size.columns)
    let circle = [(-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1)].map {
      down, right -> Bool in
      var (r, c) = (row + down, column + right)
      if isPeriodic {
        (r, c) = ((r + size.rows) % size.rows, (c + size.columns) % size.columns)
      }
      guard r >= 0, r < size.rows, c >= 0, c < size.columns else { return false }
      return solid[r * size.columns + c]
    }
    let sideCount = [0, 2, 4, 6].filter { circle[$0] }.count
    let linkCount = [1, 3, 5, 7].filter { circle[$0] && circle[$0 - 1] && circle[($0 + 1) % 8] }
      .count
    // 1 at a surface; 0 inside, where a hole would come; more where the element joins bodies.
    return sideCount - linkCount == 1
  }
}

/// An element in a queue, by a key; of equal keys the first element, so that the order is always the same.
private struct Entry: Comparable {
  let element: Int
  let key: Double

  static func < (a: Self, b: Self) -> Bool {
    a.key != b.key ? a.key < b.key : a.element < b.element
  }
}
