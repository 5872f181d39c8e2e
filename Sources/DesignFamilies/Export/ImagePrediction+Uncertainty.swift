extension ImagePrediction {
  /// How far the deck of the pixels may be from the image, relatively.
  ///
  /// The image has void of 1e-9 of the stiffness where the deck has nothing. That is 3e-10 of *f*·*u* in the median of 126 designs, 4e-6 in one
  /// whose members are a pixel wide, and 1.4e-5 of its displacement.
  static let pixelAgreement = 1e-4

  /// One standard deviation of what a smooth, finer model makes of *f*·*u*, relatively.
  ///
  /// A force on a single node, and a node held alone, add the same to *f*·*u* with every halving of the elements, without end (Flamant's solution:
  /// 2 ln 2 *F*²/(π *E* *t*) at a straight edge); bilinear pixels are too stiff in bending besides. Both show in the change *d* when pixels are cut in
  /// four. The quadratic cells of the smooth model resolve about twice as much more, up to 2.4 *d* in 126 designs; and a smooth boundary in the
  /// place of steps makes a difference of some per cent. Hence 2 % + 1.25 *d*, and twice as much for a bound.
  package var objectiveUncertainty: Double {
    Self.uncertainty(objective, refined: refinedObjective)
  }

  /// The same of any figure.
  fileprivate static func uncertainty(_ value: Double, refined: Double) -> Double {
    0.02 + 1.25 * abs(refined - value) / max(abs(value), .leastNormalMagnitude)
  }
}

extension ImagePrediction.Case {
  /// One standard deviation of what a smooth, finer model makes of *f*·*u*, relatively; see ``ImagePrediction/objectiveUncertainty``.
  var uncertainty: Double {
    ImagePrediction.uncertainty(compliance, refined: refinedCompliance)
  }
}
