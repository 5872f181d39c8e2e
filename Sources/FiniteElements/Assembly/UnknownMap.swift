public import LinearAlgebra

/// How the values at the nodes follow from the unknowns of a linear system.
///
/// A *slot* is one value at one node: `node · width + component`. Each slot is free, held at a value, or
/// follows from other slots by a linear equation; resolved, it reads
///
///     value(slot) = Σ coefficient · unknown + Σ coefficient · held value
///
/// Unknowns are numbered in elimination order, so that the matrix is assembled where its factor needs it.
public struct UnknownMap: Sendable {
  /// Values per node: 3 displacements, or 1 temperature.
  public let width: Int
  /// Values at all nodes.
  public let slotCount: Int
  /// Columns of the linear system.
  public private(set) var unknownCount = 0
  /// The matrix pattern of the linear system.
  public private(set) var pattern = SparsityPattern(size: 0, columnStarts: [0], rows: [])

  /// The unknown of a slot that is exactly one unknown; `held` or `mixed` otherwise.
  public private(set) var unknownOfSlot: [Int32]
  /// The slot is held, or never used: its value does not depend on any unknown.
  public static let held: Int32 = -1
  /// The slot is a combination of unknowns and held values.
  public static let mixed: Int32 = -2

  /// Combinations of the slots that are mixed.
  public private(set) var combinations: [Int: Combination] = [:]

  /// A value as unknowns and held slots, each with its coefficient.
  public struct Combination: Sendable {
    /// Unknowns and their coefficients; slots until the unknowns are numbered.
    public var unknowns: [(number: Int32, coefficient: Double)] = []
    /// Held slots and their coefficients.
    public var heldSlots: [(slot: Int, coefficient: Double)] = []
  }

  /// One equation Σ coefficient · value(slot) = 0, resolved for its first slot.
  public typealias Equation = [(slot: Int, coefficient: Double)]

  /// Numbers the unknowns of a mesh.
  ///
  /// - Parameters:
  ///   - nodeCount: Nodes of the mesh.
  ///   - width: Values per node.
  ///   - cells: Runs over the cells: calls its argument with the slots of every cell.
  ///   - heldSlots: Slots with a prescribed value.
  ///   - equations: Equations between slots; the first slot of each is eliminated.
  /// - Complexity: O(cells · nodes²), plus nested dissection on the nodes.
  public init(
    nodeCount: Int, width: Int, heldSlots: [Int], equations: [Equation],
    cells: (_ visit: ([Int]) -> Void) -> Void
  ) throws {
    self.width = width
    slotCount = nodeCount * width
    unknownOfSlot = Array(repeating: Self.held, count: slotCount)
    var isHeld = [Bool](repeating: false, count: slotCount)
    for slot in heldSlots { isHeld[slot] = true }
    try resolve(equations, isHeld: isHeld)

    // Free slots: used by a cell or by an equation, not held, not eliminated.
    var isFree = [Bool](repeating: false, count: slotCount)
    cells { slots in
      for slot in slots where !isHeld[slot] && combinations[slot] == nil { isFree[slot] = true }
    }
    for combination in combinations.values {
      for term in combination.unknowns { isFree[Int(term.number)] = true }
    }
    var groupOfNode = [Int32](repeating: -1, count: nodeCount)
    var nodeOfGroup: [Int] = []
    for node in 0..<nodeCount
    where (0..<width).contains(where: { isFree[node * width + $0] }) {
      groupOfNode[node] = Int32(nodeOfGroup.count)
      nodeOfGroup.append(node)
    }

    // Nodes coupled by each cell, through the equations too.
    var groupStarts = [0]
    var members: [Int32] = []
    cells { slots in
      let start = groupStarts[groupStarts.count - 1]
      func add(_ node: Int) {
        let group = groupOfNode[node]
        if group >= 0 && !members[start...].contains(group) { members.append(group) }
      }
      for slot in slots {
        if isFree[slot] {
          add(slot / width)
        } else if let combination = combinations[slot] {
          for term in combination.unknowns { add(Int(term.number) / width) }
        }
      }
      groupStarts.append(members.count)
    }
    try number(isFree, nodeOfGroup, groupStarts, &members)
  }

