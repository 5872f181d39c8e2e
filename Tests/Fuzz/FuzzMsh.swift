/// What the fuzzer calls: whatever the bytes, a mesh or faults, and nothing of a mesh beyond its nodes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMsh(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  do {
    let mesh = try GmshReader.mesh(bytes: bytes, name: "fuzz.msh")
    for block in mesh.blocks {
      precondition(block.connectivity.allSatisfy { $0 >= 0 && Int($0) < mesh.nodes.count })
      precondition(block.labels.count * block.shape.nodeCount == block.connectivity.count)
    }
    for nodes in mesh.nodeSets.values {
      precondition(nodes.allSatisfy { $0 >= 0 && Int($0) < mesh.nodes.count })
    }
    for facets in mesh.surfaces.values {
      for facet in facets { precondition(mesh.sideNodes(of: facet).count > 1) }
    }
    _ = mesh.findings()
    _ = mesh.components()
  } catch {
    precondition(!error.description.isEmpty)
  }
  return 0
}
