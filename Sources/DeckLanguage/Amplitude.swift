/// Factor against time.
package struct Amplitude: Sendable, Equatable {
  /// Times and factors; a time that is given twice is a jump.
  package var points: [(time: Double, factor: Double)]
  /// `TIME=TOTAL TIME`: measured from the start of the first step, not of the current one.
  package var usesTotalTime: Bool

  /// A curve through points.
  package init(points: [(time: Double, factor: Double)], usesTotalTime: Bool) {
    self.points = points
    self.usesTotalTime = usesTotalTime
  }

  /// Whether two amplitudes have the same points.
  package static func == (a: Self, b: Self) -> Bool {
    a.usesTotalTime == b.usesTotalTime && a.points.elementsEqual(b.points) { $0 == $1 }
  }
}
