import Foundation
import Manufacturability
import Testing

@testable import DesignNetworks
@testable import Tensors

@Suite("Gradient pool") struct GradientPoolTests {
  @Test func `mean and statistics are those of the vectors`() {
    var pool = GradientPool()
    let vectors: [[Double]] = [[1, 2, 2], [3, 0, 4], [0, 2, 0]]
    for vector in vectors {
      pool.add([
        Tensor(Array(vector.prefix(1)), shape: [1]), Tensor(Array(vector.suffix(2)), shape: [2]),
      ])
    }
    // Unbiased: the sample variance summed over components, and ‖ḡ‖² less its own noise.
    let mean = [4.0 / 3, 4.0 / 3, 2.0]
    for (found, expected) in zip(pool.mean.flatMap(\.doubles), mean) {
      #expect(abs(found - expected) < 1e-15)
    }
    var variance = 0.0
    for vector in vectors {
      for (value, mean) in zip(vector, mean) { variance += (value - mean) * (value - mean) / 2 }
    }
    let statistics = pool.statistics
    #expect(abs(statistics.variance - variance) < 1e-12)
    let length = mean.reduce(0) { $0 + $1 * $1 }
    #expect(abs(statistics.squaredLength - (length - variance / 3)) < 1e-12)
    #expect(abs(statistics.cosine - 0.5 * (11.0 / 15 + 0)) < 1e-12)
  }

  /// Means over one, two and five items: the mean of all, and the noise of one item.
  @Test func `gradients count by their sizes, and sizes that are alike not at all`() {
    var random = SeededGenerator(seed: 2)
    var (variance, length) = (0.0, 0.0)
    let updates = 4000
    for _ in 0..<updates {
      var pool = GradientPool()
      var sum = [0.0, 0.0]
      for size in [1, 2, 5] {
        // Of single items (3, 4) plus normal noise of deviation 2 in both components.
        let deviation = 2 / Double(size).squareRoot()
        let mean = [3 + deviation * random.nextNormal(), 4 + deviation * random.nextNormal()]
        for axis in 0..<2 { sum[axis] += Double(size) * mean[axis] }
        pool.add([Tensor(mean, shape: [2])], size: size)
      }
      for (found, expected) in zip(pool.mean[0].doubles, sum) {
        #expect(abs(found - expected / 8) < 1e-14)
      }
      variance += pool.statistics.variance / Double(updates)
      length += pool.statistics.squaredLength / Double(updates)
    }
    // tr Σ = 8, |G|² = 25; three times the deviation of the mean of 4000.
    #expect(abs(variance - 8) < 0.4)
    #expect(abs(length - 25) < 0.5)
    var (alike, plain) = (GradientPool(), GradientPool())
    for value in [0.1, 0.7, 0.3] {
      alike.add([Tensor([value], shape: [1])], size: 12)
      plain.add([Tensor([value], shape: [1])])
    }
    #expect(alike.mean[0].doubles == plain.mean[0].doubles)
    #expect(alike.statistics == plain.statistics)
  }

  /// Besides the sum, which it changes in place, it holds the last gradient and no other.
  @Test func `a pool lets go of a gradient when the next one comes`() {
    var pool = GradientPool()
    var given: [WeakHandle] = []
    for number in 0..<100 {
      let gradient = Tensor.full([4], Double(number))
      given.append(WeakHandle(handle: gradient.handle))
      pool.add([gradient])
    }
    #expect(pool.count == 100)
    #expect(given.indices.filter { given[$0].handle != nil } == [99])
  }

  private struct WeakHandle {
    weak var handle: TensorHandle?
  }

  @Test(arguments: [2, 4]) func `variance and length of known noise are found without bias`(
    count: Int
  ) {
    // g = (3, 4) plus normal noise of deviation 2 in both components: tr Σ = 8, |G|² = 25.
    var random = SeededGenerator(seed: 1)
    var (variance, length) = (0.0, 0.0)
    let updates = 4000
    for _ in 0..<updates {
      var pool = GradientPool()
      for _ in 0..<count {
        pool.add([Tensor([3 + 2 * random.nextNormal(), 4 + 2 * random.nextNormal()], shape: [2])])
      }
      variance += pool.statistics.variance / Double(updates)
      length += pool.statistics.squaredLength / Double(updates)
    }
    // Four deviations of the means: of the variance 8 / √(updates · (N − 1)), of the length about 2 · 5 · 2 / √(N · updates). Without the correction
    // for the noise of the mean the length would be 25 + 8 / N, and the variance 8 (N − 1) / N.
    #expect(abs(variance - 8) < 4 * 8 / Double(updates * (count - 1)).squareRoot())
    #expect(abs(length - 25) < 4 * 20 / Double(updates * count).squareRoot())
  }

  @Test func `the noise scale is that of averages over about ten updates`() {
    func statistics(_ variance: Double, _ length: Double) -> GradientPool.Statistics {
      var statistics = GradientPool.Statistics()
      statistics.count = 4
      statistics.variance = variance
      statistics.squaredLength = length
      return statistics
    }
    var average = NoiseAverage()
    #expect(average.noiseScale == nil)
    // The first update counts whole, and one micro-gradient says nothing.
    average.add(statistics(8, 25))
    #expect(abs((average.noiseScale ?? 0) - 0.32) < 1e-15)
    average.add(GradientPool.Statistics())
    #expect(abs((average.noiseScale ?? 0) - 0.32) < 1e-15)
    // Numbers worked out by hand: (0.9 · 0.1 · 8 + 0.1 · 2) / (0.9 · 0.1 · 25 + 0.1 · 100) = 0.92 / 12.25.
    average.add(statistics(2, 100))
    #expect(abs((average.noiseScale ?? 0) - 0.92 / 12.25) < 1e-15)
    // Lengths that noise makes negative: no number of micro-gradients is enough.
    for _ in 0..<50 { average.add(statistics(2, -1)) }
    #expect(average.noiseScale == .infinity)
  }

  @Test
  func `the gate learns a noise scale that grows with the loss, and goes on from a saved state`()
    throws
  {
    var random = SeededGenerator(seed: 2)
    var gate = AccumulationGate(random: &random)
    #expect(gate.forecast == nil)
    var errors: [Double] = []
    func statistics(_ update: Int) -> (GradientPool.Statistics, Double) {
      let wave = 0.5 * (1 + sin(Double(update) / 6))
      var statistics = GradientPool.Statistics()
      statistics.count = 4
      statistics.variance = exponential(2 * wave)
      statistics.squaredLength = 1
      statistics.norm = 1
      return (statistics, wave)
    }
    for update in 0..<300 {
      let (next, loss) = statistics(update)
      if let error = try gate.observe(next, generatorLoss: loss, discriminatorLoss: 0) {
        errors.append(error)
      }
    }
    // The variance of ln of the wave's mean over four updates is about 0.4: a forecast without knowledge has that error.
    #expect(errors.suffix(20).reduce(0, +) / 20 < 0.1)

    let saved = Dictionary(uniqueKeysWithValues: gate.state.map { ($0.name, $0.tensor) })
    var other = SeededGenerator(seed: 3)
    var restored = AccumulationGate(random: &other)
    try restored.restore { name, _ in
      guard let tensor = saved[name] else { throw TensorError("no \(name)") }
      return tensor
    }
    #expect(restored.forecast == gate.forecast)
    let (next, loss) = statistics(300)
    let a = try gate.observe(next, generatorLoss: loss, discriminatorLoss: 0)
    let b = try restored.observe(next, generatorLoss: loss, discriminatorLoss: 0)
    #expect(a == b && restored.forecast == gate.forecast)
  }
}
