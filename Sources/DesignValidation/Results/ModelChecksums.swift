internal import Files
import Meshing
import ThermoElasticity

/// What a model was solved from, as SHA-256 in hexadecimal digits: two runs that differ can be told apart by their causes.
package struct ModelChecksums: Codable, Sendable, Equatable {
  /// Of the bytes of the deck, and of the files it includes.
  package var deck: String
  /// Of the cells: their types and the places of their nodes. How nodes and cells are numbered does not matter.
  package var mesh: String
  /// Of the materials that cells are made of.
  package var materials: String
}

extension ModelChecksums {
  /// The checksums of a solved model.
  ///
  /// - Complexity: O(cells · log cells)
  init(of model: SolvedModel, deckAt path: String) {
    deck = Self.ofDeck(path)
    mesh = Self.hex(model.mesh.placesOfCells)
    materials = Self.hex(
      model.materials.map { "\($0)" }.joined(separator: "\n").utf8.map { $0 })
  }

  /// The checksum of a file; empty where it cannot be read.
  static func ofFile(_ path: String) -> String {
    (try? AtomicFile.read(path)).map(hex) ?? ""
  }

  private static func ofDeck(_ path: String) -> String {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    var bytes: [UInt8] = []
    var met: Set<String> = []
    var waiting = [path]
    while let file = waiting.popLast() {
      guard met.insert(file).inserted, let content = try? AtomicFile.read(file) else { continue }
      bytes += content
      waiting += IncludeCards.names(inFileAt: file).map { $0.hasPrefix("/") ? $0 : folder + $0 }
    }
    return hex(bytes)
  }

  static func hex(_ bytes: [UInt8]) -> String { SHA256Digest.text(of: bytes) }
}

extension Mesh {
  /// Two numbers for every cell that stand for its type and its nodes' places, in rising order.
  fileprivate var placesOfCells: [UInt8] {
    var keys: [SIMD2<UInt64>] = []
    keys.reserveCapacity(cellCount)
    for block in blocks {
      let type = (block.elementType?.rawValue ?? block.shape.rawValue).utf8
      let start = type.reduce(SIMD2<UInt64>(0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F)) {
        $0.mixed(with: UInt64($1))
      }
      for index in 0..<block.count {
        var key = start
        for node in block.nodes(of: index) {
          let place = nodes[Int(node)]
          // A negative zero is a zero.
          for axis in 0..<3 { key = key.mixed(with: (place[axis] + 0).bitPattern) }
        }
        keys.append(key)
      }
    }
    keys.sort { ($0.x, $0.y) < ($1.x, $1.y) }
    return keys.withUnsafeBytes { Array($0) }
  }
}

extension SIMD2<UInt64> {
  /// Both lanes with one more number in them, by multiplications with odd numbers and rotations.
  fileprivate func mixed(with number: UInt64) -> Self {
    func turned(_ value: UInt64, _ count: UInt64) -> UInt64 {
      value << count | value >> (64 - count)
    }
    return Self(
      turned(x ^ number, 27) &* 0x9FB2_1C65_1E98_DF25 &+ 0x5851_F42D_4C95_7F2D,
      turned(y &+ number, 31) &* 0xD6E8_FEB8_6659_FD93 ^ 0x1405_7B7E_F767_814F)
  }
}

extension RunRecord {
  /// The SHA-256 of its JSON: two runs with one checksum are one run.
  package func checksum(of json: [UInt8]) -> String { ModelChecksums.hex(json) }
}
