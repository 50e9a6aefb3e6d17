import A2A
import JSON
import Testing

struct QuestionFormTests {
  private static let whole = Question(
    id: "question-1", prompt: "Was the trade cleared?", why: "The register has no entry.",
    fields: [
      QuestionField(
        "cleared", "Cleared", .choice([.init("yes", "Yes"), .init("no", "No")]), initial: .text("no"),
        help: "See page 2."),
      QuestionField(
        "who", "By whom", .multichoice([.init("a"), .init("b")]), isRequired: false, initial: .texts(["a"])),
      QuestionField("sure", "Sure", .boolean, initial: .boolean(true)),
      QuestionField("note", "Note", .text(maximumLength: 80)), QuestionField("story", "Story", .longtext()),
      QuestionField("count", "Count", .integer(minimum: 1, maximum: 9), initial: .integer(4), unit: "trades"),
      QuestionField("price", "Price", .decimal(minimum: 0.5, maximum: nil), initial: .decimal(1.25), unit: "EUR"),
      QuestionField("day", "Day", .date), QuestionField("moment", "Moment", .datetime),
    ], deadline: Timestamp("2026-03-01T09:35:00.000Z"), onExpiry: "it is taken as unknown.", allowsDecline: true)

  @Test func `A form that was written is read as the same form`() {
    #expect(Question(metadata: Self.whole.metadata()) == Self.whole)
    let bare = Question(id: "q", prompt: "?")
    #expect(Question(metadata: bare.metadata()) == bare)
  }

  @Test func `A form has the members that a page builds it from`() throws {
    let form = try #require(Self.whole.metadata()[Question.extensionURI])
    #expect(form["questionId"]?.string == "question-1")
    #expect(form["deadline"]?.string == "2026-03-01T09:35:00.000Z")
    #expect(form["onExpiry"]?.string == "it is taken as unknown.")
    #expect(form["allow"]?.elements.compactMap(\.string) == ["answer", "decline"])
    let fields = try #require(form["fields"]).elements.map(\.self)
    #expect(
      fields.compactMap { $0["type"]?.string } == [
        "choice", "multichoice", "boolean", "text", "longtext", "integer", "decimal", "date", "datetime",
      ])
    #expect(fields[0]["options"]?[0]?["label"]?.string == "Yes")
    #expect(fields[0]["default"]?.string == "no")
    #expect(fields[1]["required"]?.bool == false)
    #expect(fields[3]["maxLength"]?.int == 80)
    #expect(fields[5]["min"]?.int == 1)
    #expect(fields[6]["min"]?.double == 0.5)
    #expect(fields[6]["unit"]?.string == "EUR")
  }

  @Test func `Who sees text only learns what may be said, and by when`() {
    let question = Question(
      id: "q", prompt: "Was it cleared?",
      fields: [QuestionField("cleared", "Cleared", .choice([.init("yes", "Yes"), .init("no")]))],
      deadline: Timestamp("2026-03-01T09:35:00.000Z"), onExpiry: "it is taken as unknown.")
    #expect(
      question.text == """
        Was it cleared?
        Answer with one of yes (Yes), no.
        If nobody answers by 2026-03-01T09:35:00.000Z: it is taken as unknown.
        """)
    #expect(Self.whole.text.contains("By whom: any of a, b, or nothing."))
    #expect(Self.whole.text.contains("Count: a whole number (trades)."))
  }

  @Test func `A field of a kind that nobody knows is asked for as text`() throws {
    let metadata = try JSONValue(
      parsing: "{\"\(Question.extensionURI)\":{\"questionId\":\"q\",\"prompt\":\"?\",\"fields\":["
        + "{\"name\":\"x\",\"type\":\"colour\"}]}}")
    #expect(Question(metadata: metadata)?.fields == [QuestionField("x", "x", .text())])
  }

  @Test(arguments: [
    "{}", #"{"questionId":"q"}"#, #"{"prompt":"?"}"#, #"{"questionId":"q","prompt":"?","fields":[{"label":"x"}]}"#,
    "[]",
  ])
  func `What is no form is none`(form: String) throws {
    #expect(Question(metadata: try JSONValue(parsing: "{\"\(Question.extensionURI)\":\(form)}")) == nil)
    #expect(Question(metadata: nil) == nil)
  }
}
