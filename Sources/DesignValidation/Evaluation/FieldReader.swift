internal import Files
import Meshing
import NumericalMethods
import Quantities

/// Why a figure cannot be read from a solved model.
struct ReadingFault: Error, Equatable, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

/// Reads figures from one step of a solved model, in the deck's units.
struct FieldReader {
  /// A figure and where it was found.
  struct Sample: Equatable {
    var value: Double
    /// In words: `node 17 (2, 0, 0)`.
    var location: String
    /// The number of the node, where it is one.
    var node: Int?
    /// The place, in the deck's length unit, where it is one.
    var position: [Double]?
    /// The same figure among the nodes that were left out, and where.
    var leftOut: LeftOut?
  }
  /// A figure near singular places.
  struct LeftOut: Equatable {
    /// The nodes that were left out.
    var nodeCount: Int
    var value: Double
    var location: String
  }

  /// What a field holds at every node.
  enum Field {
    case scalar([Double])
    case vector([SIMD3<Double>], Observable.Axis)
    case tensor([SymmetricTensor], Observable.Component)

    var count: Int {
      switch self {
      case .scalar(let values): values.count
      case .vector(let values, _): values.count
      case .tensor(let values, _): values.count
      }
    }

    func value(at node: Int) -> Double {
      switch self {
      case .scalar(let values): values[node]
      case .vector(let values, let axis): Self.component(axis, of: values[node])
      case .tensor(let values, let component): Self.component(component, of: values[node])
      }
    }

    /// The value between nodes: components are interpolated, invariants follow from them.
    func value(of weights: [(node: Int32, weight: Double)]) -> Double {
      switch self {
      case .scalar(let values): weights.reduce(0) { $0 + $1.weight * values[Int($1.node)] }
      case .vector(let values, let axis):
        Self.component(axis, of: weights.reduce(.zero) { $0 + $1.weight * values[Int($1.node)] })
      case .tensor(let values, let component):
        Self.component(
          component, of: weights.reduce(.zero) { $0 + $1.weight * values[Int($1.node)] })
      }
    }

    /// The largest size of the field: of vectors their length, of tensors the largest component. Of fields that are summed, the sum of the sizes.
    func size(isSum: Bool = false) -> Double {
      let sizes: [Double] =
        switch self {
        case .scalar(let values): values.map(abs)
        case .vector(let values, _): values.map(\.length)
        case .tensor(let values, _): values.map { $0.components.map(abs).max() ?? 0 }
        }
      return isSum ? sizes.reduce(0, +) : sizes.max() ?? 0
    }

    private static func component(_ axis: Observable.Axis, of vector: SIMD3<Double>) -> Double {
      switch axis {
      case .x: vector.x
      case .y: vector.y
      case .z: vector.z
      case .magnitude: vector.length
      }
    }

    static func component(_ name: Observable.Component, of tensor: SymmetricTensor)
      -> Double
    {
      switch name {
      case .xx: tensor.xx
      case .yy: tensor.yy
      case .zz: tensor.zz
      case .xy: tensor.xy
      case .xz: tensor.xz
      case .yz: tensor.yz
      case .vonMises: tensor.vonMises
      case .maxPrincipal: tensor.principalValues.max
      case .midPrincipal: tensor.principalValues.mid
      case .minPrincipal: tensor.principalValues.min
      }
    }
  }

  let model: SolvedModel
  let step: SolvedModel.Step
  /// The unit of coordinates in the deck.
  let length: PhysicalUnit

  /// A reader of one step, from 1; the last without a number.
  init(_ model: SolvedModel, step number: Int?, length: PhysicalUnit) throws(ReadingFault) {
    guard let last = model.steps.last else { throw ReadingFault("the deck has no step") }
    if let number, number > model.steps.count {
      throw ReadingFault("there is no step \(number); the deck has \(model.steps.count)")
    }
    self.model = model
    self.length = length
    step = number.map { model.steps[$0 - 1] } ?? last
  }

  /// One figure at one place.
  func sample(_ observable: Observable, at place: Place?, awayFrom zone: SingularZone? = nil)
    throws(ReadingFault) -> Sample
  {
    let sample = try unchecked(observable, at: place, zone)
    guard sample.value.isFinite else {
      throw ReadingFault("the \(observable.text) at \(sample.location) is NaN or infinite")
    }
    return sample
  }

