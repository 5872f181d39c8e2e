/// Makes a mesh of what a Gmsh file says, and finds what does not fit together.
struct GmshMeshBuilder {
  private let contents: GmshContents
  /// What is wrong.
  private(set) var faults = GmshFaults()
  /// The mesh so far.
  private(set) var mesh = Mesh()

  private let nodeIndex: LabelIndex
  /// The node numbers of all elements, from zero, in the order of ``CellShape``.
  private var connectivity: [CellShape: [Int32]] = [:]
  private var firstCells: [CellShape: Int32] = [:]
  private var topDimension = 0

  /// A builder for the contents of a file; ask ``faults`` before ``mesh``.
  init(_ contents: GmshContents) {
    self.contents = contents
    nodeIndex = LabelIndex(contents.nodeLabels)
    checkLabels()
    connect()
    guard faults.isEmpty else { return }
    makeBlocks()
    makeSets()
  }

  private mutating func checkLabels() {
    for (place, first) in nodeIndex.repetitions {
      faults.add(
        GmshFault(
          offset: contents.nodeOffsets[place],
          problem: "node \(contents.nodeLabels[place]) is defined twice; it was at "
            + "\(contents.nodes[first]) before",
          remedy: "give each node a number of its own"))
    }
    var labels: [Int] = []
    var offsets: [Int] = []
    for shape in CellShape.allCases {
      guard let elements = contents.elements[shape] else { continue }
      labels += elements.labels
      offsets += elements.offsets
    }
    if let wrong = labels.firstIndex(where: { $0 < 1 }) {
      faults.add(
        GmshFault(
          offset: offsets[wrong], problem: "an element has the number \(labels[wrong])",
          remedy: "elements count from 1"))
      return
    }
    for (place, _) in LabelIndex(labels).repetitions {
      faults.add(
        GmshFault(
          offset: offsets[place], problem: "element \(labels[place]) is defined twice",
          remedy: "give each element a number of its own"))
    }
  }

  /// Replaces labels of nodes by their numbers and Gmsh's node order by ours.
  private mutating func connect() {
    for shape in CellShape.allCases {
      guard let elements = contents.elements[shape] else { continue }
      let order = GmshElementType.nodeOrder(shape)
      let count = shape.nodeCount
      var numbers: [Int32] = []
      numbers.reserveCapacity(elements.nodes.count)
      for element in elements.labels.indices {
        for place in order {
          let label = elements.nodes[element * count + place]
          if let number = nodeIndex[label] {
            numbers.append(number)
          } else {
            numbers.append(0)
            faults.add(
              GmshFault(
                offset: elements.offsets[element],
                problem:
                  "element \(elements.labels[element]) uses node \(label), which is not defined",
                remedy: "the file lacks nodes: write it again"))
          }
        }
      }
      connectivity[shape] = numbers
      topDimension = max(topDimension, shape.dimension)
    }
    if topDimension < 2 {
      faults.add(
        GmshFault(
          problem: "the mesh has no elements of two or three dimensions",
          remedy:
            "mesh the surfaces (gmsh -2) or volumes (gmsh -3), and if there are physical groups, "
            + "put those in one: Gmsh writes no other elements"))
    }
  }

  private mutating func makeBlocks() {
    mesh.nodes = contents.nodes
    mesh.nodeLabels = contents.nodeLabels
    var cellCount = 0
    for shape in CellShape.allCases where shape.dimension == topDimension {
      guard let nodes = connectivity[shape], let elements = contents.elements[shape] else {
        continue
      }
      firstCells[shape] = Int32(cellCount)
      cellCount += elements.labels.count
      mesh.blocks.append(CellBlock(shape: shape, connectivity: nodes, labels: elements.labels))
    }
  }

  // MARK: Sets

  /// Whether the sets are of a size that a mesh of this size may have.
  ///
  /// An entity of many groups puts all its elements in each: a small file could ask for any amount.
  private mutating func checkMemberships() -> Bool {
    var elementCount = 0
    var membershipCount = 0
    for elements in contents.elements.values {
      elementCount += elements.groupSets.count
      // At most 2²⁷ elements in at most 2²⁷ groups: the sum cannot overflow.
      for set in elements.groupSets { membershipCount += contents.groupSets[Int(set)].count }
    }
    let limit = max(10_000_000, 64 * elementCount)
    if membershipCount > limit {
      faults.add(
        GmshFault(
          problem: "the \(elementCount) elements occur \(membershipCount) times in physical groups",
          remedy: "at most \(limit) are read: use fewer groups"))
    }
    return membershipCount <= limit
  }

