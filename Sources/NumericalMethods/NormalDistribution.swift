internal import CGSL

/// The normal distribution with mean 0 and standard deviation 1.
public enum NormalDistribution {
  /// Φ: the probability of a value below `x`.
  ///
  /// The corresponding C function is `gsl_cdf_ugaussian_P`.
  public static func probability(below x: Double) -> Double {
    ScientificLibrary.prepare()
    return gsl_cdf_ugaussian_P(x)
  }

  /// The value that is exceeded with probability 1 − `probability`.
  ///
  /// The corresponding C function is `gsl_cdf_ugaussian_Pinv`.
  ///
  /// - Parameter probability: Between 0 and 1, both left out.
  public static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "the quantile of probability \(probability)")
    ScientificLibrary.prepare()
    return gsl_cdf_ugaussian_Pinv(probability)
  }
}
