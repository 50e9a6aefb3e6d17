import JSON

/// A record as a stream shows it: the envelope and what is in it.
struct StreamRecord: Sendable {
  /// As it came, one line.
  let line: [UInt8]
  let offset: Int64
  let task: String
  let seq: Int64
  /// RFC 3339.
  let time: String
  let kind: String
  let data: JSONValue

  /// Nil for what is no record.
  init?(_ bytes: [UInt8]) {
    guard let json = try? JSONValue(parsing: bytes), let offset = json["offset"]?.int, let task = json["task"]?.string,
      let seq = json["seq"]?.int, let time = json["time"]?.string, let kind = json["kind"]?.string,
      let data = json["data"]
    else { return nil }
    line = bytes
    self.offset = offset
    self.task = task
    self.seq = seq
    self.time = time
    self.kind = kind
    self.data = data
  }
}
