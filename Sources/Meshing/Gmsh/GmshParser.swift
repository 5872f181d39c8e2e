/// Reads the sections of a Gmsh file.
struct GmshParser {
  /// What has been read.
  private(set) var contents = GmshContents()
  /// What is wrong and did not keep the rest from being read.
  var faults = GmshFaults()
  /// Where we are.
  private(set) var cursor: GmshCursor

  /// The physical groups of each entity, by dimension and number; `nil` without `$Entities`.
  private var entities: [GmshContents.Group: Int32]?
  private var isVersion4 = false
  private var sections: Set<String> = []

  /// A parser of a file.
  init(_ bytes: [UInt8]) { cursor = GmshCursor(bytes) }

  /// Whether the file is binary, as far as it has been read.
  var isBinary: Bool { cursor.isBinary }

  /// Reads all sections.
  mutating func parse() throws(GmshFault) {
    while true {
      let isBinary = cursor.isBinary
      let start = cursor
      guard let name = try cursor.sectionName() else { break }
      guard name == "MeshFormat" || name == "Comments" || sections.contains("MeshFormat") else {
        throw start.fault(
          "$\(name) comes before $MeshFormat", remedy: "a Gmsh mesh begins with $MeshFormat")
      }
      let isData = name.hasSuffix("Data") || name == "Comments"
      guard sections.insert(name).inserted || isData else {
        throw start.fault("there is a second section $\(name)")
      }
      switch name {
      case "MeshFormat": try parseFormat()
      case "PhysicalNames":
        // Names are text in binary files too.
        cursor.isBinary = false
        try parseNames()
        cursor.isBinary = isBinary
      case "Entities": try parseEntities()
      case "Nodes": try isVersion4 ? parseNodes4() : parseNodes2()
      case "Elements": try isVersion4 ? parseElements4() : parseElements2()
      case "PartitionedEntities", "GhostElements":
        throw start.fault(
          "the mesh is partitioned", remedy: "write it without partitions: gmsh -unpartition -save")
      case "ParametricNodes":
        throw start.fault(
          "$ParametricNodes is not supported", remedy: "set Mesh.SaveParametric = 0 in Gmsh")
      default:
        try cursor.skipSection(name)
        continue
      }
      try cursor.endSection(name)
    }
    for name in ["MeshFormat", "Nodes", "Elements"] where !sections.contains(name) {
      faults.add(
        GmshFault(
          problem: "there is no section $\(name)",
          remedy: name == "MeshFormat"
            ? "check that this is a Gmsh mesh"
            : "the file is cut short or holds no mesh: write it again"))
    }
    if isVersion4, !contents.names.isEmpty, entities == nil {
      faults.add(
        GmshFault(
          problem: "physical groups have names, and the section $Entities is missing",
          remedy: "write the mesh again, with $Entities or in version 2.2"))
    }
  }

  // MARK: Head

  private mutating func parseFormat() throws(GmshFault) {
    try cursor.beginLine("version")
    let start = cursor
    let version = try cursor.real("version")
    guard version == 2.2 || version == 4.1 else {
      throw start.fault(
        "version \(version) is not supported",
        remedy: "versions 2.2 and 4.1 are: gmsh FILE -save -format msh41 -o NEW.msh")
    }
    isVersion4 = version == 4.1
    let kind = try cursor.integer("file type")
    guard kind == 0 || kind == 1 else {
      throw start.fault("file type \(kind) is neither 0, text, nor 1, binary")
    }
    let size = try cursor.integer("size of numbers")
    guard size == 8 else {
      throw start.fault(
        "numbers of \(size) bytes are not supported", remedy: "write the mesh on a 64-bit machine")
    }
    try cursor.endLine("size of numbers")
    guard kind == 1 else { return }
    try cursor.passLineFeed()
    cursor.isBinary = true
    let mark = cursor
    let one = try cursor.integer("mark of the byte order")
    guard one == 1 || Int32(truncatingIfNeeded: one).byteSwapped == 1 else {
      throw mark.fault(
        "the mark of the byte order is \(one), not 1", remedy: "the file is damaged: write it again"
      )
    }
    cursor.isForeign = one != 1
  }

