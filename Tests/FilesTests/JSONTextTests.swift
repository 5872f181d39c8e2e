import Foundation
import Testing

@testable import Files

@Suite("JSON text") struct JSONTextTests {
  @Test func `what is written can be read by others`() throws {
    let text = JSONText.object([
      ("name", .string("a \"b\"\\\n\u{1}é")), ("list", .array([.integer(1), .number(0.1), .null])),
      ("empty", .array([])), ("infinite", .number(.infinity)),
    ]).text
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(object?["name"] as? String == "a \"b\"\\\n\u{1}é")
    #expect((object?["list"] as? [Any])?[1] as? Double == 0.1)
    #expect((object?["empty"] as? [Any])?.count == 0)
    #expect(object?["infinite"] is NSNull)
  }
}
