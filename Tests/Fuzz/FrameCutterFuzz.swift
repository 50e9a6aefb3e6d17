// libFuzzer target for the frame cutter: `scripts/fuzz SECONDS frames`.
//
// The input is a client's bytes behind the handshake. Its first byte says whether they are taken as they are, or some of them
// stand for thousands, so that a small input reaches frames of several packets. They are cut in one piece and in others, and
// compared with what a reference says that has the whole stream before it.

import HTTP

/// Public so that the symbol is there for the fuzzer to call.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
  let stream = spread(input)
  let expected = reference(stream)
  precondition(cutAll(stream, pieces: []) == expected, "The packets are others than the rules say.")
  let pieces = input.isEmpty ? [1] : input.prefix(16).map { Int($0) * Int($0) + 1 }
  precondition(cutAll(stream, pieces: pieces) == expected, "The same bytes in pieces gave other packets.")
  precondition(cutAll(Array(stream.prefix(200)), pieces: [1]) == reference(Array(stream.prefix(200))))
  return 0
}

/// If the first byte is odd, the bytes 0xf0 to 0xf7 are runs, the longest a little shorter than a packet. No more comes out than a
/// few packets have.
private func spread(_ input: [UInt8]) -> [UInt8] {
  guard let first = input.first, first & 1 == 1 else { return Array(input.dropFirst()) }
  var stream: [UInt8] = []
  for byte in input.dropFirst() where stream.count < 4 * FrameCutter.maxPacket {
    let length = byte & 0xf8 == 0xf0 ? 1 + Int(byte & 7) * 583 : 1
    stream += [UInt8](repeating: byte, count: length)
  }
  return stream
}

private struct Packets: Equatable {
  var packets: [[UInt8]] = []
  var beginnings: [WebSocketOpcode?] = []
  var hasFailed = false
}

/// Walks over the frames of the whole stream.
private func reference(_ stream: [UInt8]) -> Packets {
  var result = Packets()
  var start = 0
  while stream.count - start >= 2 {
    let form = Int(stream[start + 1] & 0x7f)
    let size = form == 127 ? 8 : form == 126 ? 2 : 0
    if form == 127, start + 2 < stream.count, stream[start + 2] >= 0x80 {
      result.hasFailed = true
      break
    }
    guard stream.count - start >= 2 + size else { break }
    let number = stream[(start + 2)..<(start + 2 + size)].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    let payload = size == 0 ? UInt64(form) : number
    var left = payload + UInt64(2 + size) + (stream[start + 1] >= 0x80 ? 4 : 0)
    var opcode: WebSocketOpcode? = WebSocketOpcode(rawValue: stream[start])
    while left > 0 {
      let length = Int(min(left, UInt64(FrameCutter.maxPacket)))
      guard stream.count - start >= length else { return result }
      result.packets.append(Array(stream[start..<(start + length)]))
      result.beginnings.append(opcode)
      opcode = nil
      start += length
      left -= UInt64(length)
    }
  }
  return result
}

private func cutAll(_ stream: [UInt8], pieces: [Int]) -> Packets {
  var cutter = FrameCutter()
  var result = Packets()
  var rest = stream[...]
  var turn = 0
  while !rest.isEmpty {
    let piece = pieces.isEmpty ? rest : rest.prefix(pieces[turn % pieces.count])
    turn += 1
    rest = rest.dropFirst(piece.count)
    cutter.append(Array(piece))
    while case let event = cutter.next(), event != .needsMore {
      switch event {
      case .packet(let bytes, let beginning):
        precondition(!bytes.isEmpty && bytes.count <= FrameCutter.maxPacket, "A packet has a wrong length.")
        result.packets.append(bytes)
        result.beginnings.append(beginning)
      case .failed(let fault):
        precondition(cutter.next() == event && cutter.bufferedCount == 0, "A failure did not last.")
        precondition(fault.detail.utf8.allSatisfy { 0x20...0x7e ~= $0 }, "A failure is not printable ASCII.")
        result.hasFailed = true
        return result
      case .needsMore: break
      }
    }
    precondition(cutter.bufferedCount < FrameCutter.maxPacket, "A whole packet waits.")
  }
  return result
}
