internal import DesignProblem

// What a task says of places and targets; nothing is solved.

extension FieldRow {
  /// The share of the grid to be filled, everywhere the same.
  static let volumeFraction = FieldRow(FieldGroup(.scalar, "volume-fraction")) { answer, _ in
    [single([Double](repeating: answer.task.volumeFraction, count: answer.elementCount))]
  }

  /// For each direction a half of every held node, at the elements that touch it: 1 inside a held edge.
  static let supports = FieldRow(FieldGroup(.axes, "support-x", "support-y")) { answer, _ in
    var image = NodeImage(answer.task, channelCount: 2)
    for support in answer.task.supports {
      for node in answer.task.grid.nodes(in: support.region) {
        for axis in support.axes where axis != .z { image.add(0.5, to: axis.index, at: node) }
      }
    }
    return image.channels
  }

  /// The force on every node over the largest whole load of any load case, at the elements that touch the node.
  static let forces = FieldRow(about: .loadCase, FieldGroup(.vector, "force-x", "force-y")) {
    answer, name in
    let loads = NodalLoads.ofEachCase(of: answer.task)
    let largest = (loads.map(\.largest).max() ?? 0).orUsual
    var image = NodeImage(answer.task, channelCount: 2)
    for place in answer.cases(name) {
      for group in loads[place].groups {
        for (node, force) in zip(group.nodes, group.forces) {
          for axis in 0..<2 {
            image.add(
              group.isEven
                ? group.total[axis] / largest / Double(group.nodes.count) : force[axis] / largest,
              to: axis, at: node)
          }
        }
      }
    }
    return image.channels
  }

  /// 1 where an element is always solid, −1 where it is always void, 0 where it is designed.
  static let passive = FieldRow(FieldGroup(.scalar, "passive")) { answer, _ in
    var image = [Float](repeating: 0, count: answer.elementCount)
    for region in answer.task.stated.passive {
      for element in answer.task.grid.elements(in: region.region) {
        image[element] = region.filling == .solid ? 1 : -1
      }
    }
    return [image]
  }
}

extension Double {
  /// The largest load of sampled parts, in newtons: their files have it rounded.
  private static let usualLoad = 1000.0

  /// The largest load; that of sampled parts where it is but for rounding, or there is none.
  fileprivate var orUsual: Double {
    abs(self / Self.usualLoad - 1) < 1e-8 || self == 0 ? Self.usualLoad : self
  }
}
