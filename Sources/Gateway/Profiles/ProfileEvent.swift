import JSON

/// One event of a profile, as an event stream carries it and as pages list it.
struct ProfileEvent: Sendable, Equatable {
  /// The type of the server-sent event; nil where the profile names none.
  let name: String?
  /// JSON on one line.
  let data: [UInt8]

  init(_ name: String? = nil, data: [UInt8]) {
    self.name = name
    self.data = data
  }

  init(_ name: String? = nil, _ members: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    writer.object(members)
    self.init(name, data: writer.bytes)
  }
}
