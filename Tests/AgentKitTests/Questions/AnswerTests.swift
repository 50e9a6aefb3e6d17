import A2A
import JSON
import Testing

struct AnswerTests {
  private static let review = Question(
    id: "q1", prompt: "Was it cleared?",
    fields: [
      QuestionField("choice", "Cleared", .choice([.init("yes", "Yes, seen"), .init("no"), .init("unknown")])),
      QuestionField("count", "How many", .integer(minimum: 1, maximum: 9), isRequired: false, unit: "trades"),
      QuestionField("note", "Note", .text(maximumLength: 5), isRequired: false),
    ], allowsDecline: true)

  private static func one(_ kind: QuestionField.Kind) -> Question {
    Question(id: "q1", prompt: "?", fields: [QuestionField("x", "X", kind)])
  }

  private static func message(_ text: String) -> Message { Message(id: "m", role: .user, text: text) }

  private static func message(data: String) throws -> Message {
    Message(id: "m", role: .user, parts: [.data(try JSONValue(parsing: data))])
  }

  private static func message(form: String) throws -> Message {
    var message = message("see the form")
    message.metadata = try JSONValue(parsing: "{\"\(Question.extensionURI)\":\(form)}")
    return message
  }

  @Test func `A form's values are read under the extension`() throws {
    let message = try Self.message(form: #"{"questionId":"q1","values":{"choice":"yes","count":3}}"#)
    let answer = try Answer(reading: message, to: Self.review)
    #expect(answer.content == .values(["choice": .text("yes"), "count": .integer(3)]))
    #expect(answer["choice"] == .text("yes"))
    #expect(answer["note"] == nil)
  }

  @Test func `A data part that is an object answers as well`() throws {
    let answer = try Answer(reading: Self.message(data: #"{"choice":"no","note":null}"#), to: Self.review)
    #expect(answer.content == .values(["choice": .text("no")]))
  }

  @Test(arguments: ["yes", "Yes, seen", " YES ", "yes, SEEN"])
  func `A text answers the one field that is required, by value or label`(text: String) throws {
    #expect(try Answer(reading: Self.message(text), to: Self.review).content == .values(["choice": .text("yes")]))
  }

  @Test func `Declining is an answer where it is allowed`() throws {
    let message = try Self.message(form: #"{"questionId":"q1","decline":true}"#)
    #expect(try Answer(reading: message, to: Self.review).isDeclined)
    #expect(throws: A2AError.self) { try Answer(reading: message, to: Self.one(.boolean)) }
  }

  @Test func `An answer to another question is refused`() throws {
    let message = try Self.message(form: #"{"questionId":"q0","values":{"choice":"yes"}}"#)
    let error = #expect(throws: A2AError.self) { try Answer(reading: message, to: Self.review) }
    #expect(error?.code == .invalidParams)
    #expect(error?.message.contains("\"q0\"") == true)
  }

  @Test func `Every field that does not fit is named, and so is one that does not exist`() throws {
    let message = try Self.message(
      form: #"{"questionId":"q1","values":{"count":10,"note":"too long","colour":"red"}}"#)
    let error = #expect(throws: A2AError.self) { try Answer(reading: message, to: Self.review) }
    #expect(error?.violations.map(\.field) == ["choice", "count", "note", "colour"])
    #expect(error?.reason == "INVALID_ANSWER")
    #expect(error?.message.utf8.allSatisfy { (0x20..<0x7F).contains($0) } == true)
  }

  @Test func `A text cannot answer a form with several required fields`() {
    let question = Question(
      id: "q1", prompt: "?", fields: [QuestionField("a", "A", .boolean), QuestionField("b", "B", .boolean)])
    let error = #expect(throws: A2AError.self) { try Answer(reading: Self.message("yes"), to: question) }
    #expect(error?.message.contains("\"a\", \"b\"") == true)
  }

  @Test(arguments: [
    (QuestionField.Kind.boolean, "yes", FieldValue.boolean(true)), (.boolean, "No", .boolean(false)),
    (.boolean, "true", .boolean(true)), (.integer(), " -12 ", .integer(-12)), (.decimal(), "0.5", .decimal(0.5)),
    (.decimal(), "3", .decimal(3)), (.date, "2026-02-28", .text("2026-02-28")),
    (.datetime, "2026-03-01T09:30:00Z", .text("2026-03-01T09:30:00Z")), (.text(), " as it is ", .text(" as it is ")),
    (.longtext(maximumLength: 3), "abc", .text("abc")),
    (.multichoice([.init("a"), .init("b")]), "a, b", .texts(["a", "b"])),
  ])
  func `Text is read as what its field wants`(kind: QuestionField.Kind, text: String, value: FieldValue) throws {
    #expect(try Answer(reading: Self.message(text), to: Self.one(kind))["x"] == value)
  }

  @Test(arguments: [
    (QuestionField.Kind.boolean, "maybe"), (.integer(), "1.5"), (.integer(minimum: 2), "1"),
    (.integer(maximum: 2), "3"),
    (.decimal(), "inf"), (.decimal(minimum: 0), "-0.1"), (.date, "2026-02-30"), (.date, "2026-02-28T00:00:00Z"),
    (.datetime, "2026-03-01"), (.choice([.init("a")]), "b"), (.multichoice([.init("a")]), "a,b"),
    (.text(maximumLength: 2), "abc"),
  ])
  func `Text that is not what its field wants is refused`(kind: QuestionField.Kind, text: String) {
    let error = #expect(throws: A2AError.self) { try Answer(reading: Self.message(text), to: Self.one(kind)) }
    #expect(error?.violations.map(\.field) == ["x"])
    #expect(error?.message.contains("stays open") == true)
  }

  @Test(arguments: [
    (QuestionField.Kind.boolean, "true", FieldValue.boolean(true)), (.boolean, #""no""#, .boolean(false)),
    (.integer(), "1e2", .integer(100)), (.integer(), #""7""#, .integer(7)), (.decimal(), "0.25", .decimal(0.25)),
    (.multichoice([.init("a"), .init("b")]), #"["b"]"#, .texts(["b"])), (.text(), #""x""#, .text("x")),
  ])
  func `JSON is read as what its field wants`(kind: QuestionField.Kind, json: String, value: FieldValue) throws {
    #expect(try Answer(reading: Self.message(data: "{\"x\":\(json)}"), to: Self.one(kind))["x"] == value)
  }

  @Test(arguments: [
    (QuestionField.Kind.boolean, "1"), (.integer(), "1.5"), (.integer(), "true"), (.text(), "1"), (.decimal(), "1e999"),
    (.multichoice([.init("a")]), "[1]"), (.choice([.init("a")]), #"["a"]"#),
  ])
  func `JSON of another kind is refused`(kind: QuestionField.Kind, json: String) throws {
    let message = try Self.message(data: "{\"x\":\(json)}")
    #expect(throws: A2AError.self) { try Answer(reading: message, to: Self.one(kind)) }
  }

  @Test func `A question without fields takes whatever is said`() throws {
    let question = Question(id: "q1", prompt: "Go on?")
    #expect(try Answer(reading: Self.message("anything"), to: question).content == .values([:]))
    #expect(try Answer(reading: Self.message(data: #"{"k":1}"#), to: question).content == .values([:]))
  }

  @Test func `What an answer writes is read as that answer`() throws {
    let answers = [
      Answer(questionID: "q1", .declined),
      Answer(questionID: "q1", .values(["choice": .text("no"), "count": .integer(2), "note": .text("\"\u{1F600}")])),
    ]
    for answer in answers {
      var message = Self.message("")
      message.metadata = answer.metadata()
      #expect(try Answer(reading: message, to: Self.review) == answer)
    }
  }
}
