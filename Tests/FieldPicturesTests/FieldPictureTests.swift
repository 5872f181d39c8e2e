import ArrayFiles
import DesignValidation
import TestSupport
import Testing

@testable import FieldPictures

@Suite("Pictures of fields") struct FieldPictureTests {
  private func stress(_ fields: ModelFields, view: FieldView? = nil, factor: Double = 0) throws
    -> FieldPicture
  {
    let view = try view ?? #require(FieldView.views(of: fields).first)
    let values = try #require(fields.vonMises)
    let scale = try #require(ColorScale(.magnitude, over: values))
    return FieldPicture(
      of: fields, .field(values, scale), from: view, deformation: factor,
      in: PictureFrame(around: fields.positions(moved: factor), from: view, width: 240))
  }

  /// Red, green and blue of a pixel.
  private func pixel(_ picture: Picture, _ x: Int, _ y: Int) -> [UInt8] {
    let place = 3 * (y * picture.width + x)
    return Array(picture.bytes[place..<place + 3])
  }

  @Test func `a field that grows to the right is dark on the left and light on the right`() throws {
    let drawn = try stress(.plate(2))
    let levels = stride(from: 48, to: 200, by: 13).map { x in
      pixel(drawn.picture, x, drawn.picture.height / 2 + 40).reduce(0) { $0 + Int($1) }
    }
    #expect(levels == levels.sorted(), "\(levels)")
    #expect(levels[0] + 250 < levels[levels.count - 1])
  }

  @Test func `the bands stand where the values are`() throws {
    // A square in a picture of 240 × 216 pixels has 156 of them from pixel 42; the value there is (x - 42) / 156.
    let drawn = try stress(.plate(2))
    let scale = try #require(drawn.scale)
    for band in 0..<ColorScale.bandCount {
      let wanted = scale.levels(ofBand: band).map { UInt8(($0 * 255).rounded()) }
      let found = pixel(drawn.picture, 42 + 13 * band + 6, drawn.picture.height / 2 + 40)
      #expect(
        zip(wanted, found).allSatisfy { abs(Int($0) - Int($1)) <= 1 },
        "band \(band): \(wanted) and \(found)")
    }
  }

  @Test func `the extreme is named with its node and place, and a ring marks it`() throws {
    var fields = ModelFields.plate()
    fields.vonMises?[40] = 7
    let drawn = try stress(fields)
    #expect(
      drawn.extreme
        == .init(value: 7, node: 41, position: fields.positions[40], isVisible: true))
    // Node 41 is the middle of the plate, and so of the picture: the ring is dark there.
    let (x, y) = (drawn.picture.width / 2, drawn.picture.height / 2)
    #expect(pixel(drawn.picture, x + 7, y).allSatisfy { $0 < 60 })
  }

  @Test func `the far side of a body is said to be there`() throws {
    let fields = ModelFields.box()
    let views = FieldView.views(of: fields)
    #expect(views.count == 3)
    let seen = try views.map { try #require(try stress(fields, view: $0).extreme).isVisible }
    #expect(seen[0] && !seen[1], "the largest value is in front, on the right and above")
  }

  @Test func `equal fields give equal pictures, whatever the order of the faces`() throws {
    #expect(try stress(.plate()).picture == stress(.plate()).picture)
    #expect(try stress(.plate()).picture == stress(.plate(reversed: true)).picture)
  }

  @Test func `nearer faces hide those behind them`() throws {
    var fields = ModelFields.box()
    // A value on the far side alone must not change the picture; on the near side it must.
    let view = FieldView.views(of: fields)[0]
    let plain = try stress(fields, view: view).picture
    let far = try #require(fields.positions.firstIndex(of: [0, 2, 0.375]))
    fields.vonMises?[far] = 50
    #expect(try stress(fields, view: view).picture == plain)
    let near = try #require(fields.positions.firstIndex(of: [3, 0, 0]))
    fields.vonMises?[near] = 0
    #expect(try stress(fields, view: view).picture != plain)
  }

  @Test func `supports and forces are drawn where they are`() throws {
    let fields = ModelFields.plate()
    let frame = PictureFrame(around: fields.positions, from: .plane, width: 240)
    func isDrawn(_ color: SIMD3<Double>, _ columns: Range<Int>, _ fields: ModelFields) -> Bool {
      let picture = FieldPicture(of: fields, .geometry, from: .plane, deformation: 0, in: frame)
        .picture
      let wanted = [color.x, color.y, color.z].map { UInt8(($0 * 255).rounded()) }
      return (0..<picture.height).contains { y in
        columns.contains { pixel(picture, $0, y) == wanted }
      }
    }
    // The plate is between the pixels 42 and 198.
    let held = isDrawn(FieldPicture.support, 0..<42, fields)
    let heldOnTheRight = isDrawn(FieldPicture.support, 120..<240, fields)
    let pulled = isDrawn(FieldPicture.load, 150..<198, fields)
    #expect(held && !heldOnTheRight && pulled)
    var free = fields
    (free.supports, free.loads) = ([], [])
    let isMarked =
      isDrawn(FieldPicture.support, 0..<240, free) || isDrawn(FieldPicture.load, 0..<240, free)
    #expect(!isMarked)
  }

  @Test func `NaN is grey, and models without a size or without faces are drawn`() throws {
    var fields = ModelFields.plate()
    fields.vonMises?[0] = .nan
    let drawn = try stress(fields)
    // The lower left corner of the plate.
    let corner = pixel(drawn.picture, 50, drawn.picture.height - 34)
    #expect(Set(corner).count == 1, "grey has three equal parts, found \(corner)")
    var point = ModelFields(
      isPlane: false, nodeNumbers: [1], positions: [[1, 2, 3]], faces: [], materials: [])
    point.vonMises = [1]
    #expect(try stress(point).extreme?.node == 1)
    var lost = ModelFields.plate()
    lost.positions[3] = [.nan, .infinity, 0]
    #expect(try stress(lost).picture.width == 240)
  }

  @Test func `the deformed shape has a factor of one, two or five`() {
    // A twelfth of the diagonal of 1.414 is 0.118; the largest displacement is 0.001.
    #expect(ModelFields.plate().deformationFactor == 100)
    var still = ModelFields.plate()
    still.displacement = still.positions.map { _ in .zero }
    #expect(still.deformationFactor == 0)
    still.displacement = still.positions.map { _ in [0.5, 0, 0] }
    #expect(still.deformationFactor == 1)
  }
}