  private func unchecked(_ observable: Observable, at place: Place?, _ zone: SingularZone?)
    throws(ReadingFault) -> Sample
  {
    if observable == .strainEnergy {
      guard let energy = step.strainEnergy else { throw absent(observable) }
      return Sample(value: energy, location: "the whole part")
    }
    if observable == .loadWork {
      guard let work = step.loadWork else { throw absent(observable) }
      return Sample(value: work, location: "the whole part")
    }
    if observable == .volume {
      if case .set(let name) = place { return try volume(ofSet: name) }
      guard let volume = step.volume else { throw absent(observable) }
      return Sample(value: volume, location: "the whole part")
    }
    if case .pixels(let pixels) = place {
      let image = try PixelImage(of: model.mesh, on: pixels)
      return Sample(value: image.minimumSize, location: pixels.text)
    }
    let field = try field(observable)
    switch place {
    case .node(let label):
      return sample(field, at: try node(label: label))
    case .set(let name):
      let nodes = try self.nodes(ofSet: name)
      if nodes.count == 1, let only = nodes.first { return sample(field, at: Int(only)) }
      var sum = 0.0
      for node in nodes { sum += field.value(at: Int(node)) }
      let value = observable.isSummed ? sum : sum / Double(nodes.count)
      let verb = observable.isSummed ? "sum" : "mean"
      return Sample(value: value, location: "set \(name), \(verb) of \(nodes.count) nodes")
    case .point(let coordinates):
      return try sample(field, at: coordinates)
    case .max: return try extreme(field, observable, model.usedNodes, zone) { $0 > $1 }
    case .min: return try extreme(field, observable, model.usedNodes, zone) { $0 < $1 }
    case .maxMagnitude:
      return try extreme(field, observable, model.usedNodes, zone) { abs($0) > abs($1) }
    case .maxOver(let name):
      return try extreme(field, observable, try self.nodes(ofSet: name).map(Int.init), zone) {
        $0 > $1
      }
    case .norm, .pixels, nil:
      throw ReadingFault("'\(observable.text)' needs a place")
    }
  }

  /// The volume of a set of elements.
  private func volume(ofSet name: String) throws(ReadingFault) -> Sample {
    guard let volumes = step.cellVolume else { throw absent(.volume) }
    guard let cells = model.mesh.cellSets[name.uppercased()], !cells.isEmpty else {
      throw ReadingFault("the deck has no set of elements '\(name)' with an element in it")
    }
    let sum = cells.reduce(0) { $0 + volumes[Int($1)] }
    return Sample(value: sum, location: "set \(name), \(cells.count) elements")
  }

  func absent(_ observable: Observable) -> ReadingFault {
    ReadingFault("the step computes no \(observable.text.split(separator: " ")[0])")
  }

  func field(_ observable: Observable) throws(ReadingFault) -> Field {
    let field: Field? =
      switch observable {
      case .displacement(let axis): step.displacement.map { .vector($0, axis) }
      case .reaction(let axis): step.reaction.map { .vector($0, axis) }
      case .stress(let component): step.stress.map { .tensor($0, component) }
      case .strain(let component): step.strain.map { .tensor($0, component) }
      case .temperature: step.temperature.map { .scalar($0) }
      case .heatFlow: step.heatFlow.map { .scalar($0) }
      case .strainEnergy, .loadWork, .volume, .unsupportedLoads, .minimumSize: nil
      }
    guard let field else { throw absent(observable) }
    guard field.count == model.mesh.nodes.count else {
      throw ReadingFault(
        "\(field.count) values of \(observable.text) for \(model.mesh.nodes.count) nodes")
    }
    return field
  }

  private func sample(_ field: Field, at node: Int) -> Sample {
    let position = model.mesh.nodes[node]
    let label = model.mesh.nodeLabels[node]
    return Sample(
      value: field.value(at: node), location: "node \(label) \(Self.text(position))", node: label,
      position: [position.x, position.y, position.z])
  }

  static func text(_ point: SIMD3<Double>) -> String {
    let coordinates = [point.x, point.y, point.z].map { $0.significant(6) }
    return "(" + coordinates.joined(separator: ", ") + ")"
  }

