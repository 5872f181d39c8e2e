import ArrayFiles
package import Files

extension ModelFields {
  /// The format of the file, the key `gcgan` of its metadata.
  static let format = "gcgan-fields/1"

  /// The `.safetensors` file of the fields: the same fields give the same bytes.
  package var bytes: [UInt8] {
    var file = SafetensorsWriter(metadata: ["gcgan": Self.format, "plane": "\(isPlane)"])
    func add(_ name: String, _ vectors: [SIMD3<Double>]?) {
      guard let vectors else { return }
      file.add(name, shape: [vectors.count, 3], values: vectors.flatMap { [$0.x, $0.y, $0.z] })
    }
    file.add("node_numbers", shape: [nodeNumbers.count], values: nodeNumbers.map(Int64.init))
    add("positions", positions)
    file.add(
      "faces", shape: [faces.count, 4],
      values: faces.flatMap { face in
        (0..<4).map { $0 < face.count ? Int32(clamping: face[$0]) : -1 }
      })
    file.add("materials", shape: [materials.count], values: materials)
    add("displacement", displacement)
    for (name, values) in scalars { file.add(name, shape: [values.count], values: values) }
    file.add(
      "supports", shape: [supports.count, 4],
      values: supports.flatMap { support in
        [Int32(clamping: support.place)] + (0..<3).map { support.axes.contains($0) ? 1 : 0 }
      })
    file.add("load_places", shape: [loads.count], values: loads.map { Int32(clamping: $0.place) })
    add("load_forces", loads.map(\.force))
    return file.bytes
  }

  /// Reads the fields of a file; nothing in it is taken on trust.
  ///
  /// - Throws: ``InputFault`` with the file and what is wrong.
  package init(contentsOf path: String) throws(InputFault) {
    let file = FieldsFile(path, try SafetensorsFile(contentsOf: path))
    guard file.content.metadata["gcgan"] == Self.format else {
      let format = file.content.metadata["gcgan"].map { "the format '\($0.prefix(40))'" }
      throw file.fault(
        "it holds \(format ?? "no fields of a model"), and '\(Self.format)' is read")
    }
    let numbers: [Int64] = try file.content.values(of: "node_numbers")
    let count = numbers.count
    let positions = try file.vectors("positions", count: count)
    let corners: [Int32] = try file.content.values(of: "faces")
    guard corners.count % 4 == 0,
      corners.indices.allSatisfy({
        corners[$0] < count && (corners[$0] >= 0 || ($0 % 4 == 3 && corners[$0] == -1))
      })
    else { throw file.fault("a face has a corner that is none of its \(count) nodes") }
    let faces = stride(from: 0, to: corners.count, by: 4).map { first in
      corners[first..<first + 4].filter { $0 >= 0 }.map { UInt32($0) }
    }
    self.init(
      isPlane: file.content.metadata["plane"] == "true", nodeNumbers: numbers.map(Int.init),
      positions: positions, faces: faces,
      materials: try file.content.values(of: "materials", shape: [faces.count]))
    if file.has("displacement") {
      displacement = try file.vectors("displacement", count: count)
    }
    vonMises = try file.scalars(Self.vonMisesName, count: count)
    temperature = try file.scalars(Self.temperatureName, count: count)
    errorEstimate = try file.scalars(Self.errorName, count: count)
    let held: [Int32] = try file.content.values(of: "supports")
    let loaded: [Int32] = try file.content.values(of: "load_places")
    let forces = try file.vectors("load_forces", count: loaded.count)
    let heldPlaces = stride(from: 0, to: held.count, by: 4).map { held[$0] }
    guard held.count % 4 == 0, (heldPlaces + loaded).allSatisfy({ $0 >= 0 && $0 < count }) else {
      throw file.fault("a support or a load is at none of its \(count) nodes")
    }
    supports = stride(from: 0, to: held.count, by: 4).map { first in
      Support(
        place: Int(held[first]), axes: Set((0..<3).filter { held[first + 1 + $0] != 0 }))
    }
    loads = zip(loaded, forces).map { Load(place: Int($0), force: $1) }
  }
}

/// A file that is read as fields.
private struct FieldsFile {
  let path: String
  let content: SafetensorsFile

  init(_ path: String, _ content: SafetensorsFile) { (self.path, self.content) = (path, content) }

  func fault(_ problem: String) -> InputFault {
    InputFault(at: .init(file: path), problem, remedy: "write the run anew")
  }

  func has(_ name: String) -> Bool { content.names.contains(name) }

  func vectors(_ name: String, count: Int) throws(InputFault) -> [SIMD3<Double>] {
    let values = try finite(name, shape: [count, 3])
    return (0..<count).map { SIMD3(values[3 * $0], values[3 * $0 + 1], values[3 * $0 + 2]) }
  }

  func scalars(_ name: String, count: Int) throws(InputFault) -> [Double]? {
    has(name) ? try finite(name, shape: [count]) : nil
  }

  private func finite(_ name: String, shape: [Int]) throws(InputFault) -> [Double] {
    let values: [Double] = try content.values(of: name, shape: shape)
    guard values.allSatisfy(\.isFinite) else {
      throw fault("the array '\(name)' has NaN or an infinity in it")
    }
    return values
  }
}
