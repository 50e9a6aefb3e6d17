/// What a stream has done against its promises.
package enum StreamFault: Error, Sendable, Equatable {
  case gap(task: String, expected: Int64, got: Int64)
  case repeated(task: String, seq: Int64)
  case reordered(offset: Int64, behind: Int64)
  /// A record of a task that nobody has asked for.
  case foreign(task: String, seq: Int64)
  case wrongID(String, offset: Int64)
  case beforeResume(String)
  case afterTheEnd(String)
  /// It says that it goes on, from another place than was shown.
  case otherPlace(shown: String, from: String?)
  /// It has said how many records were missed, and sent another number of them.
  case otherCount(announced: Int64, came: Int64)
  case unreadable(String)
  case unknownEvent(String)
}
