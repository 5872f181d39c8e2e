public import Files

extension Mesh {
  /// Reads a mesh file; the ending of its name says which kind it is.
  ///
  /// `.msh` is read by ``GmshReader`` and `.inp` by ``AbaqusReader``.
  ///
  /// - Throws: ``InputFaults`` with everything that is wrong.
  public init(contentsOf path: String) throws(InputFaults) {
    let name = path.split(separator: "/").last ?? ""
    let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
    switch ending {
    case "msh": self = try GmshReader.mesh(contentsOf: path)
    case "inp": self = try AbaqusReader.mesh(contentsOf: path)
    default:
      throw InputFaults([
        InputFault(
          at: .init(file: path),
          ending.map { "meshes in '.\($0)' files are not read" } ?? "the file has no ending",
          remedy: "Gmsh meshes end in .msh, decks in .inp")
      ])
    }
  }
}
