/// What a Gmsh file says, before it is checked and made a mesh.
struct GmshContents {
  /// A group of entities: its dimension and number.
  struct Group: Hashable, Comparable {
    var dimension: Int
    var tag: Int

    static func < (a: Self, b: Self) -> Bool { (a.dimension, a.tag) < (b.dimension, b.tag) }
  }

  /// Elements of one shape, in the order of the file.
  struct Elements {
    /// The number of each element.
    var labels: [Int] = []
    /// The numbers of its nodes, element after element, in Gmsh's order.
    var nodes: [Int] = []
    /// The place in ``GmshContents/groupSets`` of the groups it belongs to.
    var groupSets: [Int32] = []
    /// Where each element is in the file.
    var offsets: [Int] = []
  }

  /// Names of physical groups.
  var names: [Group: String] = [:]
  /// Node positions.
  var nodes: [SIMD3<Double>] = []
  /// Node numbers.
  var nodeLabels: [Int] = []
  /// Where each node is in the file.
  var nodeOffsets: [Int] = []
  /// Elements by shape.
  var elements: [CellShape: Elements] = [:]
  /// Sets of physical groups of one dimension that elements belong to; the first is empty.
  private(set) var groupSets: [[Int]] = [[]]
  private var groupSetPlaces: [[Int]: Int32] = [[]: 0]

  /// The place of a set of groups in ``groupSets``, which gains it if it is new.
  mutating func place(ofGroups tags: [Int]) -> Int32 {
    if let place = groupSetPlaces[tags] { return place }
    let place = Int32(groupSets.count)
    groupSets.append(tags)
    groupSetPlaces[tags] = place
    return place
  }
}
