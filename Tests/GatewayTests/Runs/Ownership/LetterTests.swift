import A2A
import HTTP
import JSON
import Journal
import Testing

@testable import Gateway

/// What gateways write to each other comes back as it was.
@Suite struct LetterTests {
  private static func acts() throws -> [RunCommand.Act] {
    let message = Message(id: "m-1", role: .user, text: "Go on, \"please\".\n")
    let values = try JSONValue(parsing: Array(#"{"approve":true,"note":"ü","list":[1,2.5,null]}"#.utf8))
    return [
      .cancel(why: nil), .cancel(why: "Enough."), .pause(why: "Lunch"), .resume, .say(message),
      .answer(QuestionReply(question: "q-1", content: .values(values))),
      .answer(QuestionReply(question: nil, content: .declined)),
      .answer(QuestionReply(question: "q-1", content: .text(""))),
      .answer(QuestionReply(question: "q-1", content: .message(message))),
      .claim(question: "q-1"), .release(question: "q-1"),
      .review(TaskReview(opinion: .disagree, why: "No.")),
    ]
  }

  @Test func `every command`() throws {
    for act in try Self.acts() {
      let command = RunCommand(id: "c 1", by: "kim", act: act)
      let letter = Letter.order(Order(number: "n", from: Fence(lease: "l"), task: "t", command: command))
      #expect(Letter(letter.encoded) == letter)
      guard case .order(let order) = Letter(letter.encoded) else { continue }
      // The run tells a repetition by it.
      #expect(order.command.fingerprint == command.fingerprint)
    }
    #expect(Set(try Self.acts().map(\.kind)) == Set(CommandKind.allCases))
  }

  @Test func `places, as the journal's server writes them`() {
    let letter = Letter.placed(["t-1", "t-2"])
    #expect(Letter(letter.encoded) == letter)
    #expect(Letter(Array(#"{"placed":["t-1","t-2"]}"#.utf8)) == letter)
  }

  @Test func `every outcome`() {
    let key = RunCommand.Key(by: "kim", id: "c")
    var receipt = CommandReceipt(id: key.id, task: "t", command: "cancel", seq: 7)
    var outcomes: [OrderReply.Outcome] = [.moving, .taken(receipt)]
    receipt.isRepeated = true
    receipt.verdict = Verdict(
      word: .refused, command: "cancel", id: key.id, by: key.by, why: "Not now.", after: 12, seq: 9)
    outcomes.append(.taken(receipt))
    let answered = Refusal(.conflict, "Alex was first.", code: "answered") { $0.member("by", "alex") }
    let refusals: [Refusal] = [.noSuchQuestion, .stillWaiting, .runMoving, answered]
    for refusal in refusals { outcomes.append(.refused(OrderRefusal(refusal))) }
    for outcome in outcomes {
      let letter = Letter.reply(OrderReply(number: "n", outcome: outcome))
      #expect(Letter(letter.encoded) == letter)
    }
  }

  @Test(arguments: ["", "{}", "[]", #"{"order":{}}"#, #"{"reply":{"number":"n"}}"#, #"{"reply":{"moving":true}}"#])
  func `what is no letter is none`(_ text: String) {
    #expect(Letter(Array(text.utf8)) == nil)
  }

  @Test func `a refusal that is none, by its status, is not taken`() {
    let text = #"{"reply":{"number":"n","refused":{"status":999,"detail":"x"}}}"#
    #expect(Letter(Array(text.utf8)) == nil)
  }
}
