/// A card inside a step.
package enum StepCard: Sendable {
  /// `*BOUNDARY`
  case boundary(BoundaryCard)
  /// `*CLOAD`
  case force(LoadCard<ForceEntry>)
  /// `*DLOAD` and `*DSLOAD`
  case distributedLoad(LoadCard<DistributedLoadEntry>)
  /// `*TEMPERATURE`
  case temperature(LoadCard<TemperatureEntry>)
  /// `*CFLUX`
  case flow(LoadCard<FlowEntry>)
  /// `*DFLUX`
  case distributedFlux(LoadCard<DistributedFluxEntry>)
  /// `*FILM`
  case film(LoadCard<FilmEntry>)
  /// `*NODE PRINT`, `*EL PRINT`, `*SECTION PRINT`
  case print(PrintCard)
  /// `*NODE FILE`, `*EL FILE`, `*CONTACT FILE`, …: keys that ask for fields in the result file.
  case fieldOutput(keys: [String])
}

/// `OP=MOD` or `OP=NEW`.
package enum CardOperation: Sendable {
  /// Adds to what earlier steps say, or changes it.
  case modify
  /// Takes back what earlier steps say of this kind.
  case new
}
