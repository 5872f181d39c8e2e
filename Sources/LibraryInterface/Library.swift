internal import CGcgan
internal import Files
internal import FiniteElements
internal import Glibc
internal import LinearAlgebra
internal import Parallelism
internal import ProgramSupport

/// The version of the library's interface. As `gcgan.h` says.
@c @implementation public func gcgan_interface_version() -> UInt32 {
  UInt32(GCGAN_INTERFACE_MAJOR) << 16 | UInt32(GCGAN_INTERFACE_MINOR)
}

/// Versions in JSON. As `gcgan.h` says.
@c @implementation public func gcgan_versions() -> UnsafeMutablePointer<CChar>! {
  JSONText.object(
    (Versions.program + NumericalLibraries.versions + [Versions.yams]).map {
      ($0.name, .string($0.version))
    }
  ).text.callersText
}

/// Frees a text that a call gave. As `gcgan.h` says.
@c @implementation public func gcgan_free(_ text: UnsafeMutablePointer<CChar>!) { free(text) }

/// Sets how many threads a call uses. As `gcgan.h` says.
@c @implementation public func gcgan_set_threads(_ count: Int32) {
  WorkerPool.threadCount = count > 0 ? Int(count) : WorkerPool.availableProcessorCount
}
