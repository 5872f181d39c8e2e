internal import CKernels

/// A precision in which fronts are factored, `laneCount` designs side by side.
protocol FrontScalar: BitwiseCopyable, Sendable, ExpressibleByFloatLiteral, AdditiveArithmetic {
  associatedtype Flag: SignedInteger & BitwiseCopyable & Sendable
  static var laneCount: Int { get }
  static func eliminate(
    _ front: gck_front, _ factor: UnsafeMutablePointer<Self>, _ update: UnsafeMutablePointer<Self>,
    _ threshold: Self, _ failure: UnsafeMutablePointer<Flag>)
  static func add(
    _ front: gck_front, _ factor: UnsafeMutablePointer<Self>, _ child: UnsafePointer<Self>,
    _ count: Int32, _ places: UnsafePointer<Int32>)
  static func addUpdate(
    _ front: gck_front, _ update: UnsafeMutablePointer<Self>, _ child: UnsafePointer<Self>,
    _ count: Int32, _ places: UnsafePointer<Int32>)
  static func forward(
    _ front: gck_front, _ factor: UnsafePointer<Self>, _ rows: UnsafePointer<Int32>,
    _ x: UnsafeMutablePointer<Self>, _ sides: Int32)
  static func backward(
    _ front: gck_front, _ factor: UnsafePointer<Self>, _ rows: UnsafePointer<Int32>,
    _ x: UnsafeMutablePointer<Self>, _ sides: Int32)
}

extension Float: FrontScalar {
  typealias Flag = Int32
  static let laneCount = 8
  static func eliminate(
    _ front: gck_front, _ factor: UnsafeMutablePointer<Float>,
    _ update: UnsafeMutablePointer<Float>, _ threshold: Float,
    _ failure: UnsafeMutablePointer<Int32>
  ) { gck_front_eliminate_f32(front, factor, update, threshold, failure) }
  static func add(
    _ front: gck_front, _ factor: UnsafeMutablePointer<Float>, _ child: UnsafePointer<Float>,
    _ count: Int32, _ places: UnsafePointer<Int32>
  ) { gck_front_add_f32(front, factor, child, count, places) }
  static func addUpdate(
    _ front: gck_front, _ update: UnsafeMutablePointer<Float>, _ child: UnsafePointer<Float>,
    _ count: Int32, _ places: UnsafePointer<Int32>
  ) { gck_front_add_update_f32(front, update, child, count, places) }
  static func forward(
    _ front: gck_front, _ factor: UnsafePointer<Float>, _ rows: UnsafePointer<Int32>,
    _ x: UnsafeMutablePointer<Float>, _ sides: Int32
  ) { gck_front_forward_f32(front, factor, rows, x, sides) }
  static func backward(
    _ front: gck_front, _ factor: UnsafePointer<Float>, _ rows: UnsafePointer<Int32>,
    _ x: UnsafeMutablePointer<Float>, _ sides: Int32
  ) { gck_front_backward_f32(front, factor, rows, x, sides) }
}

extension Double: FrontScalar {
  typealias Flag = Int64
  static let laneCount = 8
  static func eliminate(
    _ front: gck_front, _ factor: UnsafeMutablePointer<Double>,
    _ update: UnsafeMutablePointer<Double>, _ threshold: Double,
    _ failure: UnsafeMutablePointer<Int64>
  ) { gck_front_eliminate_f64(front, factor, update, threshold, failure) }
  static func add(
    _ front: gck_front, _ factor: UnsafeMutablePointer<Double>, _ child: UnsafePointer<Double>,
    _ count: Int32, _ places: UnsafePointer<Int32>
  ) { gck_front_add_f64(front, factor, child, count, places) }
  static func addUpdate(
    _ front: gck_front, _ update: UnsafeMutablePointer<Double>, _ child: UnsafePointer<Double>,
    _ count: Int32, _ places: UnsafePointer<Int32>
  ) { gck_front_add_update_f64(front, update, child, count, places) }
  static func forward(
    _ front: gck_front, _ factor: UnsafePointer<Double>, _ rows: UnsafePointer<Int32>,
    _ x: UnsafeMutablePointer<Double>, _ sides: Int32
  ) { gck_front_forward_f64(front, factor, rows, x, sides) }
  static func backward(
    _ front: gck_front, _ factor: UnsafePointer<Double>, _ rows: UnsafePointer<Int32>,
    _ x: UnsafeMutablePointer<Double>, _ sides: Int32
  ) { gck_front_backward_f64(front, factor, rows, x, sides) }
}
