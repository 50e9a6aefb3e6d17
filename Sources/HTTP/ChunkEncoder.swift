/// Puts the chunked coding on a body (RFC 9112 section 7.1).
package enum ChunkEncoder {
  /// Appends one chunk. No bytes make no chunk, because an empty one would end the body.
  package static func chunk(_ bytes: [UInt8], into output: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    output.append(contentsOf: "\(String(bytes.count, radix: 16))\r\n".utf8)
    output.append(contentsOf: bytes)
    output.append(contentsOf: "\r\n".utf8)
  }

  package static func chunk(_ bytes: Span<UInt8>, into output: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    output.append(contentsOf: "\(String(bytes.count, radix: 16))\r\n".utf8)
    output.append(addingCapacity: bytes.count) { room in
      for index in bytes.indices { room.append(bytes[index]) }
    }
    output.append(contentsOf: "\r\n".utf8)
  }

  /// Appends the chunk that ends the body, with trailers.
  package static func lastChunk(trailers: HTTPFields = HTTPFields(), into output: inout [UInt8]) {
    output.append(contentsOf: "0\r\n".utf8)
    FieldEncoder.fields(trailers, into: &output)
    output.append(contentsOf: "\r\n".utf8)
  }
}