  private mutating func parseNames() throws(GmshFault) {
    try cursor.beginLine("number of names")
    let count = try cursor.integer("number of names")
    try cursor.endLine("number of names")
    try cursor.check(count, "physical names", text: 8, binary: 8)
    for _ in 0..<count {
      try cursor.beginLine("physical name")
      let start = cursor
      let dimension = try cursor.integer("dimension of the physical group")
      let tag = try cursor.integer("number of the physical group")
      guard (0...3).contains(dimension) else {
        throw start.fault("a physical group has the dimension \(dimension); it is 0 to 3")
      }
      let line = cursor.restOfLine()
      let trimmed = line.reversed().drop { $0 <= 0x20 }.reversed()
      let quote = UInt8(ascii: "\"")
      guard trimmed.count > 2, trimmed.first == quote, trimmed.last == quote else {
        throw start.fault(
          "the name of physical group \(tag) does not stand in double quotes, or is empty",
          remedy: "write it as in: \(dimension) \(tag) \"name\"")
      }
      guard let name = String(validating: trimmed.dropFirst().dropLast(), as: UTF8.self) else {
        throw start.fault("the name of physical group \(tag) is not UTF-8")
      }
      let group = GmshContents.Group(dimension: dimension, tag: tag)
      guard contents.names.updateValue(name, forKey: group) == nil else {
        throw start.fault("physical group \(tag) of dimension \(dimension) is named twice")
      }
    }
  }

  private mutating func parseEntities() throws(GmshFault) {
    guard isVersion4 else {
      throw cursor.fault("$Entities in a file of version 2.2, which has none")
    }
    guard !sections.contains("Elements") else {
      throw cursor.fault("$Entities comes after $Elements")
    }
    try cursor.beginLine("number of points")
    var counts: [Int] = []
    for dimension in 0...3 {
      let count = try cursor.size("number of entities")
      // A number, three or six coordinates, the number of groups and, above points, of boundaries.
      try cursor.check(
        count, "entities", text: dimension == 0 ? 10 : 18, binary: dimension == 0 ? 36 : 68)
      counts.append(count)
    }
    try cursor.endLine("number of entities")
    var groupsOfEntity: [GmshContents.Group: Int32] = [:]
    for (dimension, count) in counts.enumerated() {
      for _ in 0..<count {
        try cursor.beginLine("entity")
        let start = cursor
        let tag = try cursor.integer("number of the entity")
        for _ in 0..<(dimension == 0 ? 3 : 6) { _ = try cursor.real("extent of the entity") }
        let groups = try integers("number of physical groups")
        if dimension > 0 { _ = try integers("number of bounding entities") }
        try cursor.endLine("entity")
        // A minus sign says that the elements are turned over, which they then are in the file.
        let place = contents.place(ofGroups: Array(Set(groups.map { abs($0) })).sorted())
        guard
          groupsOfEntity.updateValue(place, forKey: .init(dimension: dimension, tag: tag)) == nil
        else {
          throw start.fault("entity \(tag) of dimension \(dimension) is described twice")
        }
      }
    }
    entities = groupsOfEntity
  }

  /// A count and so many whole numbers.
  private mutating func integers(_ what: StaticString) throws(GmshFault) -> [Int] {
    let count = try cursor.size(what)
    try cursor.check(count, "entity numbers", text: 2, binary: 4)
    var numbers: [Int] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count { numbers.append(try cursor.integer(what)) }
    return numbers
  }

  // MARK: Nodes

  private mutating func parseNodes2() throws(GmshFault) {
    let count = try countLine2("number of nodes")
    try cursor.check(count, "nodes", text: 8, binary: 28)
    reserveNodes(count)
    for _ in 0..<count {
      try cursor.beginLine("node")
      let offset = cursor.position
      let label = try cursor.integer("number of the node")
      try addNode(label, at: offset)
      try cursor.endLine("coordinates")
    }
  }

  /// The count at the head of a section of version 2.2, a line of text in binary files too.
  private mutating func countLine2(_ what: StaticString) throws(GmshFault) -> Int {
    let isBinary = cursor.isBinary
    cursor.isBinary = false
    defer { cursor.isBinary = isBinary }
    try cursor.beginLine(what)
    let count = try cursor.integer(what)
    try cursor.endLine(what)
    if isBinary { try cursor.passLineFeed() }
    return count
  }