  /// Orders the nodes, numbers their unknowns and makes the pattern.
  private mutating func number(
    _ isFree: [Bool], _ nodeOfGroup: [Int], _ groupStarts: [Int], _ members: inout [Int32]
  ) throws {
    let graph = SparsityPattern(
      size: nodeOfGroup.count, groupStarts: groupStarts, members: members)
    let order = try nestedDissection(of: graph)
    var place = [Int32](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { place[old] = Int32(new) }
    for index in members.indices { members[index] = place[Int(members[index])] }
    let ordered = SparsityPattern(size: order.count, groupStarts: groupStarts, members: members)
    var widths: [Int] = []
    for group in order {
      let node = nodeOfGroup[group]
      let first = unknownCount
      for slot in node * width..<(node + 1) * width where isFree[slot] {
        unknownOfSlot[slot] = Int32(unknownCount)
        unknownCount += 1
      }
      widths.append(unknownCount - first)
    }
    pattern = ordered.expanded(widths: widths)
    for (slot, combination) in combinations {
      unknownOfSlot[slot] = Self.mixed
      combinations[slot]?.unknowns = combination.unknowns.map {
        (unknownOfSlot[Int($0.number)], $0.coefficient)
      }
    }
  }

  /// Resolves every equation for its first slot in terms of free and held slots.
  private mutating func resolve(_ equations: [Equation], isHeld: [Bool]) throws(ConstraintError) {
    var equationOf: [Int: Int] = [:]
    for (number, equation) in equations.enumerated() {
      guard let slot = equation.first?.slot else { continue }
      if equationOf.updateValue(number, forKey: slot) != nil {
        throw .eliminatedTwice(node: slot / width, component: slot % width)
      }
      if isHeld[slot] { throw .heldAndEliminated(node: slot / width, component: slot % width) }
    }
    var underWay: Set<Int> = []
    func combination(of slot: Int) throws(ConstraintError) -> Combination {
      if let known = combinations[slot] { return known }
      guard let number = equationOf[slot] else {
        return isHeld[slot]
          ? Combination(heldSlots: [(slot, 1)]) : Combination(unknowns: [(Int32(slot), 1)])
      }
      guard underWay.insert(slot).inserted else {
        throw .cyclic(node: slot / width, component: slot % width)
      }
      var sum: [Int: Double] = [:]
      var heldSum: [Int: Double] = [:]
      let equation = equations[number]
      for term in equation.dropFirst() where term.coefficient != 0 {
        let factor = -term.coefficient / equation[0].coefficient
        let part = try combination(of: term.slot)
        for unknown in part.unknowns {
          sum[Int(unknown.number), default: 0] += factor * unknown.coefficient
        }
        for held in part.heldSlots { heldSum[held.slot, default: 0] += factor * held.coefficient }
      }
      let result = Combination(
        unknowns: sum.sorted { $0.key < $1.key }.map { (Int32($0.key), $0.value) },
        heldSlots: heldSum.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      combinations[slot] = result
      return result
    }
    for slot in equationOf.keys.sorted() { _ = try combination(of: slot) }
  }

  /// The same map without its pattern, which only assembly needs.
  public func withoutPattern() -> UnknownMap {
    var map = self
    map.pattern = SparsityPattern(size: 0, columnStarts: [0], rows: [])
    return map
  }

  /// The values of all slots from those of the unknowns and of the held slots.
  ///
  /// - Parameter held: A value per slot; only those of held slots are read.
  public func values(unknowns: [Double], held: [Double]) -> [Double] {
    var values = held
    for slot in 0..<slotCount where unknownOfSlot[slot] >= 0 {
      values[slot] = unknowns[Int(unknownOfSlot[slot])]
    }
    for (slot, combination) in combinations {
      var value = 0.0
      for term in combination.unknowns { value += term.coefficient * unknowns[Int(term.number)] }
      for term in combination.heldSlots { value += term.coefficient * held[term.slot] }
      values[slot] = value
    }
    return values
  }

  /// The work-conjugate of ``values(unknowns:held:)``: forces at the slots as forces on the unknowns.
  public func gathered(_ forces: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: unknownCount)
    for slot in 0..<slotCount where unknownOfSlot[slot] >= 0 {
      result[Int(unknownOfSlot[slot])] += forces[slot]
    }
    for slot in combinations.keys.sorted() {
      guard let combination = combinations[slot] else { continue }
      for term in combination.unknowns {
        result[Int(term.number)] += term.coefficient * forces[slot]
      }
    }
    return result
  }
}
