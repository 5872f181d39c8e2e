internal import DesignProblem
internal import Tensors

extension Tensor {
  /// Pads pictures, `[batch][channel][row][column]`: along periodic axes with what lies at the other end, along others with zeros.
  func padded(_ width: Int, around periodic: Set<GridAxis>) -> Tensor {
    var picture = self
    for (axis, dimension) in [(GridAxis.y, 2), (.x, 3)] where periodic.contains(axis) {
      let length = shape[dimension]
      picture = Tensor.concatenated(
        [
          picture.sliced(along: dimension, (length - width)..<length), picture,
          picture.sliced(along: dimension, 0..<width),
        ], along: dimension)
    }
    let (x, y) = (periodic.contains(.x) ? 0 : width, periodic.contains(.y) ? 0 : width)
    return x == 0 && y == 0 ? picture : picture.padded(left: x, right: x, top: y, bottom: y)
  }
}
