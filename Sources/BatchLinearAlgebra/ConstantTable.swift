/// Numbers written once and read by any thread, at an address that stays.
final class ConstantTable<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let base: UnsafePointer<Element>
  let count: Int
  private let memory: UnsafeMutablePointer<Element>

  init(_ elements: [Element]) {
    count = elements.count
    memory = .allocate(capacity: max(1, count))
    memory.initialize(from: elements, count: count)
    base = UnsafePointer(memory)
  }

  deinit { memory.deallocate() }
}
