import A2A
import HTTP
import Identity
import JSON
import Wire

/// `POST /api/analyze`: begins a task with an alert, sent as a form of a page or as it is.
struct AnalyzeEndpoint: Sendable {
  static let path = "/api/analyze"

  let runs: Runs

  func install(into router: inout SecuredRouter) {
    router.on(.post, Self.path, .may(.submit), options: AlertUpload.options) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await analyze(request, by: asker)
    }
  }

  private func analyze(_ request: Request, by asker: Asker) async throws -> Response {
    let query = try QueryFields(request.head.target, known: ["agent"])
    let upload = try await AlertUpload(request)
    guard query["agent"] == nil || upload.agent == nil || query["agent"] == upload.agent else {
      throw Refusal.badTask("The query and the form name different agents. Name one.")
    }
    var order = WorkOrder(
      message: Message(id: TaskID.make(), role: .user, parts: [upload.alert.part]), trace: request.trace)
    order.agent = query["agent"] ?? upload.agent
    order.title = upload.alert.title
    order.key = try TaskWords.key(nil, fields: request.head.fields.values(of: "idempotency-key"))
    do {
      return begun(try await runs.submit(order, by: asker).task)
    } catch let refusal as Refusal {
      throw refusal.sayingThatNoAnalysisBegan
    }
  }

  private func begun(_ task: String) -> Response {
    var writer = JSONWriter()
    writer.object { object in
      object.member("task_id", task)
      object.member("stream_url", TaskLinks.stream(task))
      object.member("ws_url", "/ws")
    }
    return .json(writer.bytes)
  }
}

extension Refusal {
  /// The same, in the words that pages look for.
  fileprivate var sayingThatNoAnalysisBegan: Refusal {
    Refusal(status, "Failed to create analysis task. \(detail)", code: code, fields: fields)
  }
}
