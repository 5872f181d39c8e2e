package import ArrayFiles
package import DesignProblem
package import Files
import Manufacturability
package import Meshing

/// A part design as a folder that `gcgan-validate` judges: geometry, mesh, predictions, and where it comes from.
///
/// ```swift
/// try DesignExport(problem: problem, density: density, provenance: .init(program: "gcgan-generate 0.1.0", seed: 7, number: 3, solveCount: 2),
///   warnings: ["the volume fraction 0.9 lies outside the trained range"]).write(to: "parts/p003")
/// ```
///
/// What is made is the image cut at a half. The folder holds
///
/// | file | what it is |
/// | --- | --- |
/// | `design.inp` | the design with a smooth boundary that encloses the area of the solid pixels (to 1e-9), in CPS8 and CPS6 |
/// | `pixels.inp` | the solid pixels, a CPS4 each: its *f*·*u* is the image's to 1e-4 at most, mostly 1e-8, for the image has the same elements, and void of 1e-9 beside them |
/// | `image.inp` | only where a temperature is limited: heat conduction in solid and void pixels, as the image has it |
/// | `part.yml` | what both have to come to, with the uncertainty of a mesh of pixels; limits, provenance, warnings |
/// | `problem.yml` | the problem, for `gcgan-solve gradient --problem problem.yml --density density.npy` |
/// | `density.npy`, `density.png` | the image as given |
/// | `design.png` | what is built, with supports, loads, scale and figures |
/// | `design.stl` | the smooth design, as thick as the problem says |
///
/// A deck has a step for each of ``DesignTask/deckSteps``: heat conduction, load cases, the temperatures alone. Both decks are in plane stress. `gcgan-solve` has the two-dimensional theory, and with `--plane-stress calculix` the numbers of CalculiX.
///
/// A design whose solid does not carry its loads is exported as well, with a warning; its decks cannot be solved, which `gcgan-validate` reports as not
/// evaluable. Where bodies that bear loads hang together by corners of pixels alone, there is no smooth model and `design.inp` has the pixels too.
package struct DesignExport: Sendable {
  /// What the mesh of `design.inp` follows.
  package enum Geometry: String, Sendable {
    /// A smooth boundary.
    case smooth
    /// The pixels.
    case pixels
  }

  /// What a part file calls a design that is of no family in particular.
  package static let generalFamily = "part"

  /// The problem.
  package let problem: DesignTask
  /// The name of the design's family.
  package let family: String
  /// The image as given.
  package let density: NumericArray
  /// The image cut at a half.
  package let design: SolidDesign
  /// What the solver of images says of what is made.
  package let prediction: ImagePrediction
  /// What the mesh of `design.inp` follows.
  package let geometry: Geometry
  /// What readers should know: what the caller said, and what was found on the way.
  package let warnings: [String]
  /// Where the design comes from.
  package let provenance: DesignProvenance
  /// What may not be exceeded.
  package let limits: [DesignLimit]
  /// The problem file that the design is for, where there is one.
  package let file: ProblemFile?
  /// Whether every force acts on a body that its own supports hold.
  package let carriesLoads: Bool
  /// One line for reports.
  package let title: String
  /// What the decks say.
  let (smooth, pixels): (PlaneModel, PlaneModel)
  /// The whole image, where a limit is read from it.
  let image: PlaneModel?
  /// Sets of elements that leave out those of the grid that a stress does not count.
  let cellSets: [(name: String, uncounted: [Int])]
  /// Limits of the task, as a part file reads them.
  let gateLimits: [GateLimit]
  /// Regions that limits name, each with the name of its set of nodes in the decks.
  let regions: [(name: String, region: GridRegion)]

  /// Makes meshes of a design, and predicts.
  ///
  /// - Parameters:
  ///   - problem: What the design is for.
  ///   - family: The name of the design's family.
  ///   - density: Densities from 0 to 1, `[row][column]`, row 0 at the top.
  ///   - title: One line for reports.
  ///   - provenance: Where the design comes from.
  ///   - requirements: What a problem file asks of the design beside the limits of its task: its limits, title and text are the part's. Without one the part
  ///     is checked for the volume of the problem.
  ///   - limits: What may not be exceeded besides.
  ///   - warnings: What readers of the part should know.
  /// - Throws: ``ExportFault``; the solver of images refuses a force on a node that touches void alone.
  /// - Complexity: two factorizations, one of them of a grid with four times the elements.
  package init(
    problem: DesignTask, family: String = generalFamily, density: [Double], title: String? = nil,
    provenance: DesignProvenance = .init(), requirements: DesignRequirements? = nil,
    limits: [DesignLimit] = [], warnings: [String] = []
  ) throws(ExportFault) {
    let size = problem.size
    if let reason = problem.noStructureReason { throw ExportFault.noStructure(reason) }
    guard density.count == size.elementCount else {
      throw ExportFault.badImage("\(density.count) densities for \(size) elements")
    }
    if let place = density.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
      throw ExportFault.badImage(
        "the density in row \(place / size.columns), column \(place % size.columns) is \(density[place])"
      )
    }
    let design = SolidDesign(size: size, thresholding: density)
    guard design.solidCount > 0 else { throw ExportFault.noMaterial }
    var warnings = (requirements?.warnings ?? []) + warnings
    var bodies = DesignBodies(design, of: problem, connectivity: .four)
    var fitted: FittedCells?
    carriesLoads = bodies.areLoadsCarried
    if problem.isBonded {
      warnings.append(
        "the mesh of design.inp is that of the pixels: a matrix fills the grid, and its boundary is not made smooth"
      )
    } else if bodies.areHeld {
      fitted = FittedCells(
        bodies.kept, along: density, size: size, pins: problem.pins(of: bodies.kept))
      if fitted == nil {
        warnings.append(
          "no smooth boundary encloses the area of the solid pixels: the mesh of design.inp is that of the pixels"
        )
      }
    } else {
      bodies = DesignBodies(design, of: problem, connectivity: .eight)
      warnings.append(
        bodies.areHeld
          ? "bodies that bear the loads meet in corners of pixels alone: the mesh of design.inp is that of the pixels, and a hinge there may turn"
          : "the solid does not carry its loads to the supports: the decks cannot be solved")
    }
    if bodies.leftOutCount > 0 {
      warnings.append(
        "\(bodies.leftOutCount) solid pixels bear no load and are not held: they are left out of the meshes"
      )
    }
    self.problem = problem
    self.family = family
    self.density = NumericArray(shape: [size.rows, size.columns], values: density)
    self.design = design
    self.provenance = provenance
    file = requirements?.file
    self.title =
      title ?? requirements?.file.title
      ?? "\(size) part, \(problem.caseName), \(design.solidCount) of \(size.elementCount) pixels solid"
    prediction = try ImagePrediction(bodies.kept, of: problem)
    geometry = fitted == nil ? .pixels : .smooth
    let all = (requirements?.limits ?? DesignLimit.volume(of: problem)) + limits
    var gateLimits: [GateLimit] = []
    for limit in problem.limits {
      do throws(GateLimit.NotRead) {
        gateLimits.append(try GateLimit(limit, of: problem))
      } catch {
        // The requirements of a file tell what of it is not checked.
        if requirements == nil {
          warnings.append("the limit on term '\(limit.term)' is not checked: \(error)")
        }
      }
    }
    var regions: [(name: String, region: GridRegion)] = []
    for region in all.compactMap(\.figure.region) + gateLimits.compactMap(\.region)
    where !regions.contains(where: { $0.region == region }) {
      regions.append(("REGION\(regions.count + 1)", region))
    }
    self.regions = regions
    let leftOut = Set(gateLimits.flatMap(\.uncounted)).filter { !$0.isEmpty }
      .sorted { $0.lexicographicallyPrecedes($1) }
    cellSets = leftOut.enumerated().map { ("CELLS\($0.offset + 1)", $0.element) }
    var pixels =
      problem.isBonded
      ? PlaneModel(image: bodies.kept, of: problem, regions: regions, cells: cellSets)
      : PlaneModel(pixels: bodies.kept, of: problem, regions: regions)
    pixels.cells = PlaneModel.cells(of: bodies.kept, cellSets)
    self.pixels = pixels
    smooth =
      fitted.map { PlaneModel($0, of: problem, regions: regions) } ?? pixels
    image =
      gateLimits.contains { $0.model == .image }
      ? PlaneModel(image: bodies.kept, of: problem, regions: regions, cells: cellSets) : nil
    // A displacement of a region is read from the nodes that the design has there.
    let grid = problem.grid
    /// Whether a displacement can be read from the nodes of a region; readers are told of those it cannot be read from.
    func isRead(_ region: GridRegion?, _ source: String) -> Bool {
      guard let region, !problem.isBonded else { return true }
      let nodes = grid.nodes(in: region)
      let madeCount = nodes.count { node in
        problem.elements(atNode: node).contains { bodies.kept[$0] }
      }
      if madeCount == 0 {
        warnings.append(
          "the limit on a displacement is not checked, the design has nothing in its region: \(source)"
        )
      } else if madeCount < nodes.count {
        warnings.append(
          "the limit on a displacement is read at \(madeCount) of the \(nodes.count) nodes of its region, where the design is: \(source)"
        )
      }
      return madeCount > 0
    }
    self.limits = all.filter { isRead($0.figure.region, $0.source) }
    self.gateLimits = gateLimits.filter { isRead($0.region, $0.source) }
    self.warnings = warnings
  }

  /// The area of the mesh of `design.inp`, in square millimetres.
  package var area: Double { smooth.area }

  /// The smooth mesh, or that of the pixels where there is none; millimetres.
  package var mesh: Mesh { smooth.mesh }

  /// Writes the folder, which appears whole or not at all; a part folder that is there is replaced, with what solvers left in it.
  ///
  /// - Throws: ``FileFault``, where a file cannot be written or where something else than a part is there.
  package func write(to folder: String) throws(FileFault) {
    try AtomicFolder.write(try files(), to: folder, replacing: "part.yml")
  }

  /// Every file of the folder, `part.yml` last.
  func files() throws(FileFault) -> [(name: String, bytes: [UInt8])] {
    let grid = problem.grid
    func deck(_ model: PlaneModel, _ what: String, steps: [DeckStep]? = nil) -> [UInt8] {
      Array(model.deck(title: "\(what) of: \(title.oneLine)", of: problem, steps: steps).utf8)
    }
    // Enlarged to 256 pixels: what is smaller is hard to look at.
    let picture = try DesignPicture.picture(of: design, for: problem, caption: caption)
      .png(for: "design.png")
    let scale = max(1, 256 / max(grid.columns, grid.rows))
    return [
      ("design.inp", deck(smooth, geometry == .smooth ? "smooth model" : "pixels")),
      ("pixels.inp", deck(pixels, "pixels")),
    ]
      + (image.map { [("image.inp", deck($0, "solid and void pixels", steps: imageSteps))] } ?? [])
      + [
        ("problem.yml", Array(problemText.utf8)),
        ("density.npy", density.npy),
        ("density.png", try Picture(density: density).scaled(by: scale).png(for: "density.png")),
        ("design.png", picture),
        ("design.stl", ExtrudedSolid(madeMesh, thickness: grid.thickness).stl),
        ("part.yml", Array(partText.utf8)),
      ]
  }

  /// The mesh of what is made: with a matrix the solid pixels, around which the matrix is.
  private var madeMesh: Mesh {
    problem.isBonded ? PlaneModel(pixels: design.solid, of: problem).mesh : smooth.mesh
  }

  /// Heat alone where no more is read from the whole image.
  var imageSteps: [DeckStep] {
    gateLimits.contains { $0.model == .image && $0.isOfStructure } ? problem.deckSteps : [.heat]
  }

  /// How far from a singular place stresses are read, in pixels.
  ///
  /// At this distance *r* the stress under a force *F* on an edge, 2 *F*/(π *t* *r*) at most, is that of a member π pixels wide which the force
  /// pulls: no more than the thinnest members of a design bear anyway. It is two elements, so that what the mesh cannot resolve is left out.
  package static let singularDistance = 2.0
  /// The interior angle from which on a corner of the smooth boundary is sharp, in degrees: half way to the corners of pixels.
  static let sharpCorner = 225

  /// Figures below the picture of what is built.
  var caption: [String] {
    let grid = problem.grid
    let count = design.solidCount
    let share = Double(count) / Double(design.size.elementCount)
    var caption = [
      "volume \(share.short) (\(count) of \(design.size.elementCount) elements of \(grid.pixelSize.short) mm)",
      isHeated ? heatCaption : forceCaption,
    ]
    caption += limits.compactMap { limit in
      let bound = "\(limit.side.rawValue) \(limit.value.short)"
      return switch limit.figure {
      case .vonMisesStress: "limit: stress \(bound) MPa"
      case .displacement, .displacementOver, .meanDisplacement: "limit: displacement \(bound) mm"
      case .strainEnergy: "limit: strain energy \(bound) mJ"
      case .temperature: "limit: temperature \(bound) K"
      // It stands in the first line.
      case .volume: nil
      }
    }
    return caption + gateLimits.map(\.caption)
  }

  private var forceCaption: String {
    let largest = NodalLoads.ofEachCase(of: problem).reduce(0) { max($0, $1.largest) }
    let figures = "f\u{B7}u = \(prediction.objective.short) N mm, largest load \(largest.short) N"
    return problem.stated.loadCases.count > 1
      ? "\(problem.stated.loadCases.count) load cases: " + figures : figures
  }

  /// The problem file as it came; else the problem with the strict void, as the prediction has it, its volume, and its limits where more than the
  /// objective is limited.
  private var problemText: String {
    if let file { return file.text }
    var options = OptimisationOptions(volumeFraction: problem.volumeFraction)
    if problem.limits.contains(where: { $0.term != problem.stated.terms[0].name }) {
      options.method = .movingAsymptotes
      options.limits = problem.valueLimits
    }
    return ProblemFile(
      title: title.oneLine, problem: problem.manufacturability(), optimisation: options
    ).text
  }
}

extension DesignTask {
  /// Nodes of the grid that are held or pulled and touch what is made.
  func pins(of solid: [Bool]) -> Set<Int> {
    let heat = stated.heat.map { $0.cooledRegions + $0.sources.map(\.region) } ?? []
    let forced = stated.loadCases.flatMap { $0.loads.map(\.region) }
    let regions = supports.map(\.region) + forced + heat
    return Set(regions.flatMap { grid.nodes(in: $0) })
      .filter { node in elements(atNode: node).contains { solid[$0] } }
  }
}

extension String {
  /// The text with blanks where control characters are.
  var oneLine: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}

extension DesignLimit {
  /// The volume of a problem, to be met.
  static func volume(of problem: DesignTask) -> [DesignLimit] {
    volume(
      problem.volumeFraction, of: problem.size, pixelVolume: problem.grid.elementVolume,
      isExact: true, source: "the problem's volume fraction, \(problem.volumeFraction)")
  }
}

extension DesignLimit.Figure {
  /// The region whose nodes it reads.
  var region: GridRegion? {
    switch self {
    case .displacementOver(let region), .meanDisplacement(let region, _): region
    case .vonMisesStress, .displacement, .strainEnergy, .volume, .temperature: nil
    }
  }
}
