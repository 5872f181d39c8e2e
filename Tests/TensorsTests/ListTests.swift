import Tensors
import Testing

@Suite("Lists of tensors") struct ListTests {
  @Test func `have scalar products added up in double precision`() {
    // 2²⁴ + 1 is no float: a sum in single precision would lose the ones.
    let big = [Tensor([4096] as [Float], shape: [1]), Tensor.ones([37])]
    #expect(big.squaredNorm == 16_777_216 + 37)
    #expect(big.dot([Tensor([2] as [Float], shape: [1]), Tensor.full([37], 0.5)]) == 8192 + 18.5)
  }

  @Test func `do not care how the tensors lie in memory`() {
    let a = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    let b = Tensor([1, 4, 2, 5, 3, 6] as [Float], shape: [3, 2]).permuted([1, 0])
    #expect([a].dot([b]) == 91)
  }

  @Test func `accumulate in one call`() {
    var pool = [Tensor.zeros([2]), Tensor.zeros([1, 3], precision: .double)]
    let gradients = [Tensor.ones([2]), Tensor.full([1, 3], 2, precision: .double)]
    pool.accumulate(gradients, scale: 0.5)
    pool.accumulate(gradients, scale: 1, keeping: 3)
    #expect(pool[0].scalars == [2.5, 2.5])
    #expect(pool[1].doubles == [5, 5, 5])
  }
}