  private mutating func parseNodes4() throws(GmshFault) {
    let (blockCount, count) = try head4(blocks: "node blocks")
    try cursor.check(count, "nodes", text: 8, binary: 32)
    reserveNodes(count)
    for _ in 0..<blockCount {
      try cursor.beginLine("node block")
      let start = cursor
      let dimension = try cursor.integer("dimension of the entity")
      _ = try cursor.integer("number of the entity")
      let parametric = try cursor.integer("mark of parametric nodes")
      let blockSize = try cursor.size("number of nodes in the block")
      try cursor.endLine("number of nodes in the block")
      guard (0...3).contains(dimension), parametric == 0 || parametric == 1 else {
        throw start.fault(
          "a node block of dimension \(dimension) with \(parametric) as mark of parametric nodes")
      }
      guard blockSize >= 0, blockSize <= count - contents.nodes.count else {
        throw start.fault("the node blocks hold more than the \(count) nodes announced")
      }
      var labels: [Int] = []
      labels.reserveCapacity(blockSize)
      for _ in 0..<blockSize {
        try cursor.beginLine("number of the node")
        labels.append(try cursor.size("number of the node"))
        try cursor.endLine("number of the node")
      }
      for label in labels {
        try cursor.beginLine("coordinates")
        try addNode(label, at: cursor.position)
        // Places on the curve or surface, which the positions make needless.
        for _ in 0..<(parametric * dimension) { _ = try cursor.real("parameter of the node") }
        try cursor.endLine("coordinates")
      }
    }
    guard contents.nodes.count == count else {
      throw cursor.fault(
        "\(count) nodes are announced, and the blocks hold \(contents.nodes.count)")
    }
  }

  /// The head of a section of version 4.1: the number of blocks and the number of things in them.
  private mutating func head4(blocks: StaticString) throws(GmshFault) -> (Int, Int) {
    try cursor.beginLine(blocks)
    let blockCount = try cursor.size(blocks)
    let count = try cursor.size("total")
    _ = try cursor.size("smallest number")
    _ = try cursor.size("largest number")
    try cursor.endLine("largest number")
    try cursor.check(blockCount, blocks, text: 8, binary: 20)
    return (blockCount, count)
  }

  private mutating func reserveNodes(_ count: Int) {
    contents.nodes.reserveCapacity(count)
    contents.nodeLabels.reserveCapacity(count)
    contents.nodeOffsets.reserveCapacity(count)
  }

  private mutating func addNode(_ label: Int, at offset: Int) throws(GmshFault) {
    guard label > 0 else {
      throw GmshFault(
        offset: offset, problem: "a node has the number \(label)", remedy: "nodes count from 1")
    }
    let x = try cursor.real("first coordinate")
    let y = try cursor.real("second coordinate")
    let z = try cursor.real("third coordinate")
    contents.nodes.append(SIMD3(x, y, z))
    contents.nodeLabels.append(label)
    contents.nodeOffsets.append(offset)
  }

  // MARK: Elements

  private mutating func parseElements4() throws(GmshFault) {
    let (blockCount, count) = try head4(blocks: "element blocks")
    try cursor.check(count, "elements", text: 4, binary: 16)
    var read = 0
    for _ in 0..<blockCount {
      try cursor.beginLine("element block")
      let start = cursor
      let dimension = try cursor.integer("dimension of the entity")
      let tag = try cursor.integer("number of the entity")
      let type = try cursor.integer("element type")
      let blockSize = try cursor.size("number of elements in the block")
      try cursor.endLine("number of elements in the block")
      let shape = try shape(type, at: start)
      guard shape.dimension == dimension else {
        throw start.fault("elements of type \(type) on an entity of dimension \(dimension)")
      }
      guard blockSize >= 0, blockSize <= count - read else {
        throw start.fault("the element blocks hold more than the \(count) elements announced")
      }
      try cursor.check(
        blockSize, "elements", text: 2 * (shape.nodeCount + 1), binary: 8 * (shape.nodeCount + 1))
      var groups: Int32 = 0
      if let entities {
        guard let place = entities[.init(dimension: dimension, tag: tag)] else {
          throw start.fault(
            "the elements lie on entity \(tag) of dimension \(dimension), which $Entities lacks")
        }
        groups = place
      }
      read += blockSize
      var elements = contents.elements.removeValue(forKey: shape) ?? .init()
      for _ in 0..<blockSize {
        try cursor.beginLine("element")
        elements.offsets.append(cursor.position)
        elements.labels.append(try cursor.size("number of the element"))
        for _ in 0..<shape.nodeCount {
          elements.nodes.append(try cursor.size("node of the element"))
        }
        elements.groupSets.append(groups)
        try cursor.endLine("nodes of the element")
      }
      contents.elements[shape] = elements
    }
    guard read == count else {
      throw cursor.fault("\(count) elements are announced, and the blocks hold \(read)")
    }
  }

