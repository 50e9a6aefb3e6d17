import CHiredis

/// hiredis's parser: bytes in, replies out. Used by one connection, on its loop's thread.
@safe final class ReplyReader {
  private let reader: UnsafeMutablePointer<redisReader>

  enum Outcome {
    case reply(RedisReply)
    /// The next one is not complete.
    case nothing
    /// What comes is not the language of Redis, in hiredis's words.
    case broken(String)
  }

  init() {
    guard let reader = unsafe redisReaderCreate() else { fatalError("Out of memory for a reader of replies.") }
    unsafe self.reader = unsafe reader
  }

  deinit {
    unsafe redisReaderFree(reader)
  }

  func feed(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe _ = redisReaderFeed(reader, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
  }

  func next() -> Outcome {
    var object: UnsafeMutableRawPointer?
    guard unsafe redisReaderGetReply(reader, &object) == REDIS_OK else {
      return .broken(unsafe String(cString: signalbox_redis_reader_error(reader)))
    }
    guard let object = unsafe object else { return .nothing }
    defer { unsafe freeReplyObject(object) }
    return .reply(unsafe Self.reply(object.assumingMemoryBound(to: redisReply.self)))
  }

  private static func reply(_ object: UnsafeMutablePointer<redisReply>) -> RedisReply {
    switch unsafe object.pointee.type {
    case REDIS_REPLY_STRING:
      return unsafe .bytes(Array(UnsafeRawBufferPointer(start: object.pointee.str, count: object.pointee.len)))
    case REDIS_REPLY_STATUS: return unsafe .text(text(object))
    case REDIS_REPLY_ERROR: return unsafe .error(text(object))
    case REDIS_REPLY_INTEGER: return unsafe .integer(object.pointee.integer)
    case REDIS_REPLY_ARRAY:
      var elements: [RedisReply] = []
      unsafe elements.reserveCapacity(object.pointee.elements)
      for index in 0..<(unsafe object.pointee.elements) {
        guard let element = unsafe object.pointee.element[index] else { continue }
        elements.append(unsafe reply(element))
      }
      return .array(elements)
    default: return .null
    }
  }

  private static func text(_ object: UnsafeMutablePointer<redisReply>) -> String {
    unsafe String(
      decoding: UnsafeRawBufferPointer(start: object.pointee.str, count: object.pointee.len), as: UTF8.self)
  }
}
