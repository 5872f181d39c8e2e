import FiniteElements
import Glibc
import Meshing
import NumericalMethods
import ThermoElasticity

/// What a program says where a limit on its address space (`ulimit -v`) leaves it without memory.
///
/// Swift ends a program that gets no memory with `abort`. A handler of that signal tells it from other ends: under a limit, where as much
/// again as half of it cannot be had, memory was what was missing.
package enum MemoryLimit {
  /// The exit code: the input makes sense and cannot be evaluated here.
  private static let exitCode: Int32 = 3

  /// Says what was missing, and ends with 3, instead of a stack trace. Without a limit nothing changes.
  package static func watch() {
    guard bytes != nil else { return }
    signal(SIGABRT) { _ in MemoryLimit.end() }
  }

  /// The least address space that decks are solved in: the libraries alone take some 300 MiB, and near that OpenBLAS asks for memory without end.
  private static let least = 512 << 20

  /// Why decks are not solved under the limit there is, after the libraries have taken what they need for themselves; `nil` where they are.
  package static func problem() -> String? {
    guard let bytes else { return nil }
    guard bytes >= least else {
      return
        "the limit on the address space (ulimit -v) is \(bytes >> 20) MiB, and decks are solved from \(least >> 20) MiB on; raise it"
    }
    prepareLibraries()
    return nil
  }

  /// Solves one brick.
  ///
  /// OpenBLAS 0.3.21 takes its work space of 128 MiB of addresses when it first factors something, and asks again
  /// without end where it does not get it: under a limit on memory that is a process that hangs.
  package static func prepareLibraries() {
    let mesh = Mesh.box(
      size: SIMD3(1, 1, 1), divisions: SIMD3(1, 1, 1), elementType: .c3d8)
    let held = (Int32(0)..<4).flatMap { node in
      (0..<3).map { PrescribedValue(node: node, component: $0, value: 0) }
    }
    let brick = ThermoElasticModel(
      mesh: mesh, materials: [Material(name: "", elasticity: .isotropic(.constant(1, 0)))],
      sections: [Section(cells: [0], material: 0)])
    // Whether it succeeds does not matter: the deck itself will say what fails.
    _ = try? ElasticSystem(brick, held: held).solve(MechanicalLoads())
  }

  /// The limit in bytes; `nil` where there is none.
  private static var bytes: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur <= rlim_t(Int.max)
    else { return nil }
    return Int(limit.rlim_cur)
  }

  /// The handler: system calls alone, no memory of the heap.
  private static func end() {
    guard let bytes, !canHave(bytes / 2) else {
      signal(SIGABRT, SIG_DFL)
      return
    }
    let text: StaticString =
      "not enough memory under the limit on the address space (ulimit -v); raise it, or solve a smaller model\n"
    _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
    _exit(exitCode)
  }

  private static func canHave(_ count: Int) -> Bool {
    let place = mmap(nil, count, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard place != MAP_FAILED else { return false }
    munmap(place, count)
    return true
  }
}
