// libFuzzer target for the response reader: `scripts/fuzz SECONDS response`.
//
// The first byte says what was asked, the rest is what the server sent before it closed the connection. It is read in one
// piece and again in pieces whose lengths come from the input itself. Both ways must give the same events, apart from where
// a body is cut; and what is promised of each event must hold.

import HTTP

/// Public so that the symbol is there for the fuzzer to call.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
  guard let first = input.first else { return 0 }
  let methods = (0..<first & 3).map { first >> ($0 + 2) & 1 == 1 ? HTTPMethod.head : .get }
  let bytes = Array(input.dropFirst())
  let whole = readAll(bytes, methods, cuts: [])
  let cuts = bytes.isEmpty ? [1] : bytes.prefix(16).map { Int($0 % 31) + 1 }
  precondition(readAll(bytes, methods, cuts: cuts) == whole, "The same bytes in pieces gave other events.")
  precondition(readAll(bytes, methods, cuts: [1]) == whole, "The same bytes one by one gave other events.")
  return 0
}

/// Limits that a small input can reach.
private let limits = {
  var limits = ResponseLimits()
  limits.maxStatusLine = 40
  limits.maxFieldLine = 70
  limits.maxFieldSection = 250
  limits.maxFieldCount = 12
  limits.maxBody = 300
  limits.maxChunkExtension = 20
  limits.maxTrailerSection = 60
  limits.maxTrailerCount = 3
  limits.maxBodyPiece = 64
  limits.maxInterimCount = 2
  return limits
}()

private func readAll(_ input: [UInt8], _ methods: [HTTPMethod], cuts: [Int]) -> [ResponseReader.Event] {
  var log = Log(methods)
  var rest = input[...]
  var cut = 0
  while !rest.isEmpty {
    let piece = cuts.isEmpty ? rest : rest.prefix(cuts[cut % cuts.count])
    cut += 1
    rest = rest.dropFirst(piece.count)
    log.receive(Array(piece))
  }
  log.end()
  return log.events
}

private struct Log {
  var events: [ResponseReader.Event] = []
  private var reader = ResponseReader(limits: limits)
  private var unanswered: [HTTPMethod]
  private var bodyLength = 0
  private var lastStatus: HTTPStatus?
  /// The answer that is not complete, and the method it answers.
  private var current: (head: ResponseHead, method: HTTPMethod)?

  init(_ methods: [HTTPMethod]) {
    unanswered = methods
    for method in methods { reader.expect(responseTo: method) }
  }

  mutating func receive(_ piece: [UInt8]) {
    reader.append(piece)
    pull(from: reader.next())
  }

  mutating func end() {
    pull(from: reader.connectionEnded())
    precondition(!reader.mayReuseConnection, "A connection that ended may be used again.")
    if case .failed? = events.last { return }
    precondition(current == nil, "An answer that broke off was not told.")
    precondition(unanswered.isEmpty || lastStatus == .switchingProtocols, "An answer that never came was not told.")
  }

  private mutating func pull(from first: ResponseReader.Event) {
    var event = first
    while true {
      switch event {
      case .needsMore:
        return
      case .head(let head):
        precondition(current == nil, "A head came before the end of the answer.")
        precondition(!unanswered.isEmpty, "A head came that nobody asked for.")
        checkHead(head)
        current = (head, unanswered.removeFirst())
        lastStatus = head.status
        bodyLength = 0
        events.append(event)
      case .body(let bytes):
        precondition(!bytes.isEmpty && bytes.count <= limits.maxBodyPiece, "A piece of a body has a wrong length.")
        bodyLength += bytes.count
        append(bytes)
      case .end:
        checkEnd()
        current = nil
        events.append(event)
      case .failed(let fault):
        checkFault(fault)
        precondition(reader.next() == event && reader.bufferedCount == 0, "A fault did not last.")
        precondition(!reader.mayReuseConnection && !reader.isIdle, "A connection with a fault may be used again.")
        if events.last != event { events.append(event) }
        return
      }
      event = reader.next()
    }
  }

  private mutating func append(_ bytes: [UInt8]) {
    if case .body(let earlier)? = events.last {
      events[events.count - 1] = .body(earlier + bytes)
    } else {
      events.append(.body(bytes))
    }
  }

  private func checkEnd() {
    guard let (head, method) = current else { preconditionFailure("An end came without a head.") }
    precondition(bodyLength <= limits.maxBody, "The body is longer than the limit.")
    if method == .head || head.status.forbidsBody {
      precondition(bodyLength == 0, "There is a body where there is none.")
    } else if let length = head.fields["content-length"] {
      precondition(Int(length) == bodyLength, "The body has another length than it says.")
      precondition(!head.fields.contains("transfer-encoding"), "Two lengths.")
    } else if !head.fields.contains("transfer-encoding") {
      precondition(!reader.mayReuseConnection, "A connection may be used behind a body until its end.")
    }
  }
}

private func checkHead(_ head: ResponseHead) {
  precondition(head.status.code == 101 || 200...599 ~= head.status.code, "The status is none.")
  precondition(head.status.reason.unicodeScalars.count + 13 <= limits.maxStatusLine, "A status line is too long.")
  precondition(head.fields.count <= limits.maxFieldCount, "Too many fields passed.")
  for (name, value) in head.fields {
    let length = name.utf8.count + 1 + value.unicodeScalars.count
    precondition(length <= limits.maxFieldLine, "A field line passed that is too long.")
    precondition(FieldText.isToken(name) && FieldText.isValue(value), "A field passed that cannot be sent on.")
  }
  // What was read can be written again.
  var output: [UInt8] = []
  var fields = head.fields
  for name in ["connection", "content-length", "date", "transfer-encoding"] { fields.remove(name) }
  ResponseEncoder.head(
    ResponseHead(head.status, fields: fields), framing: head.status.forbidsBody ? .none : .length(0), version: .http11,
    keepAlive: true, date: nil, into: &output)
}

private func checkFault(_ fault: MessageFault) {
  precondition(fault.detail.utf8.allSatisfy { 0x20...0x7e ~= $0 }, "A fault is not printable ASCII.")
  precondition(fault.detail.utf8.count <= 400, "A fault is too long.")
}
