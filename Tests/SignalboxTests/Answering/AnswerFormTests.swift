import A2A
import Testing

@testable import signalbox

struct AnswerFormTests {
  private func form(_ fields: QuestionField..., declines: Bool = false) -> AnswerForm {
    AnswerForm(Question(id: "q1", prompt: "Was it cleared?", fields: fields, allowsDecline: declines))
  }

  private let cleared = QuestionField("cleared", "Cleared", .choice([.init("yes", "Yes, seen"), .init("no", "No")]))

  @Test func `fields are asked one after the other, and what does not fit again`() {
    var form = form(
      cleared, QuestionField("count", "Count", .integer(minimum: 1, maximum: 9), unit: "rows"),
      QuestionField("note", "Note", .text(maximumLength: 5), isRequired: false))
    #expect(form.asked == ["(1/3) Cleared: one of these, by name or number", "  1  yes  Yes, seen", "  2  no  No"])
    #expect(form.enter("perhaps") == .again("It must be one of yes, no."))
    #expect(form.enter(" yes, SEEN ") == .next)
    #expect(form.asked == ["(2/3) Count: a whole number from 1 to 9 (rows)"])
    #expect(form.enter("ten") == .again("It must be a whole number."))
    #expect(form.enter("12") == .again("It must be at most 9."))
    #expect(form.enter("") == .again("It must be given."))
    #expect(form.enter("7") == .next)
    #expect(form.asked == ["(3/3) Note: text of at most 5 characters, or nothing"])
    #expect(form.enter("too long") == .again("It may have at most 5 characters."))
    #expect(
      form.enter("")
        == .done(.values([.init(name: "cleared", value: .text("yes")), .init(name: "count", value: .integer(7))])))
  }

  @Test(
    arguments: [
      (.choice([.init("a"), .init("b")]), "2", .text("b")), (.choice([.init("2"), .init("1")]), "1", .text("1")),
      (.multichoice([.init("a"), .init("b"), .init("c")]), "1, c", .texts(["a", "c"])), (.boolean, "Y", .boolean(true)),
      (.boolean, "no", .boolean(false)), (.text(), " as it is ", .text(" as it is ")), (.integer(), "-3", .integer(-3)),
      (.decimal(), "2.5", .decimal(2.5)), (.date, "2026-03-01", .text("2026-03-01")),
      (.datetime, "2026-03-01T09:30:00Z", .text("2026-03-01T09:30:00Z")),
    ] as [(QuestionField.Kind, String, FieldValue)])
  func `each kind of field takes what people type`(kind: QuestionField.Kind, typed: String, value: FieldValue) {
    var form = form(QuestionField("f", "F", kind))
    #expect(form.enter(typed) == .done(.values([.init(name: "f", value: value)])))
  }

  @Test(
    arguments: [
      (.choice([.init("a")]), "2"), (.multichoice([.init("a")]), "a,b"), (.boolean, "maybe"), (.integer(), "2.5"),
      (.decimal(minimum: 0), "-1"), (.date, "2026-02-30"), (.datetime, "tomorrow"), (.text(), ""),
    ] as [(QuestionField.Kind, String)])
  func `and says why it does not take the rest`(kind: QuestionField.Kind, typed: String) {
    var form = form(QuestionField("f", "F", kind))
    guard case .again(let reason) = form.enter(typed) else { Issue.record("It was taken."); return }
    #expect(reason.hasPrefix("It "))
  }

  @Test func `an empty line takes the default, and a hyphen none`() {
    let field = QuestionField("n", "N", .integer(), isRequired: false, initial: .integer(4))
    var form = form(field)
    #expect(form.asked == ["N: a whole number [4; - for nothing]"])
    #expect(form.enter("") == .done(.values([.init(name: "n", value: .integer(4))])))
    form = self.form(field)
    #expect(form.enter("-") == .done(.values([])))
  }

  @Test func `a long text ends with an empty line`() {
    var form = form(QuestionField("note", "Note", .longtext(maximumLength: 12)))
    #expect(form.enter("") == .again("It must be given."))
    #expect(form.enter("one") == .next)
    #expect(form.asked == ["… (an empty line ends it)"])
    #expect(form.enter("two") == .next)
    #expect(form.enter("") == .done(.values([.init(name: "note", value: .text("one\ntwo"))])))
    form = self.form(QuestionField("note", "Note", .longtext(maximumLength: 2)))
    #expect(form.enter("one") == .next)
    #expect(form.enter("") == .again("It may have at most 2 characters."))
    #expect(form.asked.first?.hasPrefix("Note: ") == true)
  }

  @Test func `declining is an answer where it is one`() {
    var form = form(cleared, declines: true)
    #expect(form.introduction.contains("Type :decline to decline."))
    #expect(form.enter(":decline") == .done(.declined))
    form = self.form(cleared)
    guard case .again = form.enter(":decline") else { Issue.record("It was declined."); return }
  }

  @Test func `a question without a form takes what is said`() {
    var form = form()
    #expect(form.asked == ["Your answer:"])
    #expect(form.enter(" ") == .again("Say something, or leave it to somebody else."))
    #expect(form.enter("Yes.") == .done(.text("Yes.")))
  }

  @Test func `the deadline and what follows from it are said, and no prompt steers the terminal`() {
    let question = Question(
      id: "q1", prompt: "A\u{1B}[2J\nB", why: "Why.", deadline: Timestamp("2026-03-01T09:30:00Z"),
      onExpiry: "It is no.")
    #expect(
      AnswerForm(question).introduction == [
        #"A\u001b[2J"#, "B", "Why.", "Answers are taken until 2026-03-01T09:30:00.000Z: It is no.",
      ])
  }
}
