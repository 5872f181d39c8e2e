import ArrayFiles
import DesignCommands
import DesignFamilies
import Foundation
import ProgramSupport
import TestSupport
import Testing

@testable import NetworkCommands

/// What a person does wrong first, and that nothing is written then.
@Suite("Commands with networks") struct CommandFaultTests {
  @Test func `a config that is not there, or whose data are not, is bad data`() throws {
    let place = try TemporaryPlace()
    let run = place.path + "/run"
    #expect(TrainCommand(config: place.path + "/none.yml", outputFolder: run).run() == .badData)
    let config = try place.write("gcgan: training/1\ndata: none\n", to: "config.yml")
    for isResumed in [false, true] {
      #expect(
        TrainCommand(config: config, outputFolder: run, isResumed: isResumed).run() == .badData)
    }
    #expect(place.names == ["config.yml"])
  }

  @Test func `a folder that is a file cannot be written to, and is told before the data are read`()
    throws
  {
    let place = try TemporaryPlace()
    let config = try place.write("gcgan: training/1\ndata: none\n", to: "config.yml")
    #expect(TrainCommand(config: config, outputFolder: config).run() == .cannotWrite)
  }

  @Test func `a checkpoint that cannot be taken up is told before the data are read`() throws {
    let place = try TemporaryPlace()
    let config = try place.write("gcgan: training/1\ndata: none\n", to: "config.yml")
    try place.write("no checkpoint", to: "run/checkpoint.safetensors")
    let command = TrainCommand(
      config: config, outputFolder: place.path + "/run", isResumed: true, isQuiet: true)
    #expect(command.run() == .badData)
    #expect(place.names == ["config.yml", "run", "run/checkpoint.safetensors"])
  }

  @Test func `a model that is none draws and scores nothing`() throws {
    let place = try TemporaryPlace()
    let model = try place.write("no model", to: "model.safetensors")
    let generate = GenerateCommand(
      model: model, source: .family("part"), count: 1, seed: 1, outputFolder: place.path + "/parts",
      isQuiet: true)
    #expect(generate.run() == .badData)
    let score = ScoreCommand(
      model: model, dataset: place.path, split: .l1, count: 1, refinement: 0, isQuiet: true)
    #expect(score.run() == .badData)
    #expect(place.names == ["model.safetensors"])
  }

  @Test func `a size that the family does not have makes no data set`() throws {
    let place = try TemporaryPlace()
    let command = DatasetCommand(
      family: PartProblems.family, count: 1, seed: 1, size: GridSize(columns: 48, rows: 48),
      distribution: "catalogue",
      outputFolder: place.path + "/set", isQuiet: true)
    #expect(command.run() == .badData)
    #expect(place.names.isEmpty)
  }
}
