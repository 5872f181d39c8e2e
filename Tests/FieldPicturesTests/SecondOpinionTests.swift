import ArrayFiles
import DesignValidation
import Foundation
import TestSupport
import Testing

@testable import FieldPictures

/// VTK's rays against our triangles: which face is in front, and which value is there.
@Suite("Pictures beside VTK") struct SecondOpinionTests {
  private struct Question: Encodable {
    var points: [[Double]]
    var triangles: [[Int]]
    var values: [Double]
    var rays: [[[Double]]]
  }

  private func ask(_ question: Question) throws -> [[Double]?] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Resources/see.py").path
    ]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    let data = try JSONEncoder().encode(question)
    try input.fileHandleForWriting.write(contentsOf: data)
    try input.fileHandleForWriting.close()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try JSONDecoder().decode([[Double]?].self, from: answer)
  }

  @Test("show the same face with the same value", arguments: [0, 1, 2])
  func sameFaces(_ number: Int) throws {
    // Few large faces: their edges, which VTK knows nothing of, cover little.
    let fields = ModelFields.box(2)
    let view = FieldView.views(of: fields)[number]
    let values = try #require(fields.vonMises)
    let scale = try #require(ColorScale(.magnitude, over: values))
    let frame = PictureFrame(around: fields.positions, from: view, width: 240)
    let picture = FieldPicture(
      of: fields, .field(values, scale), from: view, deformation: 0, in: frame
    ).picture
    var triangles: [[Int]] = []
    var faceOfTriangle: [Int] = []
    for (place, face) in fields.faces.enumerated() {
      for last in 2..<face.count {
        triangles.append([Int(face[0]), Int(face[last - 1]), Int(face[last])])
        faceOfTriangle.append(place)
      }
    }
    var pixels: [(x: Int, y: Int)] = []
    var rays: [[[Double]]] = []
    for y in stride(from: 3, to: picture.height, by: 6) {
      for x in stride(from: 3, to: picture.width, by: 6) {
        let right = (Double(x) + 0.5 - Double(frame.width) / 2) / frame.scale + frame.middle.x
        let up = (Double(frame.height) / 2 - Double(y) - 0.5) / frame.scale + frame.middle.y
        let point = view.right * right + view.up * up
        rays.append(
          [100.0, -100.0].map { depth in
            let end = point + view.toward * depth
            return [end.x, end.y, end.z]
          })
        pixels.append((x, y))
      }
    }
    let answers = try ask(
      Question(
        points: fields.positions.map { [$0.x, $0.y, $0.z] }, triangles: triangles, values: values,
        rays: rays))
    var (sameCount, seenCount, paperCount) = (0, 0, 0)
    for (pixel, answer) in zip(pixels, answers) {
      let place = 3 * (pixel.y * picture.width + pixel.x)
      let drawn = picture.bytes[place..<place + 3].map { Double($0) / 255 }
      guard let answer else {
        let paper = FieldPicture.paper
        let isPaper = zip(drawn, [paper.x, paper.y, paper.z]).allSatisfy { abs($0 - $1) < 0.01 }
        paperCount += isPaper ? 1 : 0
        continue
      }
      seenCount += 1
      // The light of the face that VTK sees, and the colour of the value that it finds there.
      let normal = fields.normal(of: fields.faces[faceOfTriangle[Int(answer[0])]])
      let light = 0.5 + 0.5 * abs((normal * view.toward).sum())
      let wanted = scale.levels(ofBand: try #require(scale.band(of: answer[1])))
      let isSame = zip(drawn, wanted).allSatisfy { abs($0 - $1 * light) < 0.03 }
      sameCount += isSame ? 1 : 0
    }
    #expect(seenCount > 300)
    // The outline and the ring around the largest value reach a little beyond the part.
    let freeCount = pixels.count - seenCount
    #expect(Double(paperCount) > 0.97 * Double(freeCount), "\(paperCount) of \(freeCount)")
    // What is left are pixels on edges and on limits of bands.
    #expect(Double(sameCount) > 0.85 * Double(seenCount), "\(sameCount) of \(seenCount)")
  }
}
