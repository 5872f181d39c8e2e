import Meshing
import NumericalMethods
import ThermoElasticity

/// The integration points whose rows CalculiX prints.
///
/// CalculiX turns a plane or axisymmetric cell into a brick and prints the points of that; a solver in two
/// dimensions has fewer points, whose values are repeated (plane cells) or turned about the axis.
struct PrintedPoints {
  private let model: ThermoElasticModel

  init(_ model: ThermoElasticModel) { self.model = model }

  /// Rows per cell.
  func rowCount(_ place: CellPlaces.Place) -> Int { 1 }

  /// A number at a row's point.
  func value(_ block: PointField<Double>.Block, _ place: CellPlaces.Place, row: Int) -> Double {
    block.values[place.index * block.pointCount + row]
  }

  /// A tensor at a row's point.
  func tensor(
    _ block: PointField<SymmetricTensor>.Block, _ place: CellPlaces.Place, row: Int
  ) -> SymmetricTensor {
    block.values[place.index * block.pointCount + row]
  }

  /// A vector at a row's point.
  func vector(
    _ block: PointField<SIMD3<Double>>.Block, _ place: CellPlaces.Place, row: Int
  ) -> SIMD3<Double> {
    block.values[place.index * block.pointCount + row]
  }

  /// Where a row's point is.
  func position(_ place: CellPlaces.Place, row: Int) -> SIMD3<Double> { .zero }

  /// The sum over the points of a cell.
  func sum(_ field: PointField<Double>, _ place: CellPlaces.Place) -> Double {
    field.blocks[place.block][cell: place.index].reduce(0, +)
  }

  /// The sum of products over the points of a cell.
  func sum(
    _ field: PointField<Double>, times weight: PointField<Double>, _ place: CellPlaces.Place
  ) -> Double {
    zip(field.blocks[place.block][cell: place.index], weight.blocks[place.block][cell: place.index])
      .reduce(0) { $0 + $1.0 * $1.1 }
  }
}
