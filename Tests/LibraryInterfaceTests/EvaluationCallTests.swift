import CGcgan
import LibraryInterface
import Testing

@Suite("Calls of the library")
struct EvaluationCallTests {
  @Test("a released problem is an error, never a crash")
  func releasedProblem() {
    var message: UnsafeMutablePointer<CChar>?
    #expect(gcgan_problem_release(999_999, &message) == Int32(GCGAN_USAGE.rawValue))
    #expect(message.map { String(cString: $0) }?.contains("999999") == true)
    gcgan_free(message)
  }
}
