internal import Glibc

/// *x*^*p* of the C library.
func raised(_ x: Double, _ p: Double) -> Double { pow(x, p) }
/// The hyperbolic tangent.
func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
/// e^x.
func exponential(_ x: Double) -> Double { exp(x) }
/// The natural logarithm.
func logarithm(_ x: Double) -> Double { log(x) }
