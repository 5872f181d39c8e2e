internal import CGcgan
internal import DeckAnalysis
internal import Files
internal import ProgramSupport

/// Solves a deck. As `gcgan.h` says.
@c @implementation public func gcgan_solve_deck(
  _ path: UnsafePointer<CChar>!, _ folder: UnsafePointer<CChar>!,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!,
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!
) -> Int32 {
  call(message) {
    let path = try String(callers: path, "path")
    let folder = try folder.map { try String(callers: $0, "folder") }
    let solved = try SolvedDeck(
      solvingDeckAt: path,
      prepare: { if let folder { try OutputFolder(path: folder).check() } })
    if let folder {
      _ = try solved.write(
        to: folder, name: path.split(separator: "/").last.map(String.init) ?? path)
    }
    json?.pointee = solved.report.json.text.callersText
  }
}
