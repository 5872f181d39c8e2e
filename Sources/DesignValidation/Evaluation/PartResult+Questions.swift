extension PartResult {
  /// Keeps questions, those that the part file answers apart; an answer to what was not asked is a warning.
  mutating func take(_ asked: [PartQuestions.Asked], confirmed: [PartConfirmation]) {
    var open = questions ?? []
    var answered: [AnsweredQuestion] = []
    var used: Set<Int> = []
    for item in asked {
      let answer = confirmed.firstIndex { $0.answers(item) }
      if let answer {
        used.insert(answer)
        answered.append(AnsweredQuestion(question: item.text, answer: confirmed[answer].reason))
      } else {
        let hint =
          family == nil
          ? ""
          : "; if that is meant, add 'confirmed: [{question: \(item.question.rawValue), reason: ...}]'"
        open.append(item.text + hint)
      }
    }
    questions = open.isEmpty ? nil : open
    answers = answered.isEmpty ? nil : answered
    let solved = models.allSatisfy { $0.failure == nil }
    for (place, item) in confirmed.enumerated() where solved && !used.contains(place) {
      let subject = item.subject.map { " of '\($0)'" } ?? ""
      warnings =
        (warnings ?? []) + [
          "'confirmed' answers the question '\(item.question.rawValue)'\(subject), which does not arise: remove it"
        ]
    }
  }
}

extension PartConfirmation {
  /// Whether it answers a question.
  fileprivate func answers(_ asked: PartQuestions.Asked) -> Bool {
    question == asked.question && (subject.map { $0 == asked.subject } ?? true)
  }
}
