/// One addend of the loss: a measure of the design, and its weight.
public struct Term: Codable, Sendable, Equatable {
  /// What reports call it; by default the measure's own name, with the component of an effective constant.
  public var name: String
  /// Its weight in the total, not negative.
  public var weight: Double
  /// What is measured.
  public var measure: Measure

  /// A term.
  public init(_ measure: Measure, weight: Double = 1, name: String? = nil) {
    self.measure = measure
    self.weight = weight
    self.name = name ?? measure.label
  }
}

/// What a term measures. Formulas stand with their code, in `Terms`.
public enum Measure: Codable, Sendable, Equatable {
  /// Σ w f·u over the load cases; with a reference the excess Σ w f·u / reference − 1.
  case compliance(reference: Double? = nil, cases: [String]? = nil)
  /// The largest relaxed von Mises stress, smoothly.
  case stress(Aggregate = .init(), cases: [String]? = nil)
  /// The same under the temperatures alone, all forces off.
  case thermalStress(Aggregate = .init())
  /// The mean displacement of a region along a direction.
  case displacement(region: GridRegion, direction: [Double], cases: [String]? = nil)
  /// The p-norm of the lengths of a region's displacements.
  case displacementNorm(region: GridRegion, exponent: Double = 8, cases: [String]? = nil)
  /// The p-norm of T − T_sf over the nodes, T_sf the stress-free temperature.
  case temperature(exponent: Double = 8)
  /// The root mean square of a region's displacements under the temperatures alone.
  case thermalDistortion(region: GridRegion)
  /// The same out of the plane of a side (in 2-D: off its line), its best-fit plane removed.
  case warpage(side: GridSide)
  /// Mean density; with a target the squared excess (V/target − 1)² above it, or on both sides where `isExact`.
  case volume(target: Double? = nil, isExact: Bool = false)
  /// Members and gaps thinner than the filter's length scale, penalised (Zhou, Lazarov, Wang and Sigmund 2015).
  case minimumSize(MinimumSize = .init())
  /// Material that nothing beneath it carries while it is built up along a direction (Langelaar 2017).
  case overhang(upwards: GridSide = .top)
  /// Material that does not hang together with the supports through solid.
  case connectivity(sweeps: Int = 16)
  /// A component of the homogenised stiffness C*, Voigt's order (xx, yy, xy in the plane; xx, yy, zz, xy, xz, yz in space).
  case effectiveStiffness(row: Int, column: Int, target: Double? = nil)
  /// A component of the homogenised conductivity k*.
  case effectiveConductivity(row: Int, column: Int, target: Double? = nil)
  /// A component of the homogenised thermal expansion α*, Voigt's order.
  case effectiveExpansion(row: Int, target: Double? = nil)

  /// The measure's name in problem files and reports.
  public var name: String {
    switch self {
    case .compliance: "compliance"
    case .stress: "stress"
    case .thermalStress: "thermal-stress"
    case .displacement: "displacement"
    case .displacementNorm: "displacement-norm"
    case .temperature: "temperature"
    case .thermalDistortion: "thermal-distortion"
    case .warpage: "warpage"
    case .volume: "volume"
    case .minimumSize: "minimum-size"
    case .overhang: "overhang"
    case .connectivity: "connectivity"
    case .effectiveStiffness: "effective-stiffness"
    case .effectiveConductivity: "effective-conductivity"
    case .effectiveExpansion: "effective-expansion"
    }
  }
}

extension Measure {
  /// The name, with the component where there are several: `effective-stiffness-12`.
  var label: String {
    switch self {
    case .effectiveStiffness(let row, let column, _),
      .effectiveConductivity(let row, let column, _):
      "\(name)-\(row + 1)\(column + 1)"
    case .effectiveExpansion(let row, _): "\(name)-\(row + 1)"
    default: name
    }
  }
}

/// How the stresses of all elements become one number.
public struct Aggregate: Codable, Sendable, Equatable {
  /// The function.
  public enum Function: String, Codable, Sendable, CaseIterable {
    /// (Σ s^P)^(1/P), never below the largest.
    case pNorm = "p-norm"
    /// s₀/P · ln Σ exp(P s/s₀), s₀ the limit: Kreisselmeier and Steinhauser 1979; never below the largest.
    case ks
  }
  /// The function.
  public var function: Function
  /// *P* ≥ 1.
  public var exponent: Double
  /// The exponent *q* of the relaxation ρ^q (Bruggi 2008).
  public var relaxation: Double
  /// The stress s₀ that values are divided by; the value is then a share of it. Required by KS.
  public var limit: Double?

  /// An aggregate; by default the p-norm with *P* = 8 and *q* = 0.5.
  public init(
    function: Function = .pNorm, exponent: Double = 8, relaxation: Double = 0.5,
    limit: Double? = nil
  ) {
    self.function = function
    self.exponent = exponent
    self.relaxation = relaxation
    self.limit = limit
  }
}

/// The constants of the minimum size term.
public struct MinimumSize: Codable, Sendable, Equatable {
  /// The filtered density at which the eroded design is cut off; 0.75 in the source.
  public var erosion: Double
  /// The filtered density at which the dilated design is cut off; 0.25 in the source.
  public var dilation: Double
  /// The decay *c* of the indicator exp(−c |∇ρ̄|²), gradients per pixel, |∇ρ̄|² by central differences.
  public var decay: Double

  /// The constants; by default those of the source for a filter of a few pixels.
  public init(erosion: Double = 0.75, dilation: Double = 0.25, decay: Double = 64) {
    self.erosion = erosion
    self.dilation = dilation
    self.decay = decay
  }
}
