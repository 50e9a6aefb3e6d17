package import JSON

/// An error in the protocol's words: what a server answers, and what a client was answered.
package struct A2AError: Error, Sendable, Equatable {
  package enum Code: Sendable, Equatable, Hashable {
    case taskNotFound, taskNotCancelable, pushNotificationNotSupported, unsupportedOperation
    case contentTypeNotSupported, invalidAgentResponse, extendedCardNotConfigured, extensionSupportRequired
    case versionNotSupported
    case parseError, invalidRequest, methodNotFound, invalidParams, internalError
    /// Of a peer that has codes of its own.
    case other(Int)
  }

  package var code: Code
  /// One sentence, or two, for people.
  package var message: String
  /// `google.rpc.ErrorInfo.reason`; a peer's own word where it has one.
  package var reason: String?
  /// `google.rpc.ErrorInfo.metadata`.
  package var metadata: [String: String] = [:]
  /// Which fields of the request were wrong, and how.
  package var violations: [FieldViolation] = []
  /// What else a peer sent along, as it came.
  package var details: JSONValue?

  /// What a client goes by that was given this error.
  package var grounds = Grounds.stated

  package enum Grounds: Sendable {
    /// It was said in the protocol's words.
    case stated
    /// An HTTP answer has no error of A2A in it: its status is all there is. So answers whoever is not the agent.
    case status
    /// What came cannot be read, which is what the error says.
    case unreadable
  }

  package struct FieldViolation: Sendable, Equatable {
    package var field: String
    package var description: String

    package init(field: String, description: String) {
      self.field = field
      self.description = description
    }
  }

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Of a peer whose answer is none.
  static func unreadable(_ message: String) -> A2AError {
    var error = A2AError(.invalidAgentResponse, message)
    error.grounds = .unreadable
    return error
  }
}
