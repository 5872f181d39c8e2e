import Foundation
import TestSupport
import Testing

/// What the programs need at run time.
@Suite("Linked libraries") struct LinkedLibrariesTests {
  @Test(
    "the solver's are there, the network's are not", arguments: ["gcgan-solve", "gcgan-validate"])
  func libraries(_ name: String) throws {
    let run = try BuiltProgram(at: "/usr/bin/ldd").run([BuiltProgram(name).file.path])
    #expect(run.code == 0, "\(run.errors)")
    for library in ["libcholmod", "libgsl"] { #expect(run.output.contains(library)) }
    for library in ["libtorch", "libc10", "not found"] { #expect(!run.output.contains(library)) }
  }
}