  private mutating func parseElements2() throws(GmshFault) {
    let count = try countLine2("number of elements")
    try cursor.check(count, "elements", text: 8, binary: 8)
    var read = 0
    while read < count {
      guard isBinary else {
        try cursor.beginLine("element")
        let start = cursor
        let label = try cursor.integer("number of the element")
        let shape = try shape(try cursor.integer("element type"), at: start)
        let tagCount = try cursor.integer("number of tags")
        try addElement2(label, shape, tagCount: tagCount, from: start)
        try cursor.endLine("nodes of the element")
        read += 1
        continue
      }
      let start = cursor
      let shape = try shape(try cursor.integer("element type"), at: start)
      let blockSize = try cursor.integer("number of elements that follow")
      let tagCount = try cursor.integer("number of tags")
      guard blockSize > 0, blockSize <= count - read else {
        throw start.fault("\(blockSize) elements follow, and \(count - read) are left")
      }
      try cursor.check(tagCount, "tags", text: 2, binary: 4)
      try cursor.check(
        blockSize, "elements", text: 2, binary: 4 * (1 + tagCount + shape.nodeCount))
      for _ in 0..<blockSize {
        let start = cursor
        let label = try cursor.integer("number of the element")
        try addElement2(label, shape, tagCount: tagCount, from: start)
      }
      read += blockSize
    }
  }

  /// Reads tags and nodes of an element of version 2.2.
  ///
  /// The first tag is a physical group, 0 for none. Gmsh writes an element of several groups as often,
  /// each time with a new number: it becomes one element again, with the first number.
  private mutating func addElement2(
    _ label: Int, _ shape: CellShape, tagCount: Int, from start: GmshCursor
  ) throws(GmshFault) {
    try cursor.check(tagCount, "tags", text: 2, binary: 4)
    var group = 0
    for tag in 0..<tagCount {
      let value = try cursor.integer("tag of the element")
      if tag == 0 { group = abs(value) }
    }
    let groups = group == 0 ? [] : [group]
    var elements = contents.elements.removeValue(forKey: shape) ?? .init()
    defer { contents.elements[shape] = elements }
    let first = elements.nodes.count
    for _ in 0..<shape.nodeCount {
      elements.nodes.append(try cursor.integer("node of the element"))
    }

    if let last = elements.groupSets.last, group != 0 {
      let known = contents.groupSets[Int(last)]
      let isAgain = elements.nodes[(first - shape.nodeCount)..<first]
        .elementsEqual(elements.nodes[first...])
      if isAgain, !known.isEmpty, !known.contains(group) {
        elements.nodes.removeLast(shape.nodeCount)
        elements.groupSets[elements.groupSets.count - 1] = contents.place(
          ofGroups: (known + groups).sorted())
        return
      }
    }
    elements.labels.append(label)
    elements.offsets.append(start.position)
    elements.groupSets.append(contents.place(ofGroups: groups))
  }

  private func shape(_ type: Int, at start: GmshCursor) throws(GmshFault) -> CellShape {
    guard let shape = GmshElementType.shape(type) else {
      let (problem, remedy) = GmshElementType.complaint(type)
      throw start.fault(problem, remedy: remedy)
    }
    return shape
  }
}
