import Glibc
internal import ProgramSupport

/// Runs commands in child processes, some side by side, and hands over each report as it comes.
///
/// One thread waits for all of them with `poll`; no child can keep another waiting.
struct ProcessBatch {
  /// The commands, program first.
  var commands: [[String]]
  /// How many run side by side.
  var jobs: Int
  /// Seconds on the clock that each may take.
  var wallSeconds: Double

  /// Runs all commands, in order.
  ///
  /// - Parameters:
  ///   - isInterrupted: Asked every 50 ms; once true, all children are killed and no more are started.
  ///   - last: Asked as often: the last place that is wanted. What runs beyond is killed.
  ///   - began: Called when a command starts, with its place.
  ///   - ended: Called when it has ended.
  func run(
    isInterrupted: () -> Bool, last: () -> Int = { .max }, began: (Int) -> Void,
    ended: (Int, ChildReport) -> Void
  ) {
    let lifeline: Lifeline
    do { lifeline = try Lifeline() } catch {
      for place in commands.indices where !isInterrupted() {
        began(place)
        ended(place, ChildReport(ending: .notStarted(error.reason)))
      }
      return
    }
    var next = 0
    var running = RunningChildren()
    while (next < commands.count && next <= last()) || !running.isEmpty {
      let stops = isInterrupted()
      if stops { next = commands.count }
      while next < commands.count, next <= last(), running.count < max(1, jobs) {
        began(next)
        do {
          running.append(try ChildProcess(commands[next], lifeline: lifeline), place: next)
        } catch {
          ended(next, ChildReport(ending: .notStarted(error.reason)))
        }
        next += 1
      }
      running.wait(milliseconds: 50)
      running.reapEnded(after: wallSeconds, last: stops ? -1 : last(), ended)
    }
  }
}

/// The children that run now.
private struct RunningChildren: ~Copyable {
  private var children: [Box] = []

  /// A place in an array for something that cannot be copied.
  private final class Box {
    let place: Int
    var child: ChildProcess?
    init(_ child: consuming ChildProcess, place: Int) {
      self.child = consume child
      self.place = place
    }
  }

  var count: Int { children.count }
  var isEmpty: Bool { children.isEmpty }

  mutating func append(_ child: consuming ChildProcess, place: Int) {
    children.append(Box(child, place: place))
  }

  /// Waits until a child says something or ends, and takes what it says.
  func wait(milliseconds: Int32) {
    var descriptors: [pollfd] = []
    for box in children {
      let ends = [box.child?.outputDescriptor ?? -1, box.child?.errorDescriptor ?? -1]
      descriptors += ends.filter { $0 >= 0 }.map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
    }
    // A child whose pipes are closed has most likely just ended; look again soon.
    let closed = descriptors.count < 2 * children.count
    poll(&descriptors, nfds_t(descriptors.count), closed ? 1 : milliseconds)
    for box in children { box.child?.drain() }
  }

  /// Hands over those that have ended, and ends those that have to: those that take too long and those beyond the last place.
  mutating func reapEnded(
    after wallSeconds: Double, last: Int, _ ended: (Int, ChildReport) -> Void
  ) {
    for box in children {
      guard let child = box.child.take() else { continue }
      let age = child.start.duration(to: .now) / .seconds(1)
      if box.place > last && !child.hasEnded {
        ended(box.place, child.reap(.interrupted))
      } else if child.isTooTalkative {
        ended(box.place, child.reap(.tooTalkative))
      } else if child.hasEnded {
        ended(box.place, child.reap(nil))
      } else if age >= wallSeconds {
        ended(box.place, child.reap(.timedOut))
      } else {
        box.child = consume child
      }
    }
    children.removeAll { $0.child == nil }
  }
}
