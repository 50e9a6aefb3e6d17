// libFuzzer target for the event stream: `scripts/fuzz SECONDS sse`.
//
// The input is a stream's bytes. It is read in one piece and again in pieces whose lengths come from the input itself. All
// ways must give the same events; what is promised of each event must hold; and what was read must survive being written.

import HTTP

/// Public so that the symbol is there for the fuzzer to call.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
  let whole = readAll(input, cuts: [])
  let cuts = input.isEmpty ? [1] : input.prefix(16).map { Int($0 % 13) + 1 }
  precondition(readAll(input, cuts: cuts) == whole, "The same bytes in pieces gave other events.")
  precondition(readAll(input, cuts: [1]) == whole, "The same bytes one by one gave other events.")
  for event in whole { checkEvent(event) }
  checkWriting(whole)
  return 0
}

/// Limits that a small input can reach.
private let limits = {
  var limits = EventStreamLimits()
  limits.maxLine = 60
  limits.maxData = 80
  limits.maxID = 12
  return limits
}()

private func readAll(
  _ input: [UInt8], cuts: [Int], limits: EventStreamLimits = limits
) -> [EventStreamParser.Event] {
  var parser = EventStreamParser(limits: limits)
  var events: [EventStreamParser.Event] = []
  var rest = input[...]
  var cut = 0
  while !rest.isEmpty {
    let piece = cuts.isEmpty ? rest : rest.prefix(cuts[cut % cuts.count])
    cut += 1
    rest = rest.dropFirst(piece.count)
    parser.append(Array(piece))
    while case let event = parser.next(), event != .needsMore {
      if case .failed = event {
        precondition(parser.next() == event && parser.bufferedCount == 0, "A failure did not last.")
        return events + [event]
      }
      events.append(event)
    }
    precondition(parser.bufferedCount <= limits.maxLine, "More waits than a line may have.")
  }
  return events
}

private func checkEvent(_ event: EventStreamParser.Event) {
  switch event {
  case .event(let event):
    precondition(isUTF8(event.data), "The data is not UTF-8.")
    precondition(event.data.count <= 3 * limits.maxData, "The data is longer than its limit.")
    precondition(!event.data.contains(13), "A carriage return passed into the data.")
    precondition(!event.type.isEmpty && event.type.utf8.count <= 3 * limits.maxLine, "The type has a wrong length.")
    precondition(!event.type.utf8.contains { $0 == 10 || $0 == 13 }, "The type has a line end.")
    precondition(event.lastEventID.utf8.count <= 3 * limits.maxID, "The id is longer than its limit.")
    precondition(ServerSentEvent.isSendable(event.lastEventID), "The id has a line end or a NUL.")
  case .retry(let milliseconds):
    precondition(0...EventStreamParser.longestRetry ~= milliseconds, "The time to wait is out of range.")
  case .failed(let fault):
    precondition(fault.detail.utf8.allSatisfy { 0x20...0x7e ~= $0 }, "A failure is not printable ASCII.")
  case .comment, .needsMore: break
  }
}

/// Events that are written and read again are the same, wherever the stream is cut.
private func checkWriting(_ events: [EventStreamParser.Event]) {
  var output: [UInt8] = []
  var sent: [EventStreamParser.Event] = []
  for event in events {
    switch event {
    case .event(let event):
      guard ServerSentEvent.isSendable(event.type) else { continue }
      EventStreamEncoder.event(
        ServerSentEvent(id: event.lastEventID, event: event.type, data: event.data), into: &output)
    case .comment: EventStreamEncoder.comment(into: &output)
    case .retry(let milliseconds): EventStreamEncoder.retry(milliseconds: milliseconds, into: &output)
    case .failed, .needsMore: continue
    }
    sent.append(event)
  }
  precondition(readAll(output, cuts: [7], limits: EventStreamLimits()) == sent, "What was written reads differently.")
}

private func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
