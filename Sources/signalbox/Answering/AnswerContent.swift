import A2A
import JSON

/// What somebody answers.
enum AnswerContent: Sendable, Equatable {
  /// As they were typed; the gateway holds them against the form.
  case words([Field])
  /// Read against the form.
  case values([Value])
  case declined
  case text(String)

  struct Field: Sendable, Equatable {
    let name: String
    let text: String
  }

  struct Value: Sendable, Equatable {
    let name: String
    let value: FieldValue
  }

  func write(to object: inout JSONWriter) {
    switch self {
    case .words(let fields):
      object.object("values") { values in for field in fields { values.member(field.name, field.text) } }
    case .values(let list):
      object.object("values") { values in
        for item in list {
          values.key(item.name)
          item.value.write(into: &values)
        }
      }
    case .declined: object.member("decline", true)
    case .text(let text): object.member("text", text)
    }
  }
}
