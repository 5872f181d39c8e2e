import Foundation
import TestSupport

/// NumPy, run in a process of its own.
struct NumPy {
  let place: TemporaryPlace

  init() throws { place = try TemporaryPlace() }

  /// Runs a script with NumPy as `numpy` in the folder and gives what it prints.
  func run(_ script: String) throws -> String {
    let file = try place.write(
      "import numpy, os, sys\nos.chdir(sys.argv[1])\n" + script, to: "script.py")
    let run = try BuiltProgram(at: "/usr/bin/python3").run([file, place.path])
    guard run.code == 0 else { throw Failure(description: run.errors) }
    return run.output
  }

  /// A file of the folder.
  func path(_ name: String) -> String { place.url.appending(path: name).path }

  /// The bytes of a file of the folder.
  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: place.url.appending(path: name)))
  }

  struct Failure: Error, CustomStringConvertible { let description: String }
}
