import Glibc
import Meshing

/// Which pixels of a grid the cells of a plane deck fill.
struct PixelImage {
  private let place: PixelPlace
  /// `[row][column]`, row 0 at the bottom.
  private var isSolid: [Bool]

  /// The pixels that the cells of a mesh are.
  ///
  /// - Throws: ``ReadingFault`` where a cell is no square of the grid.
  init(of mesh: Mesh, on place: PixelPlace) throws(ReadingFault) {
    self.place = place
    isSolid = [Bool](repeating: false, count: place.columns * place.rows)
    var side: Double?
    for block in mesh.blocks {
      for cell in 0..<block.count {
        let corners = block.nodes(of: cell).map { mesh.nodes[Int($0)] }
        let (x, y) = (corners.map(\.x), corners.map(\.y))
        guard let left = x.min(), let right = x.max(), let low = y.min(), let high = y.max() else {
          continue
        }
        let width = side ?? (right - left)
        side = width
        let (column, row) = ((left / width).rounded(), (low / width).rounded())
        func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-6 * width }
        guard block.shape == .quadrilateral4, width > 0, isNear(left, column * width),
          isNear(low, row * width), isNear(right, left + width), isNear(high, low + width),
          (0..<Double(place.columns)).contains(column), (0..<Double(place.rows)).contains(row)
        else {
          throw ReadingFault(
            "the cell \(block.labels[cell]) is no pixel of a grid of \(place.columns)×\(place.rows) squares from the origin on"
          )
        }
        isSolid[Int(row) * place.columns + Int(column)] = true
      }
    }
  }

  /// How far members and gaps fall short of the length scale: the mean over all pixels of exp(−c |∇ρ̄|²) times the square of what the filtered density ρ̄ of a
  /// solid pixel lacks to the erosion threshold, or that of a void one exceeds the dilation threshold by; 0 where nothing is thinner.
  ///
  /// - Source: Zhou, Lazarov, Wang and Sigmund, *Comput. Methods Appl. Mech. Engrg.* 293 (2015).
  var minimumSize: Double {
    let filtered = self.filtered
    func value(_ column: Int, _ row: Int) -> Double {
      filtered[
        max(0, min(place.rows - 1, row)) * place.columns + max(0, min(place.columns - 1, column))]
    }
    var sum = 0.0
    for row in 0..<place.rows {
      for column in 0..<place.columns {
        let here = value(column, row)
        let lack =
          isSolid[row * place.columns + column]
          ? max(0, place.erosion - here) : max(0, here - place.dilation)
        let x = (value(column + 1, row) - value(column - 1, row)) / 2
        let y = (value(column, row + 1) - value(column, row - 1)) / 2
        sum += exp(-place.decay * (x * x + y * y)) * lack * lack
      }
    }
    return sum / Double(isSolid.count)
  }

  /// The share of solid near every pixel, weighted by a cone.
  private var filtered: [Double] {
    let reach = Int(place.radius.rounded(.up))
    return isSolid.indices.map { pixel in
      let (row, column) = (pixel / place.columns, pixel % place.columns)
      var (solid, all) = (0.0, 0.0)
      for j in max(0, row - reach)...min(place.rows - 1, row + reach) {
        for i in max(0, column - reach)...min(place.columns - 1, column + reach) {
          let weight = max(0, place.radius - hypot(Double(i - column), Double(j - row)))
          all += weight
          if isSolid[j * place.columns + i] { solid += weight }
        }
      }
      return solid / all
    }
  }
}
