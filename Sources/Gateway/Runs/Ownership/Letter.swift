import JSON
import Journal

/// What gateways write to each other.
enum Letter: Sendable, Equatable {
  case order(Order)
  case reply(OrderReply)
  /// These tasks have a place at their agents now. The journal's server writes it.
  case placed([String])

  /// Nil for what no gateway of this version writes.
  init?(_ bytes: [UInt8]) {
    guard let value = try? JSONValue(parsing: bytes) else { return nil }
    if let order = value["order"].flatMap(Order.init(reading:)) {
      self = .order(order)
    } else if let reply = value["reply"].flatMap(OrderReply.init(reading:)) {
      self = .reply(reply)
    } else if let tasks = value["placed"] {
      self = .placed(tasks.elements.compactMap(\.string))
    } else {
      return nil
    }
  }

  var encoded: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      switch self {
      case .order(let order): object.object("order") { order.write(into: &$0) }
      case .reply(let reply): object.object("reply") { reply.write(into: &$0) }
      case .placed(let tasks): object.array("placed") { for task in tasks { $0.string(task) } }
      }
    }
    return writer.bytes
  }
}

/// A command for a task that another gateway runs. That its sender may give it has been found out.
struct Order: Sendable, Equatable {
  let number: String
  /// Where the reply is waited for.
  let from: Fence
  let task: String
  let command: RunCommand
}

struct OrderReply: Sendable, Equatable {
  /// Of the order.
  let number: String
  let outcome: Outcome

  enum Outcome: Sendable, Equatable {
    case taken(CommandReceipt)
    case refused(OrderRefusal)
    /// The run is not there, or not yet. Nothing was done.
    case moving
  }
}
