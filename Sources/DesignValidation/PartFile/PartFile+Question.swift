extension PartFile {
  /// Why the part does not pass even where none of its checks fails; `nil` where it may.
  ///
  /// A part that a program made is judged by limits: that the solver that made it finds the same numbers again, that a volume is kept and that loads
  /// reach supports says nothing of what the part stands. A part written by hand may be there to verify a solver: then its references decide.
  var missingLimit: String? {
    if limits.contains(where: { $0.reading.observable.isResponse }) { return nil }
    if provenance == nil && !quantities.isEmpty { return nil }
    return
      "the part states no limit on a stress, displacement, temperature or energy, so nothing says whether it is good enough; "
      + "add one under 'limits'"
      + (provenance == nil
        ? "" : ", or in the problem it was made for ('limit' or 'optimisation: {limits: ...}')")
  }
}
