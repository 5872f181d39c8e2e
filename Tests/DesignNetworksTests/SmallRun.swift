import DesignFamilies
import Foundation
import TestSupport
import Testing

@testable import DesignNetworks

/// A data set of a few small designs, made once, and the smallest networks.
enum SmallRun {
  static let folder: String = {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("gcgan-small-\(getpid())").path
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }()

  static let data: Result<TrainingData, any Error> = made()

  private static func made() -> Result<TrainingData, any Error> {
    do {
      var builder = try DatasetBuilder(
        DatasetManifest(
          family: FiledPart(), size: GridSize(columns: 32, rows: 32), seed: 1,
          distribution: "catalogue", search: ReferenceSearch(iterationCount: 8), count: 40,
          versions: [:]), in: folder)
      _ = try builder.run()
      return .success(try TrainingData(Dataset(contentsOf: folder)))
    } catch {
      return .failure(error)
    }
  }

  static var config: TrainingConfig {
    var config = TrainingConfig(data: folder)
    config.stepCount = 8
    config.microBatch = 4
    config.generator = .init(width: 8, blockCount: 1, globalCodeLength: 4, localCodeChannels: 2)
    config.discriminators = .init(width: 8, scaleCount: 3)
    config.signOffWidth = 4
    config.physics.start = 1
    config.physics.ramp = 2
    config.losses.penaltyInterval = 2
    return config
  }
}