@Suite("Bands of colour") struct ColorScaleTests {
  /// The lightness that WCAG 2 computes contrast from.
  private func luminance(_ levels: [Double]) -> Double {
    let linear = levels.map { $0 <= 0.04045 ? $0 / 12.92 : pow24(($0 + 0.055) / 1.055) }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// x to the power of 2.4, as the fifth root of x to the twelfth.
  private func pow24(_ x: Double) -> Double {
    let twelfth = (0..<12).reduce(1.0) { product, _ in product * x }
    var root = 1.0
    for _ in 0..<200 {
      root -= (root * root * root * root * root - twelfth) / (5 * root * root * root * root)
    }
    return root
  }

  @Test(
    "grow lighter from band to band, so that a grey print reads",
    arguments: [
      ColorScale.Family.magnitude, .heat,
    ])
  func growLighter(_ family: ColorScale.Family) {
    let scale = ColorScale(family, from: 0, to: 1)
    let levels = (0..<ColorScale.bandCount).map { luminance(scale.levels(ofBand: $0)) }
    for (dark, light) in zip(levels, levels.dropFirst()) {
      #expect(dark + 0.005 < light, "\(levels)")
    }
  }

  @Test func `a difference is as far up as down`() throws {
    let scale = try #require(ColorScale(.difference, over: [-1, 3, .nan]))
    #expect(scale.low == -3 && scale.high == 3)
    #expect(ColorScale(.heat, over: [.nan]) == nil)
    #expect(scale.limits.count == ColorScale.bandCount + 1)
    #expect(scale.band(of: .nan) == nil && scale.band(of: 3) == 11 && scale.band(of: -4) == 0)
  }
}

@Suite("A lightened skin") struct LightSkinTests {
  @Test func `has few faces, keeps values that were there and the node it is told to keep`() throws
  {
    let fields = ModelFields.box(24)
    let kept = try #require(fields.positions.firstIndex(of: [3, 0, 1.5]))
    let light = fields.lightened(toFaces: 800, keeping: [kept])
    #expect(light.faces.count <= 800 && light.faces.count > 200, "\(light.faces.count)")
    let values = Set(try #require(fields.vonMises))
    #expect(try #require(light.vonMises).allSatisfy { values.contains($0) })
    #expect(light.nodeNumbers.contains(fields.nodeNumbers[kept]))
    #expect(light.faces.allSatisfy { $0.allSatisfy { $0 < light.positions.count } })
    #expect(fields.lightened(toFaces: 100_000) == fields)
  }
}
