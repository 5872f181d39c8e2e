internal import ArrayFiles
package import DesignFamilies
internal import DesignProblem
internal import Files
internal import FoundationEssentials
package import Manufacturability
internal import Parallelism
internal import Synchronization
internal import Tensors

/// A trained generator with its sign-off network: what a run ships.
package struct DesignModel: Sendable {
  /// How it was made, and on what.
  package struct Card: Codable, Sendable, Equatable {
    /// The format written: the file has a checksum.
    package static let currentFormat = "gcgan-model/3"
    /// The same without a checksum, as earlier versions wrote it.
    static let uncheckedFormat = "gcgan-model/2"
    /// The format and its version.
    package var format = Self.currentFormat
    /// The design family.
    package var family: String
    /// SHA-256 of the family's file; `nil` where the family has none.
    package var familyHash: String?
    /// The text of the family's file; `nil` where it has none.
    package var familyText: String?
    /// The size it was trained at.
    package var size: GridSize
    /// The conditioning fields, in their order.
    package var fieldNames: [String]
    /// The config.
    package var config: TrainingConfig
    /// Updates made.
    package var step: Int
    /// Designs seen.
    package var samples: Int
    /// SHA-256 of the data set's shards' hashes.
    package var dataHash: String
    /// Whether the sign-off network is asked about the limits of tasks; none where it is not, as in models of versions that knew no limits.
    package var asksLimits: Bool?

    /// SHA-256 of the config, but for the data's folder and the interval of checkpoints: as checkpoints have it.
    package var configHash: String {
      get throws { try Trainer.hash(of: config) }
    }
  }

  /// How it was made, and on what.
  package let card: Card
  /// The family whose designs it draws.
  package let family: any DesignFamily
  /// What the reader of the file should know: that damage to a file without a checksum is not seen.
  package let warning: String?
  let generator: Generator
  let signOff: SignOffNetwork
  var generatorParameters: Parameters
  var signOffParameters: Parameters

  /// The model of a run as it stands.
  package init(of trainer: Trainer) throws {
    var config = trainer.config
    config.data = ""
    card = Card(
      family: trainer.data.family.name, familyHash: trainer.data.family.hash,
      familyText: trainer.data.family.text, size: trainer.data.size,
      fieldNames: trainer.data.family.fieldNames,
      config: config, step: trainer.step, samples: trainer.samples,
      dataHash: try Trainer.hash(of: trainer.data.manifest),
      asksLimits: trainer.networks.signOff.asksLimits ? true : nil)
    family = trainer.data.family
    warning = nil
    generator = trainer.networks.generator
    signOff = trainer.networks.signOff
    generatorParameters = trainer.average.detached()
    signOffParameters = trainer.networks.signOffParameters.detached()
  }

  /// Reads a model.
  ///
  /// - Parameter families: Where the model's family is looked for.
  /// - Throws: ``TrainingFault/damaged(path:reason:remedy:)`` where it is damaged, ``TrainingFault/unusableCheckpoint(path:reason:)`` where its
  ///   family is not known, or it is of other networks than its card says.
  package init(contentsOf path: String, families: Families = .known) throws {
    func fault(_ reason: String) -> TrainingFault {
      .unusableCheckpoint(path: path, reason: reason)
    }
    let remedy = "take a whole copy of the model"
    do {
      let opened = try WeightFile.open(path, remedy: remedy)
      let file = opened.file
      guard let text = file.metadata["card"] else { throw fault("it has no card of a model") }
      // The format first: the card of another one need not have the same keys.
      let format = file.metadata["format"] ?? "unknown"
      guard format == Card.currentFormat || format == Card.uncheckedFormat else {
        throw fault("its format is '\(format)', and '\(Card.currentFormat)' is read")
      }
      guard opened.isChecked || format == Card.uncheckedFormat else {
        throw TrainingFault.damaged(
          path: path, reason: "it has no checksum, and a file of its format has one",
          remedy: remedy)
      }
      warning =
        opened.isChecked
        ? nil
        : "\(path) is of an earlier version and has no checksum, so damage to it is not seen; "
          + "add one with: python3 Scripts/add-checksum \(path)"
      card = try JSONDecoder().decode(Card.self, from: Data(text.utf8))
      let name = card.family
      var family: any DesignFamily
      if let text = card.familyText, !families.all.contains(where: { $0.name == name }) {
        family = try FamilyFile(parsing: Array(text.utf8), file: "\(path), the family's file")
      } else {
        do throws(UnknownFamily) {
          family = try families.named(name)
        } catch {
          throw fault(error.description)
        }
      }
      if let reason = card.mismatch(with: family) { throw fault(reason) }
      // Models of versions whose families had no files: all of them were told the same.
      if card.familyHash == nil, var file = family as? FamilyFile,
        card.fieldNames == ConditioningFields().names
      {
        file.conditioning = ConditioningFields()
        family = file
      }
      guard card.fieldNames == family.fieldNames else {
        throw fault(
          "it was trained on the fields \(card.fieldNames), and the family '\(card.family)' has \(family.fieldNames)"
        )
      }
      self.family = family
      let networks = NetworkSet(
        card.config, of: family, asksLimits: card.asksLimits ?? false)
      generator = networks.generator
      signOff = networks.signOff
      func take(_ parameters: Parameters) throws -> Parameters {
        var parameters = parameters.detached()
        for place in parameters.tensors.indices {
          parameters.tensors[place] = try file.tensor(
            parameters.names[place], shape: parameters.tensors[place].shape, precision: .single)
        }
        return parameters
      }
      generatorParameters = try take(networks.generatorParameters)
      signOffParameters = try take(networks.signOffParameters)
    } catch let error as TrainingFault {
      throw error
    } catch {
      throw fault("\(error)")
    }
  }

  /// Writes the model: weights in single precision or, where the config asks for it, in half; the card in the metadata.
  ///
  /// - Throws: ``TrainingFault/notFinite(term:step:)`` for a weight that is too large for half precision.
  package func write(to path: String) throws {
    var writer = SafetensorsWriter(metadata: [
      "format": Card.currentFormat,
      "card": String(decoding: try Trainer.encoded(card), as: UTF8.self),
    ])
    for parameters in [generatorParameters, signOffParameters] {
      for (name, tensor) in zip(parameters.names, parameters.tensors) {
        guard card.config.precision == .half else {
          writer.add(name, tensor)
          continue
        }
        guard tensor.scalars.allSatisfy({ Float16($0).isFinite }) else {
          throw TrainingFault.notFinite(
            term: "the weight '\(name)' in half precision", step: card.step)
        }
        writer.addHalf(name, tensor)
      }
    }
    try AtomicFile.write(WeightFile.bytes(of: writer), to: path)
  }

  /// What is drawn for one problem.
  package struct Drawing: Sendable {
    /// Densities, `[row][column]`.
    package var density: [Double]
    /// With two solids the share of the second, `[row][column]`; else empty.
    package var share: [Double] = []
    /// Both behind each other, as designs have them.
    package var design: [Double] { density + share }
    /// The chance that the solver signs the cut design off: nought where it breaks a limit that is seen without a solver, else as the sign-off
    /// network guesses.
    package var signOffChance: Double

    /// The same, with no chance where the design is seen to be refused.
    fileprivate func judged(for problem: DesignTask) -> Drawing {
      let design = SolidDesign(size: problem.size, thresholding: density + share)
      var judged = self
      if !DesignQuality.isWellFormed(design, for: problem, SignOffLimits()) {
        judged.signOffChance = 0
      }
      return judged
    }
  }

  /// Draws a design for each problem, sixteen at a time on each processor.
  ///
  /// - Parameters:
  ///   - problems: Of any size with sides in multiples of 16, all alike. Only at the size of ``Card/size`` is a model what it was trained to be.
  ///   - streams: The number of each problem's stream of codes; by default its place.
  ///   - seed: What codes are drawn from.
  /// - Returns: One drawing per problem, or why the solver could not give its fields.
  package func draw(for problems: [DesignTask], streams: [UInt64]? = nil, seed: UInt64) throws
    -> [Result<Drawing, DesignFault>]
  {
    try drawings(for: problems, streams: streams, seed: seed, count: 1).map { drawn in
      drawn.map { $0[0] }
    }
  }

  /// Draws as many designs for each problem as wanted; the first ones are those that a smaller number gives.
  ///
  /// The first is drawn for the problem as it is, the second is the mean of what is drawn for its mirrored and turned images, the others are drawn for one of
  /// these each: a network errs in another place of every image, while codes hardly change what it draws.
  ///
  /// - Parameters:
  ///   - problems: As in ``draw(for:streams:seed:)``.
  ///   - streams: The number of each problem's stream of codes; by default its place.
  ///   - seed: What codes are drawn from.
  ///   - count: Designs for each problem, one at least; they share one solve for the fields.
  package func drawings(
    for problems: [DesignTask], streams: [UInt64]? = nil, seed: UInt64, count: Int
  ) throws -> [Result<[Drawing], DesignFault>] {
    precondition(count > 0, "\(count) drawings")
    guard let size = problems.first?.size else { return [] }
    precondition(problems.allSatisfy { $0.size == size }, "problems of different sizes")
    let fields = try family.conditioning.fields(of: problems)
    let images = ProblemImages(of: family, at: size)
    let starts = Array(stride(from: 0, to: problems.count, by: 16))
    let results = Mutex([Result<[Drawing], DesignFault>?](repeating: nil, count: problems.count))
    WorkerPool.forEach(starts.count) { place in
      let range = starts[place]..<min(starts[place] + 16, problems.count)
      let good = range.filter { if case .success = fields[$0] { true } else { false } }
      let drawn = Tensor.withoutGradient {
        draw(
          good.compactMap { try? fields[$0].get() }, images, count: count,
          streams: good.map {
            SeededGenerator(seed: seed, stream: streams?[$0] ?? UInt64($0))
          })
      }
      results.withLock { results in
        for (place, drawing) in zip(good, drawn) {
          results[place] = .success(drawing.map { $0.judged(for: problems[place]) })
        }
        for place in range {
          if case .failure(let fault) = fields[place] { results[place] = .failure(fault) }
        }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// The chances that the solver signs black and white designs off.
  ///
  /// - Throws: `DesignFault` where the solver cannot give a problem's fields.
  package func signOffChances(of designs: [SolidDesign], for problems: [DesignTask]) throws
    -> [Double]
  {
    guard let size = problems.first?.size else { return [] }
    let fields = try family.conditioning.fields(of: problems).map { try $0.get() }
    let guesses = Tensor.withoutGradient {
      stride(from: 0, to: designs.count, by: 16).flatMap { first in
        let range = first..<min(first + 16, designs.count)
        let images = designs[range].flatMap { $0.density.map(Float.init) }
        return signOff.chances(
          Tensor(
            images, shape: [range.count, generator.shape.imageCount, size.rows, size.columns]),
          fields: Tensor(
            fields[range].flatMap { $0 },
            shape: [range.count, generator.shape.fieldCount, size.rows, size.columns]),
          signOffParameters)
      }
    }
    return designs.indices.map {
      DesignQuality.isWellFormed(designs[$0], for: problems[$0], SignOffLimits()) ? guesses[$0] : 0
    }
  }

  private func draw(
    _ fields: [[Float]], _ images: ProblemImages, count: Int, streams: [SeededGenerator]
  ) -> [[Drawing]] {
    guard !fields.isEmpty else { return [] }
    let shape = generator.shape
    let (rows, columns, batch) = (images.size.rows, images.size.columns, fields.count)
    func tensor(_ fields: [[Float]]) -> Tensor {
      Tensor(fields.flatMap { $0 }, shape: [batch, shape.fieldCount, rows, columns])
    }
    let told = tensor(fields)
    var streams = streams
    var drawn = [[Drawing]](repeating: [], count: batch)
    for number in 0..<count {
      var global: [Float] = []
      var local: [Float] = []
      for place in streams.indices {
        global += (0..<shape.globalCodeLength).map { _ in Float(streams[place].nextNormal()) }
        local += (0..<(shape.localCodeChannels * rows / 2 * columns / 2)).map { _ in
          Float(streams[place].nextNormal())
        }
      }
      let values = images.mean(ofDrawing: number) { image in
        generator(
          tensor(fields.map(image)),
          globalCode: Tensor(global, shape: [batch, shape.globalCodeLength]),
          localCode: Tensor(local, shape: [batch, shape.localCodeChannels, rows / 2, columns / 2]),
          generatorParameters
        ).doubles
      }
      let imageCount = shape.imageCount
      let count = imageCount * images.size.elementCount
      let cut = Tensor(
        (0..<batch).flatMap { place in
          SolidDesign(
            size: images.size,
            thresholding: Array(values[(place * count)..<((place + 1) * count)])
          ).density.map(Float.init)
        }, shape: [batch, imageCount, rows, columns])
      let chances = signOff.chances(cut, fields: told, signOffParameters)
      func image(_ number: Int) -> [Double] {
        Array(values[(number * rows * columns)..<((number + 1) * rows * columns)])
      }
      for place in 0..<batch {
        drawn[place].append(
          Drawing(
            density: image(place * imageCount),
            share: imageCount == 1 ? [] : image(place * imageCount + 1),
            signOffChance: chances[place]))
      }
    }
    return drawn
  }
}

extension DesignModel.Card {
  /// Why a family is not the one that the model was trained for; `nil` where it is, and where one of the two has no file.
  package func mismatch(with other: any DesignFamily) -> String? {
    guard family == other.name else {
      return "it draws designs of the family '\(family)', not of '\(other.name)'"
    }
    guard let familyHash, let hash = other.hash, hash != familyHash else { return nil }
    return
      "it was trained for the family '\(family)' of the file with the SHA-256 \(familyHash), and the file at hand has \(hash): "
      + "take the file that the model was trained with, or train a model for this one"
  }
}
