import Dispatch
import Synchronization
import Tensors
import Testing

/// Serialised, since the number of threads is the process's.
@Suite("Threads", .serialized) struct ThreadTests {
  /// A small network's loss and gradients; the same numbers for the same seed.
  static func bits(_ seed: UInt64) throws -> [UInt32] {
    var numbers = Numbers(seed: seed)
    let pictures = numbers.tensor([8, 3, 16, 16]).converted(to: .single)
    let parameters = [[16, 3, 3, 3], [16], [16, 16, 3, 3]].map {
      numbers.tensor($0).converted(to: .single).detached(requiresGradient: true)
    }
    let output = pictures.convolved(weight: parameters[0], bias: parameters[1], padding: 1).silu()
      .convolved(weight: parameters[2], stride: 2, padding: 1).softplus().mean()
    let gradients = try Tensor.gradient(of: output, withRespectTo: parameters)
    return ([output] + gradients).flatMap { $0.scalars.map(\.bitPattern) }
  }

  @Test func `inside operations are one unless more are asked for`() {
    #expect(TorchThreads.perOperation == 1)
    let elsewhere = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      let count = TorchThreads.perOperation
      elsewhere.withLock { $0 = max($0, count) }
    }
    #expect(elsewhere.withLock { $0 } == 1)
  }

  @Test func `are those of a libtorch that says what it is`() {
    #expect(TorchLibrary.version.split(separator: ".").count >= 3)
    #expect(TorchLibrary.configuration.contains("OpenMP"))
  }

  /// With one thread inside operations: the number is the whole process's, and other suites run beside this one, whose bits and speed would change.
  @Test func `of Swift that call at once get the bits of one that calls alone`() throws {
    let alone = try (0..<8).map { try Self.bits(UInt64($0)) }
    let together = Mutex([Int: [UInt32]]())
    DispatchQueue.concurrentPerform(iterations: 8) { number in
      let bits = try? Self.bits(UInt64(number))
      together.withLock { $0[number] = bits }
    }
    for number in 0..<8 {
      #expect(together.withLock { $0[number] } == alone[number], "seed \(number)")
    }
  }

  @Test func `of Swift have errors and recording of their own`() {
    let x = Tensor.ones([2]).detached(requiresGradient: true)
    let failures = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 64) { number in
      if number.isMultiple(of: 2) {
        let silent = Tensor.withoutGradient { (x * Double(number)).sum() }
        if silent.requiresGradient { failures.withLock { $0 += 1 } }
      } else {
        let y = Tensor.custom(of: x) { x in
          (x, { _ in throw CustomFunctionTests.Refusal(number: number) })
        }
        do {
          _ = try Tensor.gradient(of: y.sum(), withRespectTo: [x])
          failures.withLock { $0 += 1 }
        } catch {
          if error as? CustomFunctionTests.Refusal != .init(number: number) {
            failures.withLock { $0 += 1 }
          }
        }
      }
    }
    #expect(failures.withLock { $0 } == 0)
  }
}
