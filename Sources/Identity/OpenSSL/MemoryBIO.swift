import COpenSSL

/// OpenSSL's growing buffer in memory, which its PEM functions read from and write to. Its memory is wiped when freed.
@safe
struct MemoryBIO: ~Copyable {
  private let pointer: OpaquePointer

  init() throws(OpenSSLError) {
    let bio = unsafe try OpenSSLCall.object("make a buffer in memory") { unsafe BIO_new(BIO_s_mem()) }
    unsafe pointer = bio
  }

  /// A buffer from which `text` can be read.
  static func holding(_ text: String) throws(OpenSSLError) -> MemoryBIO {
    let bio = try MemoryBIO()
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return bio }
    try OpenSSLCall.success("fill a buffer in memory") {
      unsafe bytes.withUnsafeBytes { unsafe BIO_write(bio.pointer, $0.baseAddress, CInt($0.count)) }
    }
    return bio
  }

  deinit {
    unsafe BIO_free(pointer)
  }

  /// Lends the buffer to `body`; it is freed no earlier than `body` returns.
  borrowing func withPointer<Result>(
    _ body: (OpaquePointer) throws(OpenSSLError) -> Result
  ) throws(OpenSSLError) -> Result {
    unsafe try body(pointer)
  }

  /// Takes out everything that was written. Bytes that are no UTF-8 come out as U+FFFD.
  func readText() -> String {
    var text: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes { unsafe BIO_read(pointer, $0.baseAddress, CInt($0.count)) }
      guard count > 0 else { return String(decoding: text, as: UTF8.self) }
      text += piece.prefix(Int(count))
    }
  }
}
