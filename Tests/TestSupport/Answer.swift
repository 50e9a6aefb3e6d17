package import HTTP

/// An answer as a test reads it off the wire.
package struct Answer: Equatable {
  package let status: Int
  package let fields: HTTPFields
  package let body: [UInt8]

  package var text: String { String(decoding: body, as: UTF8.self) }
}

extension TLSClient {
  /// The next final answer, or nil when the connection ends or falls silent before one is complete.
  package func answer(toHead: Bool = false) -> Answer? {
    while let answer = anyAnswer(toHead: toHead) {
      if answer.status >= 200 { return answer }
    }
    return nil
  }

  /// The next answer, interim ones included.
  package func anyAnswer(toHead: Bool = false) -> Answer? {
    var bytes: [UInt8] = []
    var end: Int?
    while end == nil {
      guard case .success(let more) = receive() else { return nil }
      bytes += more
      end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound
    }
    guard let end else { return nil }
    let lines = String(decoding: bytes[..<(end - 4)], as: UTF8.self).split(separator: "\r\n")
    guard let status = lines.first.flatMap({ Int($0.split(separator: " ").dropFirst().first ?? "") }) else {
      return nil
    }
    var fields = HTTPFields()
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      fields.append(String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
    }
    pushBack(Array(bytes[end...]))
    if toHead || status < 200 || status == 204 || status == 304 {
      return Answer(status: status, fields: fields, body: [])
    }
    if fields["transfer-encoding"] == "chunked" {
      guard let body = chunkedBody() else { return nil }
      return Answer(status: status, fields: fields, body: body)
    }
    guard let length = fields["content-length"].flatMap({ Int($0) }) else {
      return Answer(status: status, fields: fields, body: receiveAll().bytes)
    }
    guard let body = exactly(length) else { return nil }
    return Answer(status: status, fields: fields, body: body)
  }

  /// Sends a request and reads its answer.
  package func ask(_ request: String, toHead: Bool = false) throws -> Answer? {
    try send(request)
    return answer(toHead: toHead)
  }

  package func get(_ path: String, _ lines: String...) throws -> Answer? {
    try ask("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(lines.map { $0 + "\r\n" }.joined())\r\n")
  }

  private func exactly(_ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
      guard case .success(let more) = receive() else { return nil }
      bytes += more
    }
    pushBack(Array(bytes[count...]))
    return Array(bytes[..<count])
  }

  private func chunkedBody() -> [UInt8]? {
    var body: [UInt8] = []
    while true {
      guard let line = line(), let size = Int(line, radix: 16), let piece = exactly(size), exactly(2) == [13, 10] else {
        return nil
      }
      if size == 0 { return body }
      body += piece
    }
  }

  private func line() -> String? {
    var bytes: [UInt8] = []
    while true {
      if let end = bytes.firstRange(of: [13, 10]) {
        pushBack(Array(bytes[end.upperBound...]))
        return String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
      }
      guard case .success(let more) = receive() else { return nil }
      bytes += more
    }
  }
}
