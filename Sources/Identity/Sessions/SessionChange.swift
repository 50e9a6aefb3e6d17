/// What happens to the kept sessions, one line of the file each.
enum SessionChange: Sendable, Equatable {
  /// A session that is new, or that is not what it was.
  case keep(SessionRecord)
  case used(id: String, at: UnixTime)
  case end(id: String)
}