  private func node(label: Int) throws(ReadingFault) -> Int {
    guard let node = model.mesh.nodeLabels.firstIndex(of: label) else {
      throw ReadingFault("the deck has no node \(label)")
    }
    return node
  }

  private func nodes(ofSet name: String) throws(ReadingFault) -> [Int32] {
    try Self.nodes(ofSet: name, in: model.mesh)
  }

  /// The nodes of a set that a part file names.
  static func nodes(ofSet name: String, in mesh: Mesh) throws(ReadingFault) -> [Int32] {
    if let nodes = mesh.nodeSets[name.uppercased()], !nodes.isEmpty { return nodes }
    if mesh.nodeSets[name.uppercased()] != nil {
      throw ReadingFault("the node set '\(name)' is empty")
    }
    if mesh.cellSets[name.uppercased()] != nil {
      throw ReadingFault("'\(name)' is a set of elements; a set of nodes is needed")
    }
    let names = mesh.nodeSets.keys.sorted()
    let near = name.nearest(in: names).map { "; did you mean '\($0)'?" } ?? ""
    let listed = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
    throw ReadingFault(
      "the deck has no node set '\(name)'\(near)"
        + (names.isEmpty ? "; it has none" : "; it has \(listed)"))
  }

  /// The node within 1e-6 of the part's size, else the value inside the cell that holds the point.
  private func sample(_ field: Field, at coordinates: [Quantity]) throws(ReadingFault) -> Sample {
    var point = SIMD3<Double>.zero
    for (axis, coordinate) in coordinates.enumerated() {
      point[axis] = length.value(coordinate.value, from: coordinate.unit)
    }
    let used = model.usedNodes
    guard let first = used.first else { throw ReadingFault("the deck has no elements") }
    var (low, high) = (model.mesh.nodes[first], model.mesh.nodes[first])
    var nearest = (node: first, distance: Double.infinity)
    for node in used {
      let position = model.mesh.nodes[node]
      low = pointwiseMin(low, position)
      high = pointwiseMax(high, position)
      let distance = (position - point).length
      if distance < nearest.distance { nearest = (node, distance) }
    }
    if nearest.distance <= 1e-6 * (high - low).length { return sample(field, at: nearest.node) }
    let place = "point \(Self.text(point))"
    guard let interpolation = model.interpolation else {
      throw ReadingFault("no node lies at \(place), and values inside cells cannot be read yet")
    }
    guard let weights = interpolation(model.mesh, point) else {
      let label = model.mesh.nodeLabels[nearest.node]
      let position = Self.text(model.mesh.nodes[nearest.node])
      throw ReadingFault(
        "\(place) lies outside the part; the nearest node is \(label) \(position)")
    }
    return Sample(
      value: field.value(of: weights), location: place, position: [point.x, point.y, point.z])
  }

  /// The best value over nodes; those of a zone apart.
  private func extreme(
    _ field: Field, _ observable: Observable, _ nodes: [Int], _ zone: SingularZone?,
    _ isBetter: (Double, Double) -> Bool
  ) throws(ReadingFault) -> Sample {
    var best: (node: Int, value: Double)?
    var near: (node: Int, value: Double)?
    var nearCount = 0
    for node in nodes {
      let value = field.value(at: node)
      guard value.isFinite else {
        throw ReadingFault(
          "the \(observable.text) at node \(model.mesh.nodeLabels[node]) is NaN or infinite")
      }
      if zone?.nodes.contains(node) ?? false {
        nearCount += 1
        if near.map({ isBetter(value, $0.value) }) ?? true { near = (node, value) }
      } else if best.map({ isBetter(value, $0.value) }) ?? true {
        best = (node, value)
      }
    }
    guard let best else {
      if let zone, !nodes.isEmpty {
        throw ReadingFault(
          "all \(nodes.count) nodes lie within \(zone.distance.significant(4)) of a singular place; "
            + "give a shorter 'distance' or a finer mesh")
      }
      throw ReadingFault("the deck has no elements")
    }
    var sample = sample(field, at: best.node)
    if let near {
      sample.leftOut = LeftOut(
        nodeCount: nearCount, value: near.value,
        location: self.sample(field, at: near.node).location)
    }
    return sample
  }
}
