/// One flat JSON object, written member by member into bytes, on one line.
///
/// Writing cannot fail: any text is escaped, and a number JSON has no word for becomes `null`. The result never
/// contains a line break. Keys are written as they are given; using one twice is the caller's mistake to avoid.
package struct JSONLine: Sendable {
  private var bytes: [UInt8] = []

  /// Begins an object, with room for `capacity` bytes before the first reallocation.
  package init(capacity: Int = 256) {
    bytes.reserveCapacity(capacity)
    bytes.append(UInt8(ascii: "{"))
  }

  package mutating func add(_ key: String, _ value: String) {
    begin(key)
    bytes.append(jsonString: value)
  }

  package mutating func add(_ key: String, _ value: Int) {
    begin(key)
    bytes.append(decimal: value)
  }

  /// Adds a number in its shortest exact form; infinities and NaN become `null`.
  package mutating func add(_ key: String, _ value: Double) {
    begin(key)
    bytes.append(json: value)
  }

  package mutating func add(_ key: String, _ value: Bool) {
    begin(key)
    bytes.append(json: value)
  }

  /// Adds a list of strings.
  package mutating func add(_ key: String, _ values: [String]) {
    add(key, .list(values.map(LogValue.string)))
  }

  /// Adds any value a log line can hold; a secret becomes `"[redacted]"`, a duration a number of seconds.
  package mutating func add(_ key: String, _ value: LogValue) {
    begin(key)
    bytes.append(json: value)
  }

  /// Adds a moment, given in microseconds since 1970, as an RFC 3339 text in UTC.
  package mutating func add(_ key: String, microsecondsSince1970 moment: Int64) {
    begin(key)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(timestamp: CivilTime(microsecondsSince1970: moment))
    bytes.append(UInt8(ascii: "\""))
  }

  /// Adds members that are JSON already, such as `renderedMembers` gave: what stands between the braces of an object.
  package mutating func add(renderedMembers members: [UInt8]) {
    guard !members.isEmpty else { return }
    separate()
    bytes.append(contentsOf: members)
  }

  /// What has been added so far, without the braces.
  var renderedMembers: [UInt8] { Array(bytes.dropFirst()) }

  /// Ends the object.
  package consuming func finish() -> [UInt8] {
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  /// Ends the object and the line: the result has exactly one line feed, its last byte.
  package consuming func finishLine() -> [UInt8] {
    bytes.append(UInt8(ascii: "}"))
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private mutating func begin(_ key: String) {
    separate()
    bytes.append(jsonString: key)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func separate() {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
  }
}
