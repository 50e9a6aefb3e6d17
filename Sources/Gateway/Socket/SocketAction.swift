/// What a socket's session wants done.
enum SocketAction: Sendable {
  /// A message to the client.
  case say(ServerMessage)
  case subscribe(SocketSubscription)
  case follow(SocketFollowing, id: String)
  /// Ends it, and then says so under this id.
  case unsubscribe(String, id: String)
  /// A command whose turn has come.
  case run(SocketCommand)
  case refresh(token: String, id: String)
  case close(SocketEnd)
}

/// Something to watch, under the id of the message that has asked for it.
struct SocketSubscription: Sendable, Equatable {
  let id: String
  /// Nil for all.
  let tasks: [String]?
  let after: String?
}

/// Something else to watch than records, until it is unsubscribed from.
enum SocketFollowing: Sendable, Equatable {
  case questions
  case presence(of: String)
}

/// Something to do: what is told to one task is done in the order in which it came, what is told to several at the same time.
struct SocketCommand: Sendable {
  let id: String
  /// The task; empty for what begins one.
  let lane: String
  let order: ClientMessage.Order
}
