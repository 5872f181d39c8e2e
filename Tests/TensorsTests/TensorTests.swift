import ArrayFiles
import Files
import Glibc
import Meshing
import Tensors
import TestSupport
import Testing

@Suite("Tensors") struct TensorTests {
  @Test func `hold the numbers they are made of, in both precisions`() {
    let floats = Tensor([1, 2.5, -3, 4, 5, 6] as [Float], shape: [2, 3])
    #expect(floats.shape == [2, 3])
    #expect(floats.precision == .single)
    #expect(floats.scalars == [1, 2.5, -3, 4, 5, 6])
    let doubles = Tensor([0.1, 1e300], shape: [2])
    #expect(doubles.precision == .double)
    #expect(doubles.doubles == [0.1, 1e300])
    #expect(doubles.scalars == [Float(0.1), .infinity])
    #expect(doubles.converted(to: .single).doubles[0] == Double(Float(0.1)))
    #expect(Tensor.zeros([2, 0]).count == 0)
    #expect(Tensor.ones([2], precision: .double).doubles == [1, 1])
    #expect(Tensor.full([], 7).item == 7)
  }

  @Test func `are read in C order, however they lie in memory`() {
    let tensor = Tensor([0, 1, 2, 3, 4, 5] as [Float], shape: [2, 3])
    #expect(tensor.permuted([1, 0]).scalars == [0, 3, 1, 4, 2, 5])
    #expect(tensor.sliced(along: 1, 1..<2).scalars == [1, 4])
    var places = [Float](repeating: 0, count: 6)
    var span = places.mutableSpan
    tensor.flipped(along: [0, 1]).copy(to: &span)
    #expect(places == [5, 4, 3, 2, 1, 0])
  }

  @Test func `are values: what one changes, no other sees`() throws {
    let original = Tensor([1, 2] as [Float], shape: [2])
    var changed = original
    changed += original
    #expect(original.scalars == [1, 2])
    #expect(changed.scalars == [2, 4])

    var list = [original]
    let view = original.reshaped([2, 1])
    list.accumulate([Tensor([10, 10] as [Float], shape: [2])])
    #expect(list[0].scalars == [11, 12])
    #expect(original.scalars == [1, 2])
    #expect(view.scalars == [1, 2])
  }

  @Test func `give their memory back`() throws {
    // 1600 times 8 MiB would be 12.5 GiB. The peak is the process's own, so other tests count too: together less than 2 GiB.
    func peak() -> Int {
      var usage = rusage()
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss << 10
    }
    let before = peak()
    var x = Tensor.ones([1 << 21]).detached(requiresGradient: true)
    for _ in 0..<1600 {
      let slope = try Tensor.gradient(of: x.square().sum(), withRespectTo: [x])[0]
      x = (x - 0.1 * slope).detached(requiresGradient: true)
    }
    #expect(peak() - before < 1 << 31)
  }

  @Test func `travel as safetensors in their own precision`() throws {
    let place = try TemporaryPlace()
    let path = place.path + "/a.safetensors"
    var writer = SafetensorsWriter()
    writer.add("single", Tensor([1, 2, 3] as [Float], shape: [3]).reshaped([3, 1]))
    writer.add("double", Tensor([0.1], shape: []))
    try writer.write(to: path)
    let file = try SafetensorsFile(contentsOf: path)
    let single = try file.tensor("single", shape: [3, 1], precision: .single)
    #expect(single.precision == .single)
    #expect(single.scalars == [1, 2, 3])
    #expect(try file.tensor("double").item == 0.1)
    #expect(throws: InputFault.self) { try file.tensor("single", precision: .double) }
    #expect(throws: InputFault.self) { try file.tensor("single", shape: [3]) }
    #expect(throws: InputFault.self) { try file.tensor("half") }
  }

  @Test func `say what they are`() {
    #expect("\(Tensor([1, 2] as [Float], shape: [2]))" == "Tensor([2], single) [1.0, 2.0]")
  }

  @Test func `of shapes that do not fit stop the program, with both shapes`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2]) + Tensor.zeros([3])
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("size of tensor a (2) must match the size of tensor b (3)"))
  }
}
