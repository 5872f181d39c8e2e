import Foundation
import Manufacturability
import Meshing
import Testing

@testable import DesignFamilies

@Suite("The surface of a drawn-out design") struct ExtrudedSolidTests {
  /// What a binary STL file holds, read byte by byte.
  private struct Surface {
    var triangles: [[SIMD3<Float>]] = []
    var normals: [SIMD3<Float>] = []

    init(_ bytes: [UInt8]) throws {
      func word(_ place: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
      }
      try #require(bytes.count >= 84)
      let count = Int(word(80))
      try #require(bytes.count == 84 + 50 * count)
      for triangle in 0..<count {
        let points = (0..<4).map { corner in
          let floats = (0..<3).map { axis in
            Float(bitPattern: word(84 + 50 * triangle + 12 * corner + 4 * axis))
          }
          return SIMD3(floats[0], floats[1], floats[2])
        }
        normals.append(points[0])
        triangles.append(Array(points[1...]))
      }
    }

    /// How often each directed edge stands against its opposite; all zero where the surface is closed.
    var isClosed: Bool {
      var balance: [[Float]: Int] = [:]
      for triangle in triangles {
        for corner in 0..<3 {
          let (a, b) = (triangle[corner], triangle[(corner + 1) % 3])
          balance[[a.x, a.y, a.z, b.x, b.y, b.z], default: 0] += 1
          balance[[b.x, b.y, b.z, a.x, a.y, a.z], default: 0] -= 1
        }
      }
      return balance.values.allSatisfy { $0 == 0 }
    }

    /// The number of triangles at each edge.
    var edgeCounts: Set<Int> {
      var counts: [Set<[Float]>: Int] = [:]
      for triangle in triangles {
        for corner in 0..<3 {
          let (a, b) = (triangle[corner], triangle[(corner + 1) % 3])
          counts[[[a.x, a.y, a.z], [b.x, b.y, b.z]], default: 0] += 1
        }
      }
      return Set(counts.values)
    }

    /// The volume by the divergence theorem: positive where triangles run counter-clockwise seen from outside.
    var volume: Double {
      triangles.reduce(0) { sum, triangle in
        let (a, b, c) = (
          SIMD3<Double>(triangle[0]), SIMD3<Double>(triangle[1]), SIMD3<Double>(triangle[2])
        )
        let cross = SIMD3(
          b.y * c.z - b.z * c.y, b.z * c.x - b.x * c.z, b.x * c.y - b.y * c.x)
        return sum + (a * cross).sum() / 6
      }
    }
  }

  @Test("is closed, points outwards and has the volume of the area", arguments: 0..<6)
  func isWatertight(_ number: Int) throws {
    let size = GridSize(columns: 21, rows: 15)
    let density = FittedCellsTests.noise(200 + number, size)
    let solid = density.map { $0 >= 0.45 }
    let pins = FittedCellsTests.pins(solid, size)
    let fitted = try #require(FittedCells(solid, along: density, size: size, pins: pins))
    let problem = DesignTask(size: size, supports: [], loads: [], volumeFraction: 0.5)
    let model = PlaneModel(fitted, of: problem)
    let surface = try Surface(ExtrudedSolid(model.mesh, thickness: 2.5).stl)
    #expect(surface.isClosed)
    #expect(surface.edgeCounts == [2])
    // Coordinates are rounded to 24 bits, 1e-6 of 21.
    #expect(abs(surface.volume / (2.5 * model.area) - 1) < 1e-5)
    for (triangle, normal) in zip(surface.triangles, surface.normals) {
      let (u, v) = (triangle[1] - triangle[0], triangle[2] - triangle[0])
      let cross = SIMD3(u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x)
      #expect((cross * normal).sum() > 0)
    }
  }
}
