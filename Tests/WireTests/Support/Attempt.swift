import TestSupport
import Testing

/// What became of a client that asked for one page.
enum Attempt: Equatable, CustomTestStringConvertible {
  case served(Answer)
  /// The handshake failed, or the connection ended before any byte of an answer.
  case refused
  /// Anything between the two: part of an answer, or silence.
  case odd(String)

  var wasServed: Bool {
    if case .served(let answer) = self { answer.status == 200 } else { false }
  }

  var testDescription: String {
    switch self {
    case .served(let answer): "served: \(answer.status) \(answer.text)"
    case .refused: "refused"
    case .odd(let what): what
    }
  }

  /// The body of the answer, if there was one.
  var text: String? {
    if case .served(let answer) = self { answer.text } else { nil }
  }
}

extension TestServer {
  func attempt(_ path: String, _ options: TLSClient.Options = TLSClient.Options()) async -> Attempt {
    let port = port
    let box = Unchecked(suited(options))
    return await onThread {
      let client: TLSClient
      do {
        client = try TLSClient(port: port, box.value)
        try client.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
      } catch is TLSClient.Failure {
        return .refused
      } catch {
        return .odd("\(error)")
      }
      // In TLS 1.3 the refusal of a certificate comes with the first read.
      switch client.receive() {
      case .success(let bytes):
        client.pushBack(bytes)
        return client.answer().map(Attempt.served) ?? .odd("an answer that breaks off")
      case .failure(let receipt):
        return receipt.ending == .silence ? .odd("silence") : .refused
      }
    }
  }
}
