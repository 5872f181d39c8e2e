internal import DesignProblem
internal import Glibc
internal import Manufacturability
internal import StrictYAML

/// Draws the values of templates from one stream of numbers.
struct TemplateDrawing {
  /// A value, and what it is called where it was one of several with names.
  struct Value {
    var tree: YAMLTree
    var name: String?
  }

  var random: SeededGenerator
  /// The values of names.
  var values: [String: Value]
  let size: GridSize
  /// What is drawn anew wherever its name stands.
  let definitions: [String: Template]
  /// Which of its values a name may take; all where there is no entry.
  var isAllowed: [String: @Sendable (String) -> Bool] = [:]

  init(
    _ random: SeededGenerator, size: GridSize, definitions: [String: Template]
  ) {
    self.random = random
    self.size = size
    self.definitions = definitions
    values = [
      "columns": Value(tree: YAMLTree(line: 0, content: .text("\(size.columns)"))),
      "rows": Value(tree: YAMLTree(line: 0, content: .text("\(size.rows)"))),
    ]
  }

  /// Draws the values of names, in their order.
  mutating func draw(_ names: [Template.Entry]) throws {
    for entry in names {
      values[entry.key] = try value(of: entry.template, among: isAllowed[entry.key])
    }
  }

  /// The node with values in place of names and distributions.
  mutating func tree(_ template: Template) throws -> YAMLTree { try value(of: template).tree }

  /// - Parameter isAllowed: Asked of the names of a choice at the top of the template, and of choices among its values.
  private mutating func value(
    of template: Template, among isAllowed: ((String) -> Bool)? = nil
  ) throws -> Value {
    let line = template.line
    func plain(_ content: YAMLTree.Content) -> Value {
      Value(tree: YAMLTree(line: line, content: content))
    }
    switch template.content {
    case .constant(let content): return plain(content)
    case .name(let name): return try value(named: name, line)
    case .text(let pieces): return plain(.text(try text(pieces, line)))
    case .list(let items):
      var trees: [YAMLTree] = []
      for item in items {
        let tree = try tree(item.template)
        if item.isSpread {
          switch tree.content {
          case .list(let items): trees += items
          case .text(""): break
          default:
            throw TemplateFault(
              line: line, problem: "what is spread is a list, found \(tree.kind)",
              remedy: "leave out the '...'")
          }
        } else if item.template.isConstant || !tree.isNothing {
          trees.append(tree)
        }
      }
      return plain(.list(trees))
    case .mapping(let entries):
      var drawn: [YAMLTree.Entry] = []
      for entry in entries {
        let tree = try tree(entry.template)
        if entry.template.isConstant || !tree.isNothing {
          drawn.append((entry.key, entry.line, tree))
        }
      }
      return plain(.mapping(drawn))
    case .scope(let names, let inner):
      let outer = values
      defer { values = outer }
      for entry in names { values[entry.key] = try value(of: entry.template) }
      return try value(of: inner)
    case .distribution(let distribution): return try draw(distribution, line, isAllowed)
    }
  }

  private mutating func value(named path: TemplateName, _ line: Int) throws -> Value {
    var value: Value
    if let drawn = values[path.name] {
      value = drawn
    } else if let definition = definitions[path.name] {
      value = try self.value(of: definition)
    } else {
      throw TemplateFault(line: line, problem: "'\(path.name)' is not sampled")
    }
    for key in path.path {
      var part: YAMLTree?
      switch value.tree.content {
      case .mapping(let entries): part = entries.first { $0.key == key }?.value
      case .list(let items) where Int(key) != nil:
        part = Int(key).flatMap { items.indices.contains($0 - 1) ? items[$0 - 1] : nil }
      case .list, .text:
        throw TemplateFault(
          line: line, problem: "'\(path.name)' is \(value.tree.kind), and has no key '\(key)'")
      }
      value = Value(tree: part ?? YAMLTree(line: line, content: .text("")))
    }
    return value
  }

