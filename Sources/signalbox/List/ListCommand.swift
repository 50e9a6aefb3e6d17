import JSON
import Wire

/// `signalbox list`: the tasks that somebody may watch.
struct ListCommand {
  let options: ListOptions

  func run() async throws {
    ProcessSetup.prepare()
    let documents: [JSONValue]
    do {
      documents = try await GatewayClient.with(options.gateway.access()) { client in try await tasks(client) }
    } catch let refusal as GatewayRefusal {
      throw CommandFailure.failure(refusal.sentence)
    }
    if options.printsJSON {
      if !documents.isEmpty { Terminal.print(documents.map(Self.line).joined(separator: "\n")) }
    } else if documents.isEmpty {
      Terminal.complain(["No task fits, of those that the policy lets this principal watch."])
    } else {
      Terminal.print(TaskTable.text(documents.compactMap(TaskSummary.init)))
    }
  }

  /// Page after page, until there are as many as were asked for.
  private func tasks(_ client: GatewayClient) async throws -> [JSONValue] {
    let query = ListQuery(filters: options.filters)
    var found: [JSONValue] = []
    var before: String?
    repeat {
      let page = try TaskListPage(try await client.get(query.path(count: options.limit - found.count, before: before)))
      found += page.documents.prefix(options.limit - found.count)
      // A gateway that gives an empty page and says that there are more would be asked for ever.
      before = page.documents.isEmpty ? nil : page.next
    } while before != nil && found.count < options.limit
    return found
  }

  private static func line(_ document: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(document)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
