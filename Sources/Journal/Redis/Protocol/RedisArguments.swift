import CHiredis

/// The words of a command, or some of them, in one piece of memory.
package struct RedisArguments: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  package init() {}

  package init(_ words: String...) {
    for word in words { append(word) }
  }

  var count: Int { ends.count }

  package mutating func append(_ text: String) {
    bytes += text.utf8
    ends.append(bytes.count)
  }

  package mutating func append(_ number: some BinaryInteger) {
    append(String(number))
  }

  mutating func append(_ isSo: Bool) {
    append(isSo ? "1" : "0")
  }

  package mutating func append(_ content: [UInt8]) {
    bytes += content
    ends.append(bytes.count)
  }

  /// Nothing is an empty word; whatever there is begins with "=".
  mutating func append(optional text: String?) {
    if let text {
      bytes.append(UInt8(ascii: "="))
      bytes += text.utf8
    }
    ends.append(bytes.count)
  }

  mutating func append(optional content: [UInt8]?) {
    if let content {
      bytes.append(UInt8(ascii: "="))
      bytes += content
    }
    ends.append(bytes.count)
  }

  package mutating func append(contentsOf other: RedisArguments) {
    let start = bytes.count
    bytes += other.bytes
    for end in other.ends { ends.append(start + end) }
  }

  /// The command as it goes to the server, by hiredis's writer.
  func encoded() -> [UInt8] {
    unsafe bytes.withUnsafeBytes { memory in
      var words: [UnsafePointer<CChar>?] = unsafe []
      var lengths: [Int] = []
      var start = 0
      for end in ends {
        unsafe words.append(memory.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self))
        lengths.append(end - start)
        start = end
      }
      var command: UnsafeMutablePointer<CChar>?
      let length = unsafe redisFormatCommandArgv(&command, Int32(ends.count), &words, lengths)
      guard length >= 0, let command = unsafe command else { fatalError("Out of memory for a command.") }
      defer { unsafe redisFreeCommand(command) }
      return unsafe Array(UnsafeRawBufferPointer(start: command, count: Int(length)))
    }
  }
}
