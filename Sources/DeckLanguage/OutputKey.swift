/// An output key of a print card, such as `U` of `*NODE PRINT`: a row of ``all``.
///
/// A row says all that is known of a key: its name, the block of the `.dat` that it asks for, and what must be known for that block to have a
/// meaning. The card it belongs to follows from the block. The switches of `DatWriter` write the blocks; the compiler names those that lack one.
package struct OutputKey: Sendable, Equatable {
  /// What a key asks for.
  package enum Block: Sendable, Equatable {
    /// Of `*NODE PRINT`.
    case nodes(NodeBlock)
    /// Of `*EL PRINT`.
    case cells(CellBlock)
    /// Of `*SECTION PRINT`.
    case section(SectionBlock)
  }

  /// Rows of nodes.
  package enum NodeBlock: Sendable {
    case displacements, temperatures, forces, heatGeneration
  }

  /// Rows of cells or of their integration points.
  package enum CellBlock: Sendable {
    case stresses, strains, mechanicalStrains, heatFlux, energyDensity, coordinates
    case energy, volume, mass, bodyHeating, centrifugalForce
  }

  /// What goes through a surface.
  package enum SectionBlock: Sendable {
    /// Force, moment and area, in one block.
    case force
    /// The heat flow.
    case heatFlow
  }

  /// What must be known for a block to be printed.
  package enum Need: Sendable {
    case nothing
    /// A temperature, of this step or one before it.
    case temperature
    /// A step that solves for temperatures.
    case heatFlow
  }

  /// The name in a deck, upper case.
  package let name: String
  /// What it asks for.
  package let block: Block
  /// What must be known for the block to be printed.
  package let need: Need

  private init(_ name: String, _ block: Block, needs need: Need = .nothing) {
    (self.name, self.block, self.need) = (name, block, need)
  }

  /// All keys, one row each.
  package static let all = [
    OutputKey("U", .nodes(.displacements)),
    OutputKey("NT", .nodes(.temperatures), needs: .temperature),
    OutputKey("RF", .nodes(.forces)),
    OutputKey("RFL", .nodes(.heatGeneration), needs: .heatFlow),
    OutputKey("S", .cells(.stresses)),
    OutputKey("E", .cells(.strains)),
    OutputKey("ME", .cells(.mechanicalStrains)),
    OutputKey("HFL", .cells(.heatFlux), needs: .heatFlow),
    OutputKey("ENER", .cells(.energyDensity)),
    OutputKey("COOR", .cells(.coordinates)),
    OutputKey("COORD", .cells(.coordinates)),
    OutputKey("ELSE", .cells(.energy)),
    OutputKey("EVOL", .cells(.volume)),
    OutputKey("EMAS", .cells(.mass)),
    OutputKey("EBHE", .cells(.bodyHeating)),
    OutputKey("CENT", .cells(.centrifugalForce)),
    OutputKey("SOF", .section(.force)),
    OutputKey("SOM", .section(.force)),
    OutputKey("SOAREA", .section(.force)),
    OutputKey("FLUX", .section(.heatFlow)),
  ]

  /// The keys of `*NODE PRINT`.
  static let ofNodes = all.filter { if case .nodes = $0.block { true } else { false } }
  /// The keys of `*EL PRINT`.
  static let ofCells = all.filter { if case .cells = $0.block { true } else { false } }
  /// The keys of `*SECTION PRINT`.
  static let ofSections = all.filter { if case .section = $0.block { true } else { false } }
}
