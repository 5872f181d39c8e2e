import ThermoElasticity
extension HeatSolution {
  var internalFlow: [Double] { reaction }
}