  private mutating func text(_ pieces: [Template.Piece], _ line: Int) throws -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .constant(let part): text += part
      case .name(let name):
        guard case .text(let part) = try value(named: name, line).tree.content else {
          throw TemplateFault(
            line: line, problem: "'\(name.name)' is a list or a mapping, and stands within a text")
        }
        text += part
      case .expression(let expression): text += try scalar(expression, line).text
      }
    }
    return text
  }

  private mutating func scalar(_ expression: Expression, _ line: Int) throws -> Scalar {
    do {
      return try expression.value { name in
        guard case .text(let text) = try value(named: .init(name: name), line).tree.content,
          let scalar = Scalar(text)
        else { throw ExpressionFault("'\(name)' is no number") }
        return scalar
      }
    } catch let fault as ExpressionFault {
      throw TemplateFault(line: line, problem: "arithmetic: \(fault.problem)")
    }
  }

  /// The number of a template.
  private mutating func scalar(_ template: Template) throws -> Scalar {
    let tree = try tree(template)
    guard case .text(let text) = tree.content, let scalar = Scalar(text) else {
      throw TemplateFault(line: template.line, problem: "\(tree.kind) is no number")
    }
    return scalar
  }

  // MARK: Distributions

  private mutating func draw(
    _ distribution: Distribution, _ line: Int, _ isAllowed: ((String) -> Bool)?
  ) throws -> Value {
    func number(_ value: Double, _ unit: String) -> Value {
      Value(tree: YAMLTree(line: line, content: .text(Scalar(value, unit).text)))
    }
    switch distribution {
    case .uniform(let least, let most, let isLogarithmic):
      let (a, b) = try ends(isLogarithmic ? "log-uniform" : "uniform", least, most, line)
      let share = random.nextUnit()
      return number(
        isLogarithmic
          ? a.value * pow(b.value / a.value, share) : a.value + (b.value - a.value) * share,
        a.unit)
    case .integer(let least, let most):
      let (a, b) = try ends("integer", least, most, line)
      let count = Int(b.value) - Int(a.value) + 1
      return number(Double(Int(a.value) + random.nextIndex(below: count)), a.unit)
    case .normal(let mean, let deviation):
      let (mean, deviation) = (try scalar(mean), try scalar(deviation))
      return number(mean.value + deviation.value * random.nextNormal(), mean.unit)
    case .exponential(let mean):
      let mean = try scalar(mean)
      return number(-mean.value * log(1 - random.nextUnit()), mean.unit)
    case .choice(let options, let weights):
      let places = options.indices.filter { place in
        guard let isAllowed else { return true }
        let names = options[place].valueNames
        return names.isEmpty ? isAllowed("") : names.contains(where: isAllowed)
      }
      let sum = places.reduce(0) { $0 + weights[$1] }
      var rest = random.nextUnit() * sum
      guard var chosen = places.last(where: { weights[$0] > 0 }) else {
        throw TemplateFault(line: line, problem: "no value is left to be drawn")
      }
      for place in places where weights[place] > 0 {
        rest -= weights[place]
        if rest < 0 {
          chosen = place
          break
        }
      }
      let option = options[chosen]
      let drawn = try value(of: option.template, among: option.name == nil ? isAllowed : nil)
      return Value(tree: drawn.tree, name: option.name ?? drawn.name)
    case .list(let counts, let more, let item):
      var count = counts.lowerBound
      if let more {
        while count < counts.upperBound, random.nextUnit() < more { count += 1 }
      } else {
        count += random.nextIndex(below: counts.count)
      }
      var trees: [YAMLTree] = []
      for _ in 0..<count { trees.append(try tree(item)) }
      return Value(tree: YAMLTree(line: line, content: .list(trees)))
    case .catalogue:
      let cases = SupportCatalogue.all.filter { isAllowed?($0.name) ?? true }
      guard !cases.isEmpty else {
        throw TemplateFault(line: line, problem: "no case of the catalogue is left to be drawn")
      }
      let chosen = cases[random.nextIndex(below: cases.count)]
      return Value(tree: chosen.tree(on: size, line: line), name: chosen.name)
    }
  }

  private mutating func ends(
    _ word: String, _ least: Template, _ most: Template, _ line: Int
  ) throws -> (Scalar, Scalar) {
    let (a, b) = (try scalar(least), try scalar(most))
    if let problem = DistributionRange.fault(word, a, b) {
      throw TemplateFault(line: line, problem: problem)
    }
    return (a, b)
  }
}

extension YAMLTree {
  /// Whether it is `~`: a key with such a value is left out.
  fileprivate var isNothing: Bool { if case .text("") = content { true } else { false } }
}

extension SeededGenerator {
  /// Normal with mean 0 and standard deviation 1 (Box and Muller 1958).
  fileprivate mutating func nextNormal() -> Double {
    let radius = (-2 * log(1 - nextUnit())).squareRoot()
    return radius * cos(2 * .pi * nextUnit())
  }
}

extension SupportCase {
  /// What is held on a grid, as a problem file writes it.
  fileprivate func tree(on size: GridSize, line: Int) -> YAMLTree {
    func node(_ content: YAMLTree.Content) -> YAMLTree { YAMLTree(line: line, content: content) }
    func numbers(_ values: [Double]) -> YAMLTree {
      node(.list(values.map { node(.text(Scalar($0).text)) }))
    }
    func mapping(_ entries: [(String, YAMLTree)]) -> YAMLTree {
      node(.mapping(entries.map { ($0.0, line, $0.1) }))
    }
    func tree(_ region: GridRegion) -> YAMLTree {
      switch region {
      case .box(let lower, let upper):
        return mapping([("box", node(.list([numbers(lower), numbers(upper)])))])
      case .disc(let center, let radius):
        let text = node(.text(Scalar(radius).text))
        return mapping([("disc", mapping([("center", numbers(center)), ("radius", text)]))])
      case .point(let point): return mapping([("point", numbers(point))])
      case .edge, .corner, .points: preconditionFailure("\(name) holds \(region)")
      }
    }
    return node(
      .list(
        supports(on: size).map { support in
          let axes = node(.list(support.axes.map { node(.text($0.rawValue)) }))
          return mapping([("region", tree(support.region)), ("axes", axes)])
        }))
  }
}
