// libFuzzer target for the request reader: `scripts/fuzz SECONDS http`.
//
// The input is a connection's bytes. It is read in one piece and again in pieces whose lengths come from the input itself. Both
// ways must give the same events, apart from where a body is cut; and what is promised of each event must hold.

import HTTP

/// Public so that the symbol is there for the fuzzer to call.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
  let whole = readAll(input, cuts: [])
  let cuts = input.isEmpty ? [1] : input.prefix(16).map { Int($0 % 31) + 1 }
  precondition(readAll(input, cuts: cuts) == whole, "The same bytes in pieces gave other events.")
  precondition(readAll(input, cuts: [1]) == whole, "The same bytes one by one gave other events.")
  return 0
}

/// Limits that a small input can reach.
private let limits = {
  var limits = RequestLimits()
  limits.maxRequestLine = 80
  limits.maxFieldLine = 70
  limits.maxFieldSection = 250
  limits.maxFieldCount = 12
  limits.maxBody = 300
  limits.maxChunkExtension = 40
  limits.maxTrailerSection = 60
  limits.maxTrailerCount = 3
  limits.maxBodyPiece = 64
  return limits
}()

/// The route's limit is below the reader's, so that both are tried.
private let routeLimit = 250

private func readAll(_ input: [UInt8], cuts: [Int]) -> [RequestReader.Event] {
  var log = Log()
  var rest = input[...]
  var cut = 0
  while !rest.isEmpty {
    let piece = cuts.isEmpty ? rest : rest.prefix(cuts[cut % cuts.count])
    cut += 1
    rest = rest.dropFirst(piece.count)
    log.receive(Array(piece))
  }
  return log.events
}

private struct Log {
  var events: [RequestReader.Event] = []
  private var reader = RequestReader(limits: limits)
  private var bodyLength = 0
  private var head: RequestHead?

  mutating func receive(_ piece: [UInt8]) {
    reader.append(piece)
    while true {
      let event = reader.next()
      switch event {
      case .needsMore:
        return
      case .head(let head):
        precondition(self.head == nil, "A head came before the end of the request.")
        checkHead(head)
        self.head = head
        bodyLength = 0
        reader.limitBody(to: routeLimit)
        events.append(event)
      case .body(let bytes):
        precondition(!bytes.isEmpty && bytes.count <= limits.maxBodyPiece, "A piece of a body has a wrong length.")
        bodyLength += bytes.count
        append(bytes)
      case .end:
        checkEnd()
        head = nil
        events.append(event)
      case .refused(let refusal):
        checkRefusal(refusal)
        precondition(reader.next() == event && reader.bufferedCount == 0, "A refusal did not last.")
        if events.last != event { events.append(event) }
        return
      }
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
    guard let head else { preconditionFailure("An end came without a head.") }
    switch head.framing {
    case .none: precondition(bodyLength == 0, "There is a body where there is none.")
    case .length(let length): precondition(bodyLength == length, "The body has another length than it says.")
    case .chunked: precondition(bodyLength <= routeLimit, "The chunks are longer than the limit.")
    }
  }
}

private func checkHead(_ head: RequestHead) {
  precondition(head.target.path == "*" || head.target.path.utf8.first == UInt8(ascii: "/"), "The path is none.")
  precondition(!head.target.decodedSegments.contains { $0 == "." || $0 == ".." }, "A dot segment passed.")
  precondition(head.method != .connect && head.method != .trace, "A method passed that is not served.")
  precondition(head.version == .http10 || head.fields.values(of: "host").count == 1, "There is not one Host.")
  precondition(!head.fields.contains("content-length") || !head.fields.contains("transfer-encoding"), "Two lengths.")
  precondition(head.target.raw.utf8.count < limits.maxRequestLine, "A request line passed that is too long.")
  precondition(head.fields.count <= limits.maxFieldCount, "Too many fields passed.")
  for (name, value) in head.fields {
    let length = name.utf8.count + 1 + value.unicodeScalars.count
    precondition(length <= limits.maxFieldLine, "A field line passed that is too long.")
    precondition(FieldText.isToken(name) && FieldText.isValue(value), "A field passed that cannot be sent on.")
  }
  for item in head.target.queryItems {
    precondition(!item.name.utf8.contains(0) && !item.value.utf8.contains(0), "A NUL passed in the query.")
  }
  // What was read can be written again.
  var output: [UInt8] = []
  var fields = head.fields
  for name in ["connection", "content-length", "date", "transfer-encoding"] { fields.remove(name) }
  ResponseEncoder.head(
    ResponseHead(.ok, fields: fields), framing: .length(0), version: head.version, keepAlive: head.keepAlive, date: nil,
    into: &output)
}

private func checkRefusal(_ refusal: Refusal) {
  precondition(400...599 ~= refusal.status.code, "A refusal has a status that is none.")
  precondition(refusal.detail.utf8.allSatisfy { 0x20...0x7e ~= $0 }, "A refusal is not printable ASCII.")
  precondition(refusal.detail.utf8.count <= 400, "A refusal is too long.")
}