  private mutating func makeSets() {
    guard checkMemberships() else { return }
    var members: [GmshContents.Group: [(shape: CellShape, element: Int)]] = [:]
    for shape in CellShape.allCases {
      guard let elements = contents.elements[shape] else { continue }
      for (element, set) in elements.groupSets.enumerated() {
        for tag in contents.groupSets[Int(set)] {
          members[.init(dimension: shape.dimension, tag: tag), default: []].append((shape, element))
        }
      }
    }
    let sides = sidesOfCells(members)
    var marked = [Int32](repeating: -1, count: mesh.nodes.count)
    for (mark, group) in members.keys.sorted().enumerated() {
      guard let elements = members[group] else { continue }
      let name = contents.names[group] ?? Self.standardName(group)
      var nodes: [Int32] = []
      for (shape, element) in elements {
        for node in connectivity[shape, default: []][range(of: element, shape)]
        where marked[Int(node)] != Int32(mark) {
          marked[Int(node)] = Int32(mark)
          nodes.append(node)
        }
      }
      mesh.nodeSets[name] = Self.union(mesh.nodeSets[name], nodes)
      if group.dimension == topDimension {
        let cells = elements.map { firstCells[$0.shape, default: 0] + Int32($0.element) }
        mesh.cellSets[name] = Self.union(mesh.cellSets[name], cells)
      } else if group.dimension == topDimension - 1 {
        let facets = elements.compactMap { facet(of: $0.element, $0.shape, among: sides, name) }
        let all = Set(facets).union(mesh.surfaces[name] ?? [])
        mesh.surfaces[name] = all.sorted { ($0.cell, $0.side) < ($1.cell, $1.side) }
      }
    }
  }

  /// The name Gmsh's own writers give a group without one.
  private static func standardName(_ group: GmshContents.Group) -> String {
    ["PhysicalPoint", "PhysicalLine", "PhysicalSurface", "PhysicalVolume"][group.dimension]
      + "\(group.tag)"
  }

  /// Rising numbers without repetition.
  private static func union(_ old: [Int32]?, _ new: [Int32]) -> [Int32] {
    guard let old else { return new.sorted() }
    return Set(old).union(new).sorted()
  }

  private func range(of element: Int, _ shape: CellShape) -> Range<Int> {
    element * shape.nodeCount..<(element + 1) * shape.nodeCount
  }

  private func corners(of element: Int, _ shape: CellShape) -> ArraySlice<Int32> {
    connectivity[shape, default: []][range(of: element, shape)].prefix(shape.cornerCount)
  }

  /// The sides of cells that lie on elements of one dimension less, at most two for each.
  private func sidesOfCells(
    _ members: [GmshContents.Group: [(shape: CellShape, element: Int)]]
  ) -> [Mesh.SideKey: [Facet]] {
    var sides: [Mesh.SideKey: [Facet]] = [:]
    for (group, elements) in members where group.dimension == topDimension - 1 {
      for (shape, element) in elements {
        sides[Mesh.SideKey(corners(of: element, shape))] = []
      }
    }
    guard !sides.isEmpty else { return sides }
    mesh.forEachSide { facet, key in
      if let place = sides.index(forKey: key) { sides.values[place].append(facet) }
    }
    return sides
  }

  /// The side an element of one dimension less stands for.
  ///
  /// Inside the mesh two cells meet there: it is the side of the one whose outward normal is the
  /// element's own.
  private mutating func facet(
    of element: Int, _ shape: CellShape, among sides: [Mesh.SideKey: [Facet]], _ name: String
  ) -> Facet? {
    let corners = Array(corners(of: element, shape))
    let facets = sides[Mesh.SideKey(corners)] ?? []
    if facets.count == 1 { return facets[0] }
    for facet in facets {
      let side = Array(mesh.sideNodes(of: facet).prefix(corners.count))
      guard let shift = side.firstIndex(of: corners[0]) else { continue }
      if corners.indices.allSatisfy({ side[(shift + $0) % side.count] == corners[$0] }) {
        return facet
      }
    }
    guard let elements = contents.elements[shape] else { return nil }
    let label = elements.labels[element]
    faults.add(
      GmshFault(
        offset: elements.offsets[element],
        problem: facets.isEmpty
          ? "element \(label) of '\(name)' is not the side of any cell of the mesh"
          : "element \(label) of '\(name)' is the side of \(facets.count) cells, and the outward side of none by its "
            + "orientation",
        remedy: facets.isEmpty
          ? "put the volume (or surface, in a plane mesh) beside it in a physical group too"
          : "remove cells that are there twice"))
    return nil
  }
}
