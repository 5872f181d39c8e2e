internal import Glibc

// Glibc's functions are C: they are called here, so that the rooms above stay free of it.

/// ln x
func logarithm(_ x: Double) -> Double { log(x) }
/// eˣ
func exponential(_ x: Double) -> Double { exp(x) }
/// 1 / (1 + e⁻ˣ)
func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
