public import Meshing
internal import NumericalMethods

/// What can be computed of an element type before any cell is known: its points and its shape functions there.
///
/// The points are CalculiX 2.20's, in its order. Axisymmetric elements are what they are in CalculiX: a wedge of
/// two degrees about the plane of the mesh, with points behind and before that plane; all integrals over
/// them are for a full turn.
public struct ElementTable: Sendable {
  /// The element type.
  public let type: ElementType
  /// Nodes of a cell.
  public let nodeCount: Int
  /// Displacement unknowns per node: 2 or 3.
  public let axisCount: Int
  /// Points of the rule.
  public let pointCount: Int
  /// Reference coordinates of the points.
  public let points: [SIMD3<Double>]
  /// Weights of the points.
  public let weights: [Double]
  /// Shape functions: points times nodes, the nodes of a point side by side.
  public let shape: [Double]
  /// Gradients of the shape functions in reference coordinates: points times nodes.
  public let gradients: [SIMD3<Double>]
  /// What makes temperatures at the points from temperatures at the nodes in a mechanical step: points times
  /// nodes. Not always the shape functions: see the README.
  public let temperatureShape: [Double]

  /// How strains come from displacements.
  let formulation: Formulation
  /// Whose formulas the cell follows.
  let variant: ElementVariant
  /// Shape functions in space of axisymmetric cells and sheets; empty for others.
  let wedge: WedgeTable

  typealias Formulation = ElementTraits.Formulation

  /// The table for stiffness, loads in the volume, strains and stresses.
  public static func stiffness(
    _ type: ElementType, _ variant: ElementVariant = .calculiX
  ) -> ElementTable {
    variant == .corrected && type.formulation != .isoparametric
      ? correctedStiffnessTables[type] : stiffnessTables[type]
  }

  /// The table for stiffness, loads in the volume, strains and stresses of plane-stress elements as CalculiX has them: a
  /// brick whose thickness each node can change.
  ///
  /// The stress across the plane then vanishes in the mean over a node's neighbourhood and not at every point, however
  /// thin the section is, and a thick section is stiffer than plane-stress theory says. Nodes have a third
  /// unknown, the displacement across the plane at the upper face, half the change of thickness; nothing loads
  /// it. Shear strains across the plane come with its slope.
  public static func sheet(
    _ type: ElementType, _ variant: ElementVariant = .calculiX
  ) -> ElementTable {
    precondition(type.theory == .planeStress, "no sheet is made of \(type.rawValue)")
    return variant == .corrected && type.formulation != .isoparametric
      ? correctedSheetTables[type] : sheetTables[type]
  }

  /// The table for conductivity, heat sources and heat flux.
  public static func conductivity(
    _ type: ElementType, _ variant: ElementVariant = .calculiX
  ) -> ElementTable {
    variant == .corrected && type.formulation == .meanStrain
      ? correctedConductivityTables[type] : conductivityTables[type]
  }

  /// How many of the wedges that CalculiX makes of an axisymmetric cell fill a full turn.
  ///
  /// CalculiX prints forces, heat flows and volumes of one wedge.
  public static let wedgesPerTurn = 180.0

  private static let stiffnessTables = LazyTables {
    ElementTable($0, formulation: $0.formulation)
  }
  private static let sheetTables = LazyTables {
    ElementTable($0, formulation: $0.formulation, isSheet: true)
  }
  private static let conductivityTables = LazyTables {
    ElementTable($0, formulation: .isoparametric)
  }
  private static let correctedStiffnessTables = LazyTables {
    ElementTable($0, .corrected, formulation: $0.formulation)
  }
  private static let correctedSheetTables = LazyTables {
    ElementTable($0, .corrected, formulation: $0.formulation, isSheet: true)
  }
  private static let correctedConductivityTables = LazyTables {
    ElementTable($0, .corrected, formulation: .meanStrain)
  }

  /// Makes a table.
  ///
  /// - Parameter rule: Its points; CalculiX's for stress where it is not given.
  init(
    _ type: ElementType, _ variant: ElementVariant = .calculiX, formulation: Formulation,
    isSheet: Bool = false, rule: IntegrationRule? = nil
  ) {
    let rule =
      rule ?? type.rule(ofBrick: isSheet || type.axisCount == 3 || type.theory == .axisymmetric)
    let functions = rule.points.map { type.shape.shapeFunctions(at: $0) }
    self.type = type
    self.formulation = formulation
    self.variant = variant
    nodeCount = type.shape.nodeCount
    axisCount = isSheet ? 3 : type.axisCount
    pointCount = rule.points.count
    points = rule.points
    weights = rule.weights
    // A cell of mean strain knows only the mean of its nodes.
    let mean = Array(repeating: 1 / Double(nodeCount), count: nodeCount)
    shape = formulation == .meanStrain ? mean : functions.flatMap(\.values)
    gradients = functions.flatMap(\.gradients)
    temperatureShape = type.temperatureShape(at: rule.points)
    wedge =
      if type.theory == .axisymmetric {
        WedgeTable(type.shape, at: rule.points)
      } else if isSheet {
        WedgeTable(sheet: type.shape, at: rule.points)
      } else {
        WedgeTable()
      }
  }
}

extension ElementTable: CustomStringConvertible {
  /// The type's name.
  public var description: String { type.rawValue + (isSheet ? " as a sheet" : "") }
}
