internal import Files

/// Something wrong at a byte of a Gmsh file; the line is counted only when it is told.
struct GmshFault: Error {
  /// The byte, from zero; `nil` for the file as a whole.
  var offset: Int?
  /// What is wrong.
  var problem: String
  /// What the user can do.
  var remedy = ""
}

/// What is wrong with a Gmsh file, up to a number that a person still reads.
struct GmshFaults {
  private var faults: [GmshFault] = []
  private var omittedCount = 0

  /// Whether nothing is wrong.
  var isEmpty: Bool { faults.isEmpty }

  /// Adds a fault, or counts it where there are too many.
  mutating func add(_ fault: GmshFault) {
    if faults.count < FaultList.capacity { faults.append(fault) } else { omittedCount += 1 }
  }

  /// The faults with their lines, or bytes in a binary file, in the order of their places.
  func located(in bytes: [UInt8], name: String, isBinary: Bool) -> InputFaults {
    var line = 1
    var counted = 0
    var located = faults.sorted { $0.offset ?? .max < $1.offset ?? .max }.map { fault in
      var place = InputFault.Location(file: name)
      if let offset = fault.offset.map({ min($0, bytes.count) }) {
        if isBinary {
          place.byte = offset
        } else {
          while counted < offset {
            if bytes[counted] == UInt8(ascii: "\n") { line += 1 }
            counted += 1
          }
          place.line = line
        }
      }
      return InputFault(at: place, fault.problem, remedy: fault.remedy)
    }
    if omittedCount > 0 {
      located.append(
        InputFault(at: .init(file: name), "\(omittedCount) more faults are not listed"))
    }
    return InputFaults(located)
  }
}
