import HTTP
import Identity
import JSON
import Wire

/// `POST /reload`: what SIGHUP does, for operators who have no shell on the machine.
struct OperationEndpoints: Sendable {
  let audit: AuditTrail
  let reload: @Sendable () async throws -> ReloadReport

  func install(into router: inout SecuredRouter) {
    router.on(.post, "/reload", .may(.administer), options: SmallBody.options) { request, asker in
      _ = try await SmallBody.read(request, members: [])
      return await reload(request, asker)
    }
  }

  private func reload(_ request: Request, _ asker: Asker?) async -> Response {
    do {
      let report = try await reload()
      record(.ok, "reload", "Read again. Changed: \(list(report.changed)).", request, asker)
      return answer(.ok) { object in
        object.array("changed") { keys in for key in report.changed { keys.string(key) } }
        object.array("pending") { keys in for key in report.pending { keys.string(key) } }
      }
    } catch {
      let problems = (error as? ConfigurationRefused)?.problems ?? ["\(error)"]
      record(.failed, "reload", "Nothing was changed. \(problems.joined(separator: " "))", request, asker)
      return refuse(problems)
    }
  }

  /// As RFC 9457 has it, with a member of our own for all that is wrong.
  private func refuse(_ problems: [String]) -> Response {
    let status = HTTPStatus.unprocessableContent
    var writer = JSONWriter()
    writer.object { object in
      object.member("type", "about:blank")
      object.member("title", status.reason)
      object.member("status", status.code)
      object.member("code", "reload-refused")
      object.member("detail", "Nothing was changed, because of what problems names. Mend it, then ask again.")
      object.array("problems") { list in for problem in problems { list.string(problem) } }
    }
    return Response(
      status, fields: HTTPFields([("content-type", "application/problem+json"), ("cache-control", "no-store")]),
      body: .bytes(writer.bytes))
  }

  private func answer(_ status: HTTPStatus, _ write: (inout JSONWriter) -> Void) -> Response {
    var writer = JSONWriter()
    writer.object(write)
    return .json(writer.bytes, status: status)
  }

  private func list(_ keys: [String]) -> String { keys.isEmpty ? "no setting" : keys.joined(separator: ", ") }

  private func record(
    _ result: AuditRecord.Result, _ command: String, _ detail: String, _ request: Request, _ asker: Asker?
  ) {
    var record = AuditRecord(.command, result, who: asker?.principal.name, from: request.peer.address.host)
    record.credential = asker?.credential.kind
    record.request = request.id
    record.route = "POST /\(command)"
    record.detail = detail
    audit.write(record)
  }
}
