import ArgumentParser
internal import DesignValidation
internal import ProgramSupport
import RunHistory

/// Keeps runs in one file, and says how a figure went; `gcgan-validate history` runs it.
@main struct GcganHistory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-history",
    abstract: "Say how the figures of a part went from run to run.",
    usage: """
      gcgan-validate history [PART] [--quantity Q] [--file FILE]
      gcgan-validate history import RUN ... [--file FILE]
      gcgan-validate history export NUMBER FILE|- [--file FILE]
      """,
    discussion: """
      The history is one SQLite file, history.sqlite unless --file names another. Many processes may import at once; a run \
      is in it as a whole or not at all.

      EXIT CODES
        73  the history cannot be written, or another process does not let go of it
        65  bad data: no history, no run
         5  nothing found: no runs, or no such part or quantity
         0  done
      """,
    version: ProgramVersion.current.text(with: [Versions.grdb, Versions.mustache]),
    subcommands: [Show.self, Import.self, Export.self, Series.self], defaultSubcommand: Show.self)

  /// The file of the history.
  struct Place: ParsableArguments {
    @Option(help: ArgumentHelp("The history.", valueName: "FILE"), completion: .file())
    var file = "history.sqlite"
  }

  /// Lists runs, or figures.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "List the runs, or the figures of a part (the default).")

    @Argument(help: ArgumentHelp("The part; without it the runs are listed.", valueName: "PART"))
    var part: String?

    @Option(help: ArgumentHelp("Only this quantity, limit or figure.", valueName: "Q"))
    var quantity: String?

    @OptionGroup var place: Place

    func validate() throws {
      if part == nil, quantity != nil {
        throw ValidationError("--quantity needs the name of a part.")
      }
    }

    func run() throws {
      let session = HistorySession(file: place.file, task: .show(part: part, quantity: quantity))
      throw ExitCode(session.run().rawValue)
    }
  }

  /// Adds runs.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Add runs: all that are named, or none.")

    @Argument(
      help: ArgumentHelp("Folders of runs, or their run.json.", valueName: "RUN"),
      completion: .directory)
    var runs: [String]

    @OptionGroup var place: Place

    func run() throws {
      throw ExitCode(HistorySession(file: place.file, task: .add(runs: runs)).run().rawValue)
    }
  }

  /// Writes what reports draw; gcgan-validate calls it.
  struct Series: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "series", abstract: "Write the figures of the newest runs as JSON.",
      shouldDisplay: false)

    @OptionGroup var place: Place

    func run() throws {
      throw ExitCode(HistorySession(file: place.file, task: .series).run().rawValue)
    }
  }

  /// Writes the record of a run.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write the record of a run, byte for byte as it came.")

    @Argument(help: ArgumentHelp("The number of the run.", valueName: "NUMBER"))
    var number: Int

    @Argument(help: ArgumentHelp("Where it goes; '-' is standard output.", valueName: "FILE|-"))
    var output: String

    @OptionGroup var place: Place

    func run() throws {
      let session = HistorySession(file: place.file, task: .export(run: number, file: output))
      throw ExitCode(session.run().rawValue)
    }
  }
}
