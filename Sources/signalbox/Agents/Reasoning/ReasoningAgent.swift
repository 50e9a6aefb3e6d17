import A2A
import AgentKit
import JSON
import Surveillance

/// Answers questions about the reference data: reads what is asked, plans which looks that takes, takes them, and says what it thinks
/// meanwhile. By rules, or with a language model that chooses the looks and words the answer.
struct ReasoningAgent: Agent {
  let profile: AgentProfile
  private let desk: ReasoningDesk
  private let pace: Duration

  init(desk: ReasoningDesk, pace: Duration) {
    self.desk = desk
    self.pace = pace
    var profile = AgentProfile(
      name: AgentName.reasoning.rawValue,
      description: "Answers questions about traders, accounts, trades, prices and news, and shows how it got there.",
      version: Version.current,
      skills: [
        AgentSkill(
          id: "questions", name: "Questions about the reference data",
          description: "Looks up who is who, who owns what, who is related, who traded what, and what prices did.",
          tags: ["surveillance", "questions"])
      ], inputModes: ["text/plain", "application/json"], outputModes: ["text/plain", "application/json"])
    profile.isPausable = true
    profile.timeLimit = .seconds(600)
    profile.costLimit = desk.model?.settings.budget
    self.profile = profile
  }

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    try await context.progress("Reading the question.", type: .analysisStarted, phase: ReasoningPhase.analysis)
    let question = try AskedQuestion(reading: context.message)
    let inquiry = try await understand(question, context)
    let round = LookupRound(
      context: context, lookups: desk.lookups, pace: pace, mostSteps: question.parameters.mostSteps)
    let answer: ReasonedAnswer
    if let model = desk.model {
      answer = try await ModelReasoning(
        context: context, model: model, question: question, inquiry: inquiry, round: round
      ).run()
    } else {
      answer = try await RuleReasoning(context: context, question: question, inquiry: inquiry, round: round).run()
    }
    try await context.artifact(answer.artifact)
    return AgentMessage(answer.text)
  }

  /// The question with everybody settled whom it names.
  private func understand(_ question: AskedQuestion, _ context: TaskContext) async throws -> Inquiry {
    // Conversations are their caller's.
    let conversation = "\(context.caller)\n\(context.contextID)"
    var inquiry = desk.reader.read(question.text)
    if !inquiry.isUnderstood, inquiry.unknown.isEmpty {
      for subject in desk.conversations.subjects(in: conversation) { inquiry.add(subject) }
    }
    try await context.progress(
      inquiry.thought(desk.lookups), type: .thinking, phase: ReasoningPhase.analysis)
    try await SubjectQuestion(context: context, lookups: desk.lookups, parameters: question.parameters)
      .settle(&inquiry)
    desk.conversations.remember(inquiry.subjects, in: conversation)
    return inquiry
  }
}

/// The parts of the work, as its reports name them.
enum ReasoningPhase {
  static let analysis = "analysis"
  static let planning = "planning"
  static let execution = "execution"
  static let review = "review"
}

extension Inquiry {
  /// What was understood, in a sentence.
  func thought(_ lookups: Lookups) -> String {
    guard isUnderstood else { return "The question names nobody and nothing that is on file." }
    let asked = Intent.allCases.filter(intents.contains).map(\.words).joined(separator: ", ")
    var parts: [String] = []
    if !subjects.isEmpty {
      parts.append("It is about \(Lookups.some(subjects.map(lookups.title), most: 8))")
    }
    parts += ambiguities.map { "\"\($0.words)\" may be \($0.candidates.map(lookups.title).joined(separator: " or "))" }
    let time = time.map { ", \($0.words)" } ?? ""
    return "\(parts.joined(separator: "; "))\(time). Asked for: \(asked)."
  }
}
