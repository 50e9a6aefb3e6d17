import A2A
import HTTP
import JSON
import Journal

@testable import Gateway

/// A machine whose agent asks, with a clock that the test turns.
struct QuestionStage {
  enum State: String, CaseIterable {
    case working, asked, claimed, answered, doubted, taken, reopened, expired, leaving, ended
  }

  static let form = Question(
    id: "question-1", prompt: "Cleared?", why: "The register is silent.",
    fields: [
      QuestionField("cleared", "Cleared", .choice([.init("yes"), .init("no")])),
      QuestionField("note", "Note", .text(maximumLength: 10), isRequired: false),
    ], deadline: Timestamp(millisecondsSince1970: 1_772_357_460_000), onExpiry: "it counts as not known.",
    allowsDecline: true)

  var stage: MachineStage
  /// All that was written since it was made.
  private(set) var entries: [Entry] = []
  private(set) var memos: [String: Memo] = [:]
  /// Everything that was asked of the agent, such as `say a1-c4`.
  private(set) var calls: [String] = []

  init(_ stage: MachineStage = .at(.following)) { self.stage = stage }

  var machine: RunMachine { stage.machine }
  var question: TaskQuestion? { machine.questions.current }
  var trail: [String] { entries.map(\.word) }

  /// By the way that leads there.
  static func at(_ state: State) -> QuestionStage {
    var stage = state == .working ? QuestionStage() : QuestionStage.asked()
    switch state {
    case .working, .asked: break
    case .claimed: stage.feed(claim(by: "alex"))
    case .answered: stage.feed(answer(by: "kim"))
    case .doubted:
      stage = at(.answered)
      stage.feed(stage.notTaken(.lost))
    case .taken:
      stage = at(.answered)
      stage.feed(stage.taken)
    case .reopened:
      stage = at(.answered)
      stage.feed(stage.notTaken(.refused(.invalidParams)))
    case .expired: stage.turnToTime()
    case .leaving:
      stage = at(.answered)
      stage.feed(.event(MachineStage.status(.working)))
    case .ended:
      stage = at(.answered)
      stage.feed(.event(MachineStage.status(.completed)))
    }
    return stage
  }

  static func asked() -> QuestionStage {
    var stage = QuestionStage()
    stage.feed(.event(ask()))
    return stage
  }

  @discardableResult
  mutating func feed(_ input: RunInput) -> [RunAction] {
    let actions = stage.feed(input)
    take(actions)
    return actions
  }

  @discardableResult
  mutating func turnToTime() -> [RunAction] {
    let actions = stage.waitForIt()
    take(actions)
    return actions
  }

  private mutating func take(_ actions: [RunAction]) {
    for action in actions {
      switch action {
      case .write(let write):
        entries += write.entries
        for memo in write.memos { memos[memo.name] = memo }
      case .send, .say: calls.append(action.short)
      default: break
      }
    }
  }

  // MARK: What the agent says

  /// - Parameter id: of the message.
  static func ask(
    _ id: String? = "a1-m1", form: Question? = QuestionStage.form, state: TaskState = .inputRequired
  ) -> TaskEvent {
    var status = TaskStatus(state, timestamp: Timestamp(millisecondsSince1970: 1_772_357_405_000))
    if let id {
      var message = Message(id: id, role: .agent, text: form?.text ?? "Which?", contextID: "inner", taskID: "a1")
      message.metadata = form?.metadata()
      status.message = message
    }
    return .status(.init(taskID: "a1", contextID: "inner", status: status))
  }

  /// The one answer that is on its way, as the agent was told it.
  private var said: String { machine.commands.open.compactMap(\.message?.id).first ?? "" }
  var taken: RunInput { .taken(messageID: said.replacing("t-", with: "a1-")) }
  func notTaken(_ kind: RunFault.Kind) -> RunInput {
    .notTaken(messageID: said.replacing("t-", with: "a1-"), RunFault(kind, "It said no."))
  }

  // MARK: What people want

  static func command(_ act: RunCommand.Act, by: String, id: String? = nil) -> RunInput {
    let command = RunCommand(id: "", by: by, act: act)
    return .command(RunCommand(id: id ?? "\(command.word)-\(by)", by: by, act: act), ticket: 7)
  }

  static func answer(_ json: String = #"{"cleared":"yes"}"#, by: String, to: String? = "q1", id: String? = nil)
    -> RunInput
  {
    guard let values = try? JSONValue(parsing: json) else { return .time }
    return command(.answer(QuestionReply(question: to, content: .values(values))), by: by, id: id)
  }

  static func say(_ text: String, by: String, id: String = "m9") -> RunInput {
    command(.say(Message(id: id, role: .user, text: text)), by: by)
  }

  static func claim(by: String, _ question: String = "q1") -> RunInput {
    command(.claim(question: question), by: by, id: "claim-\(by)")
  }
  static func release(by: String) -> RunInput { command(.release(question: "q1"), by: by) }
}

extension TaskQuestion {
  /// In a word or two, for comparing.
  var short: String {
    switch state {
    case .open(let claim?): "\(name) open claimed by \(claim.by)"
    case .open(nil): "\(name) open"
    case .closed(let end): "\(name) \(end.how.rawValue)" + (end.by.map { " by \($0)" } ?? "")
    }
  }
}

extension Entry {
  /// What it says of questions and commands, for comparing.
  var word: String {
    let value = (try? JSONValue(parsing: payload)) ?? nil
    func text(_ name: String) -> String { value?[name]?.string.map { " \($0)" } ?? "" }
    return switch kind {
    case .question:
      "\(text("question").dropFirst())\(text("state"))\(text("how"))\(text("by"))"
        + (value?["reopened"] == nil ? "" : " again")
    case .answer: "answer to\(text("question"))\(text("by"))"
    case .verdict: "verdict\(text("verdict"))\(text("by"))"
    case .note: "\(text("note").dropFirst())"
    case .command: "command\(text("command"))"
    default: short
    }
  }
}

extension RunAction {
  /// The same with what questions are about.
  var word: String {
    switch self {
    case .write(let write):
      ("write " + write.entries.map(\.word).joined(separator: " + ")).stripped
        + (write.memos.contains { $0.name.hasPrefix(TaskQuestion.family) } ? " & memo" : "")
    default: short
    }
  }
}

extension StringProtocol {
  /// Without blanks around it.
  var stripped: String {
    var rest = self[...]
    while rest.last == " " { rest.removeLast() }
    while rest.first == " " { rest.removeFirst() }
    return String(rest)
  }
}
