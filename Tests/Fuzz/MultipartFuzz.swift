// libFuzzer target for forms: `scripts/fuzz SECONDS multipart`.
//
// The input is the body of a form with the boundary "b". It is read in one piece and again in pieces whose lengths come from the input
// itself. All ways must give the same parts with the same content, and the same end or fault.

import HTTP

/// Public so that the symbol is there for the fuzzer to call.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
  let whole = readAll(input, cuts: [])
  let cuts = input.isEmpty ? [1] : input.prefix(16).map { Int($0 % 13) + 1 }
  precondition(readAll(input, cuts: cuts) == whole, "The same bytes in pieces gave another form.")
  precondition(readAll(input, cuts: [1]) == whole, "The same bytes one by one gave another form.")
  precondition(whole.parts.count <= 16, "There are more parts than there may be.")
  for part in whole.parts { precondition(!part.head.name.isEmpty, "A part has no name.") }
  if let fault = whole.fault {
    precondition(fault.detail.utf8.allSatisfy { 0x20...0x7E ~= $0 }, "A fault is not printable ASCII.")
  } else {
    precondition(whole.hasEnded, "A form is whole that has not ended.")
    checkContents(whole, input)
  }
  return 0
}

private struct Form: Equatable {
  struct Part: Equatable {
    let head: MultipartPart
    var content: [UInt8] = []
  }

  var parts: [Part] = []
  var hasEnded = false
  var fault: MessageFault?
}

private func readAll(_ input: [UInt8], cuts: [Int]) -> Form {
  var form = Form()
  do throws(MessageFault) {
    var reader = try MultipartReader(contentType: "multipart/form-data; boundary=b")
    var rest = input[...]
    var cut = 0
    while !rest.isEmpty {
      let piece = cuts.isEmpty ? rest : rest.prefix(cuts[cut % cuts.count])
      cut += 1
      rest = rest.dropFirst(piece.count)
      reader.append(Array(piece))
      while case let event = reader.next(), event != .needsMore {
        switch event {
        case .part(let head): form.parts.append(Form.Part(head: head))
        case .data(let bytes):
          precondition(!bytes.isEmpty && !form.parts.isEmpty, "Content of nothing.")
          form.parts[form.parts.count - 1].content += bytes
        case .end: form.hasEnded = true
        case .failed(let fault):
          precondition(reader.next() == event && reader.bufferedCount == 0, "A failure did not last.")
          form.fault = fault
          return form
        case .needsMore: break
        }
      }
      precondition(reader.bufferedCount <= 4200, "More waits than a head may have.")
    }
    try reader.finish()
  } catch {
    form.fault = error
  }
  return form
}

/// What is in a part stands in the form as it is, and ends where its boundary comes.
private func checkContents(_ form: Form, _ input: [UInt8]) {
  for part in form.parts {
    precondition(!contains(part.content, Array("\r\n--b".utf8)), "A part goes on behind its boundary.")
    precondition(contains(input, part.content), "A part has what the form has not.")
  }
}

private func contains(_ bytes: [UInt8], _ some: [UInt8]) -> Bool {
  guard some.count <= bytes.count else { return false }
  return (0...(bytes.count - some.count)).contains { bytes[$0..<$0 + some.count].elementsEqual(some) }
}
