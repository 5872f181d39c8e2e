internal import DesignProblem
internal import Manufacturability

/// A number of a problem that is not designed, and by which gradients are given.
struct ProblemParameter {
  /// Its place in the file, such as `solids.1.youngs-modulus`.
  let name: String
  let path: WritableKeyPath<ManufacturabilityProblem, Double>
  /// The derivative by it.
  let derivative: (ParameterGradient) -> Double
}

extension ManufacturabilityProblem {
  /// The numbers by which there are gradients, in the order of the file's sections.
  ///
  /// Poisson's ratios and places have none.
  var parameters: [ProblemParameter] {
    var list: [ProblemParameter] = []
    func add(
      _ name: String, _ path: WritableKeyPath<ManufacturabilityProblem, Double>,
      _ derivative: @escaping (ParameterGradient) -> Double
    ) { list.append(ProblemParameter(name: name, path: path, derivative: derivative)) }
    for index in solids.indices {
      let name = "solids.\(index + 1)"
      add("\(name).youngs-modulus", \.solids[index].youngsModulus) {
        $0.solids[index].youngsModulus
      }
      add("\(name).expansion", \.solids[index].expansion) { $0.solids[index].expansion }
      add("\(name).conductivity", \.solids[index].conductivity) { $0.solids[index].conductivity }
    }
    for (place, loadCase) in loadCases.enumerated() {
      for load in loadCase.loads.indices {
        for (axis, axisName) in zip(loadCase.loads[load].force.indices, ["x", "y", "z"]) {
          add(
            "load-cases.\(loadCase.name).loads.\(load + 1).force.\(axisName)",
            \.loadCases[place].loads[load].force[axis]
          ) { $0.forces[place][load][axis] }
        }
      }
    }
    add("temperature-change", \.temperatureChange) { $0.temperatureChange }
    guard let heat else { return list }
    for index in heat.sources.indices {
      add("heat.sources.\(index + 1).power", \.heat!.sources[index].power) { $0.powers[index] }
    }
    for index in heat.sinks.indices {
      add("heat.sinks.\(index + 1).temperature", \.heat!.sinks[index].temperature) {
        $0.sinkTemperatures[index]
      }
    }
    for index in heat.films.indices {
      let name = "heat.films.\(index + 1)"
      add("\(name).coefficient", \.heat!.films[index].coefficient) { $0.filmCoefficients[index] }
      add("\(name).ambient", \.heat!.films[index].ambient) { $0.filmAmbients[index] }
    }
    return list
  }
}
