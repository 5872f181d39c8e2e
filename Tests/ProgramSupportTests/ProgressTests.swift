import Testing

@testable import Files
@testable import ProgramSupport

@Suite("Progress of a program") struct ProgressTests {
  @Test func `without a terminal is said at once, and then every half a minute`() {
    var pace = ProgressPace()
    let seconds = [0, 0.1, 29, 30, 31, 59.9, 60.5, 200, 201, 229.9, 230]
    #expect(seconds.filter { pace.isDue(at: $0) } == [0, 30, 60.5, 200, 230])
    var later = ProgressPace(first: 2)
    #expect([0, 1.9, 2.5, 3, 32, 33].filter { later.isDue(at: $0) } == [2.5, 33])
  }

  @Test(arguments: [
    (0, 0, 0.0, "", "0/400 updates"),
    (10, 0, 5.0, "rec 0.3", "10/400 updates, 2.0/s, 3 min left, rec 0.3"),
    // What an earlier run has done says nothing of the rate.
    (210, 200, 5.0, "", "210/400 updates, 2.0/s, 1 min left"),
    (400, 0, 2.0, "", "400/400 updates, 200/s, 0 s left"),
  ])
  func `is a line of what is done, the rate and the time left`(
    done: Int, before: Int, seconds: Double, words: String, expected: String
  ) {
    let text = ProgressLine.text(
      done, of: 400, before: before, unit: "updates", seconds: seconds, words)
    #expect(text == expected)
  }

  @Test(arguments: [21, 40, 80]) func `is a bar narrower than the terminal`(columns: Int) {
    let line = ProgressLine.line(
      100, of: 400, before: 0, unit: "updates", seconds: 5, "and much else to say of it",
      columns: columns)
    #expect(line.count < columns)
    let width = min(30, columns / 4)
    #expect(line.filter { $0 == "█" }.count == width / 4)
    #expect(line.filter { $0 == "█" || $0 == "░" }.count == width)
  }

  @Test(arguments: [
    (0.2, "1 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3660, "1 h 1 min"),
    (90_000, "25 h 0 min"),
  ])
  func `says seconds as a person does`(seconds: Double, text: String) {
    #expect(ProgressLine.duration(seconds) == text)
  }
}
