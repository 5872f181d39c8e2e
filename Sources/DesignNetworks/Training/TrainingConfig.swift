internal import DesignProblem
internal import Manufacturability

/// How a network is made and trained: the file that `gcgan-train` takes.
package struct TrainingConfig: Codable, Sendable, Equatable {
  /// The folder of the data set; in a file relative to the file.
  package var data: String
  /// What weights, codes and batches are drawn from.
  package var seed: UInt64 = 1
  /// Updates at most.
  package var stepCount: Int = 3000
  /// Designs to see, where a run ends with them: the budget of runs whose updates differ in size.
  package var designCount: Int?
  /// Designs in a micro-step.
  package var microBatch: Int = 16
  /// How many micro-steps make an update.
  package var accumulation = Accumulation()
  /// The generator.
  package var generator = GeneratorSize()
  /// The discriminators.
  package var discriminators = DiscriminatorSize()
  /// Channels of the sign-off network at half resolution.
  package var signOffWidth: Int = 16
  /// η of the optimizers.
  package var learningRates = LearningRates()
  /// The weights of the generator's terms.
  package var losses = Losses()
  /// When physics comes in.
  package var physics = PhysicsSchedule()
  /// The decay of the average of the generator's weights over the updates; the average is what generates.
  package var averageDecay: Double = 0.995
  /// Updates between checkpoints.
  package var checkpointInterval: Int = 100
  /// How the weights of the model are written; single precision where there is none. Checkpoints are always exact.
  package var precision: Precision?

  /// How the weights of a model are written.
  package enum Precision: String, Codable, Sendable, CaseIterable {
    /// 32 bits, as they are computed with.
    case single
    /// 16 bits: half the bytes, three digits.
    case half
  }

  /// How many micro-steps make an update.
  package struct Accumulation: Codable, Sendable, Equatable {
    /// Who decides.
    package var rule = AccumulationRule.gate
    /// Micro-steps of the fixed rule, and of the others before they know more.
    package var count = 2
    /// The most.
    package var largest = 8
    /// With the gate: where tr Σ / (N |G|²) of the running update is above it, N is raised to the most at once.
    package var varianceThreshold = 4.0
  }
  /// The generator's size; see ``Generator/Shape``.
  package struct GeneratorSize: Codable, Sendable, Equatable {
    /// Channels at half resolution.
    package var width = 32
    /// Residual blocks per level.
    package var blockCount = 2
    /// The length of the global code.
    package var globalCodeLength = 16
    /// Channels of the local code.
    package var localCodeChannels = 4
    /// The steepness of the cut through which the volume is held; none, as in configs of versions that had no other, holds the mean of the grey
    /// drawing. See ``Generator/Shape/cut``.
    package var cut: Double? = 8

    /// The default size.
    package init() {}

    /// A size.
    package init(width: Int, blockCount: Int, globalCodeLength: Int, localCodeChannels: Int) {
      (self.width, self.blockCount) = (width, blockCount)
      (self.globalCodeLength, self.localCodeChannels) = (globalCodeLength, localCodeChannels)
    }
  }
  /// The discriminators' size; see ``Discriminators/Shape``.
  package struct DiscriminatorSize: Codable, Sendable, Equatable {
    /// Channels at 16×16.
    package var width = 32
    /// Scales that judge, from the coarsest.
    package var scaleCount = 3
  }
  /// η of the optimizers; it rises over the first hundred updates, and falls to a twentieth over the last seven tenths of the run unless it is to stay.
  package struct LearningRates: Codable, Sendable, Equatable {
    /// What becomes of η after three tenths of the run.
    package enum Schedule: String, Codable, Sendable, CaseIterable {
      /// It falls evenly to a twentieth at the end of the run.
      case falling
      /// It stays, so that a run of any length can be prolonged.
      case constant
    }

    /// Of the generator, which learns by Muon.
    package var generator = 6e-4
    /// Of the discriminators, which learn by Adam.
    package var discriminators = 2e-4
    /// Of the sign-off network, which learns by Adam.
    package var signOff = 4e-4
    /// Falling where there is none, as in configs of versions that had no other.
    package var schedule: Schedule?
    /// β₂ of all optimizers; 0.99 where there is none. Held in designs rather than in updates, it is 0.99^(B′/B) for updates of B′ designs in place of B
    /// (Marek and others, *Small Batch Size Training for Language Models*, arXiv 2507.07101).
    package var secondDecay: Double?
  }
  /// The weights of the terms.
  package struct Losses: Codable, Sendable, Equatable {
    /// Cross entropy with the reference design.
    package var reconstruction = 1.0
    /// The game with the discriminators.
    package var adversarial = 0.02
    /// What local codes change at 32×32.
    package var disentanglement = 1.0
    /// The sign-off network's own term; 0 leaves the network untaught, and the solver unasked for verdicts.
    package var signOff = 1.0
    /// γ of the gradient penalties.
    package var penalty = 1.0
    /// Updates from one penalty to the next, which then counts as many times.
    package var penaltyInterval = 4
    /// The reward of designs of one problem that differ where their global codes do; see ``DiversityTerm``. None, as in configs of versions
    /// before it, is 0.
    package var diversity: Double?
  }
  /// When physics comes in, and how strong.
  package struct PhysicsSchedule: Codable, Sendable, Equatable {
    /// The length of the physics gradient by the generator's logits over that of all other terms, at the end of the ramp; 0 turns physics off.
    package var share = 2.0
    /// The first update with physics.
    package var start = 0
    /// Updates in which the share grows from 0.
    package var ramp = 300
    /// The weight of the task's limits within the term, beside the objective; 0 leaves them out. 2 where there is none, as in configs of versions that
    /// knew no limits.
    package var limitWeight: Double?
    /// The weight of the volume's squared relative error within the term.
    package var volumeWeight = 100.0
    /// The weight of unreached material within the term.
    package var connectivityWeight = 0.0
    /// The radius of the filter that the solver sees designs through, in elements; up to 1 nothing is filtered.
    package var filterRadius = 1.5
    /// The steepness of the projection behind it; 0 leaves densities as they are.
    package var projectionSteepness = 8.0

    /// The term.
    var term: PhysicsTerm {
      PhysicsTerm(
        limitWeight: limitWeight ?? 2, volumeWeight: volumeWeight,
        connectivityWeight: connectivityWeight,
        filter: filterRadius > 1 ? DensityFilter(radius: filterRadius) : nil,
        projection: projectionSteepness > 0
          ? DensityProjection(steepness: projectionSteepness) : nil)
    }

    /// The share at an update.
    func share(at step: Int) -> Double {
      guard step >= start else { return 0 }
      return ramp == 0 ? share : share * min(1, Double(step - start + 1) / Double(ramp))
    }
  }

  /// The default settings for a data set.
  package init(data: String) { self.data = data }
}
