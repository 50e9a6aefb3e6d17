import CZlib

/// gzip, made once for files that are served often.
enum Gzip {
  /// Nil when the result would not be smaller.
  static func compress(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = unsafe z_stream()
    guard unsafe signalbox_deflate_init_gzip(&stream) == Z_OK else { return nil }
    defer { unsafe _ = deflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: bytes.count)
    let inputCount = bytes.count
    let outputCount = output.count
    let status = unsafe bytes.withUnsafeBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        // zlib reads through a pointer it calls mutable and does not write to.
        unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.avail_in = UInt32(inputCount)
        unsafe stream.next_out = output.baseAddress
        unsafe stream.avail_out = UInt32(outputCount)
        return unsafe deflate(&stream, Z_FINISH)
      }
    }
    // Anything but the end means that it did not fit into the size of the original.
    guard status == Z_STREAM_END else { return nil }
    unsafe output.removeLast(Int(stream.avail_out))
    return output
  }
}
