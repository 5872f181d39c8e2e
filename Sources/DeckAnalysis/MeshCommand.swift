import Files
import Glibc
import Meshing
package import ProgramSupport

/// `gcgan-solve mesh FILE.msh`: writes a Gmsh mesh as the cards of a deck, for *INCLUDE.
package struct MeshCommand: Sendable, Equatable {
  /// What plane cells become, by the beginning of their elements' names.
  package enum PlaneCells: String, CaseIterable, Sendable {
    case planeStress = "CPS"
    case planeStrain = "CPE"
    case axisymmetric = "CAX"

    var theory: ElementType.Theory {
      switch self {
      case .planeStress: .planeStress
      case .planeStrain: .planeStrain
      case .axisymmetric: .axisymmetric
      }
    }
  }

  /// The mesh, as Gmsh wrote it.
  package var mesh: String
  /// Where to write; the mesh's folder where there is none.
  package var outputFolder: String?
  /// What plane cells become.
  package var planeCells: PlaneCells
  /// Whether only errors are said.
  package var isQuiet: Bool

  /// A command.
  package init(
    mesh: String, outputFolder: String? = nil, planeCells: PlaneCells = .planeStress,
    isQuiet: Bool = false
  ) {
    self.mesh = mesh
    self.outputFolder = outputFolder
    self.planeCells = planeCells
    self.isQuiet = isQuiet
  }

  /// Runs the command: what was written goes to the standard output, everything else to the standard error.
  package func run() -> ProgramStatus {
    ProgramStatus.of(mesh, judging: { _ in nil }) {
      let path = (outputFolder ?? mesh.folder) + "/" + name + ".inp"
      try refuseToOverwrite(path)
      let read = try GmshReader.mesh(contentsOf: mesh)
      let faults = read.faults(inFile: mesh)
      guard faults.isEmpty else { throw InputFaults(faults) }
      let text = try MeshDeck(mesh: read, planeTheory: planeCells.theory, source: mesh).text()
      try OutputFolder(path: outputFolder ?? mesh.folder).check()
      try OutputFolder(path: outputFolder ?? mesh.folder).make()
      try AtomicFile.write(text, to: path)
      if !isQuiet { print(summary(of: read, path)) }
      return .success
    }
  }

  /// The name of the file without what is after its last point.
  private var name: String {
    let last = mesh.split(separator: "/").last.map(String.init) ?? mesh
    return last.lastIndex(of: ".").map { String(last[..<$0]) } ?? last
  }

  /// A deck of the same name that a person wrote is not replaced.
  private func refuseToOverwrite(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    let start = try AtomicFile.read(path, upTo: 1 << 30).prefix(MeshDeck.header.utf8.count)
    guard String(decoding: start, as: UTF8.self) == MeshDeck.header else {
      throw FileFault(
        path: path, action: "write",
        reason:
          "a file is there that gcgan-solve mesh did not write; move it, or give another folder with -o"
      )
    }
  }

  private func summary(of mesh: Mesh, _ path: String) -> String {
    func list(_ kind: String, _ names: some Collection<String>) -> String {
      names.isEmpty ? "" : "\n\(kind): \(names.sorted().joined(separator: ", "))"
    }
    return "\(path): \(mesh.nodes.count) nodes, \(mesh.cellCount) elements"
      + list("node sets", mesh.nodeSets.keys) + list("element sets", mesh.cellSets.keys)
      + list("surfaces", mesh.surfaces.keys)
  }
}
