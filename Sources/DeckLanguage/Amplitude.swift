/// Factor against time.
public struct Amplitude: Sendable, Equatable {
  /// Times and factors; a time that is given twice is a jump.
  public var points: [(time: Double, factor: Double)]
  /// `TIME=TOTAL TIME`: measured from the start of the first step, not of the current one.
  public var usesTotalTime: Bool

  /// A curve through points.
  public init(points: [(time: Double, factor: Double)], usesTotalTime: Bool) {
    self.points = points
    self.usesTotalTime = usesTotalTime
  }

  /// Whether two amplitudes have the same points.
  public static func == (a: Self, b: Self) -> Bool {
    a.usesTotalTime == b.usesTotalTime && a.points.elementsEqual(b.points) { $0 == $1 }
  }
}
