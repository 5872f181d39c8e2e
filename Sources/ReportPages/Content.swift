import Mustache

/// What a template is filled with: texts, lists and truth values by name.
///
/// A type of its own, since the template asks for a conformance at every name: for a dictionary, which conforms where its keys are texts, the answer is worked
/// out anew each time.
struct Content: MustacheParent, ExpressibleByDictionaryLiteral {
  private var values: [String: Any]

  init(dictionaryLiteral elements: (String, Any)...) {
    values = Dictionary(elements, uniquingKeysWith: { $1 })
  }

  subscript(name: String) -> Any? {
    get { values[name] }
    set { values[name] = newValue }
  }

  func child(named name: String) -> Any? { values[name] }
}
