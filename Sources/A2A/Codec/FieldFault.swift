import HTTP
import JSON

/// What is wrong with one field of an object that was read. It learns its place on the way out, so that reading what is
/// right costs nothing.
struct FieldFault: Error, Equatable {
  /// Such as `message.parts[0].text`; empty for the object as a whole.
  private(set) var field: String
  /// Goes on a sentence whose subject is the field: "must be a string, not a number".
  let problem: String

  init(_ problem: String, at field: String = "") {
    self.field = field
    self.problem = problem
  }

  static func missing(_ field: String) -> FieldFault { FieldFault("is required and is missing", at: field) }

  static func wrongKind(_ value: JSONValue, expected: String, at field: String = "") -> FieldFault {
    FieldFault("must be \(expected), not \(value.kind.name)", at: field)
  }

  /// The same fault, seen from the object that has this one as a member or an element.
  func inside(_ place: String) -> FieldFault {
    var outer = self
    outer.field = field.isEmpty ? place : field.utf8.first == UInt8(ascii: "[") ? place + field : place + "." + field
    return outer
  }

  /// As the answer to a request that has it.
  func error(in whole: String) -> A2AError {
    var error = A2AError(.invalidParams, "\(sentence(about: whole)).")
    error.violations = [.init(field: field, description: "The field \(problem).")]
    return error
  }

  /// As the error of a peer that answers with it.
  func unreadable(_ what: String) -> A2AError {
    .unreadable("\(sentence(about: what)).")
  }

  private func sentence(about whole: String) -> String {
    field.isEmpty ? "\(whole) \(problem)" : "\(whole) cannot be read: the field \(field) \(problem)"
  }
}

extension JSONValue {
  /// The value for a sentence: what a string says, or the text of anything else.
  var excerpt: String {
    string.map { Excerpt.quoting($0.utf8) } ?? Excerpt.quoting(bytes)
  }
}

extension JSONValue.Kind {
  var name: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
