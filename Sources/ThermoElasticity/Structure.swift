internal import FiniteElements
internal import Meshing
internal import NumericalMethods

/// A model made ready for loops over its cells: tables per block, a section per cell, axes per node.
struct Structure: Sendable {
  /// One block of cells.
  struct Block: Sendable {
    let type: ElementType
    let table: ElementTable
    let connectivity: [Int32]
    let labels: [Int]
    /// The first cell's number in the mesh.
    let firstCell: Int
    /// The place in ``materials`` of each cell.
    let materialOfCell: [Int32]

    var count: Int { labels.count }
    var nodeCount: Int { table.nodeCount }
    /// How many of a node's `width` values its cells couple.
    func axisCount(width: Int) -> Int { min(width, table.axisCount) }
    /// Whether its plane-stress cells are CalculiX's sheets.
    var isSheet: Bool { type.theory == .planeStress && table.axisCount == 3 }
  }

  let model: ThermoElasticModel
  let blocks: [Block]
  /// Finds the block of a cell.
  let blockIndex: BlockIndex
  let materials: [SectionMaterial]
  /// The axes of the unknowns of nodes that have their own.
  private(set) var axesOfNode: [Int: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)]
  /// The axes along which forces on nodes of tilted axes are given; see ``PlaneAxes``.
  private var tiltedAxes: [Int: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)] = [:]

  var nodes: [SIMD3<Double>] { model.mesh.nodes }

  /// Prepares a model for static solves.
  init(mechanics model: ThermoElasticModel, _ options: SolveOptions) throws {
    try self.init(model) { type in
      type.theory == .planeStress && options.planeStress == .calculiX
        ? .sheet(type, options.elements) : .stiffness(type, options.elements)
    }
  }

  /// Whether a node belongs to a sheet: its third unknown is then its change of thickness, which no load case knows.
  func isSheetNode() -> [Bool] {
    var result = [Bool](repeating: false, count: nodes.count)
    for block in blocks where block.isSheet {
      for node in block.connectivity { result[Int(node)] = true }
    }
    return result
  }

  /// Prepares a model.
  ///
  /// - Parameters:
  ///   - law: How a material answers strain in a section.
  ///   - table: The element tables the analysis needs.
  init(
    _ model: ThermoElasticModel, law: (Material, Section) -> any MaterialLaw = { $0.law(in: $1) },
    table: (ElementType) -> ElementTable
  ) throws {
    self.model = model
    let mesh = model.mesh
    let sectionOfCell = model.sections.sectionOfCell(count: mesh.cellCount)
    var materials: [SectionMaterial] = []
    var blocks: [Block] = []
    var firstCell = 0
    for block in mesh.blocks {
      guard let type = block.elementType else {
        throw SolveError.noElementType(element: block.labels.first ?? 0)
      }
      var placeOfSection: [Int32: Int32] = [:]
      var materialOfCell: [Int32] = []
      materialOfCell.reserveCapacity(block.count)
      for index in 0..<block.count {
        let number = sectionOfCell[firstCell + index]
        guard number >= 0 else { throw SolveError.noSection(element: block.labels[index]) }
        if let place = placeOfSection[number] {
          materialOfCell.append(place)
        } else {
          let section = model.sections[Int(number)]
          let place = Int32(materials.count)
          let material = model.materials[section.material]
          materials.append(SectionMaterial(material, section, law: law(material, section)))
          placeOfSection[number] = place
          materialOfCell.append(place)
        }
      }
      blocks.append(
        Block(
          type: type, table: table(type), connectivity: block.connectivity, labels: block.labels,
          firstCell: firstCell, materialOfCell: materialOfCell))
      firstCell += block.count
    }
    self.blocks = blocks
    blockIndex = BlockIndex(mesh.blocks)
    self.materials = materials
    var axes: [Int: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)] = [:]
    for (node, system) in model.nodalAxes {
      axes[Int(node)] = system.axes(at: mesh.nodes[Int(node)])
    }
    axesOfNode = axes
  }

  /// Gives nodes with axes that leave the plane of the mesh a frame for their unknowns; forces keep their axes.
  mutating func use(_ frames: [Int: PlaneAxes.Axes]) {
    for (node, frame) in frames {
      tiltedAxes[node] = axesOfNode[node]
      axesOfNode[node] = frame
    }
  }

  /// The direction of a concentrated force, in global components.
  func forceDirection(node: Int, component: Int) -> SIMD3<Double> {
    if let axes = tiltedAxes[node] {
      return component == 0 ? axes.0 : component == 1 ? axes.1 : axes.2
    }
    return direction(node: node, component: component)
  }

  /// The direction of a node's unknown, in global components.
  func direction(node: Int, component: Int) -> SIMD3<Double> {
    if let axes = axesOfNode[node] {
      return component == 0 ? axes.0 : component == 1 ? axes.1 : axes.2
    }
    var unit = SIMD3<Double>.zero
    unit[component] = 1
    return unit
  }

  /// Vectors at the nodes as components along the nodes' axes, node after node.
  func components(of vectors: [SIMD3<Double>]) -> [Double] {
    var result = [Double](repeating: 0, count: 3 * vectors.count)
    for node in vectors.indices {
      for axis in 0..<3 { result[3 * node + axis] = vectors[node][axis] }
    }
    for (node, axes) in axesOfNode {
      result[3 * node] = vectors[node].dot(axes.0)
      result[3 * node + 1] = vectors[node].dot(axes.1)
      result[3 * node + 2] = vectors[node].dot(axes.2)
    }
    return result
  }

  /// Components along the nodes' axes as vectors in global axes.
  func vectors(of components: [Double]) -> [SIMD3<Double>] {
    var result = [SIMD3<Double>](repeating: .zero, count: components.count / 3)
    for node in result.indices {
      result[node] = SIMD3(components[3 * node], components[3 * node + 1], components[3 * node + 2])
    }
    for (node, axes) in axesOfNode {
      let local = result[node]
      result[node] = axes.0 * local.x + axes.1 * local.y + axes.2 * local.z
    }
    return result
  }
}
