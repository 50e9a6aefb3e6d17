import A2A
import HTTP
import Identity
import Journal
import Wire

/// What has become of an alert, for who reads once and follows nothing: `GET /api/status/{id}`, `GET /api/download/{id}/json` and `/html`.
struct AnalysisEndpoints: Sendable {
  static let statusPath = "/api/status"
  static let downloadPath = "/api/download"

  let tasks: TaskAccess

  func install(into router: inout SecuredRouter) {
    router.on(.get, "\(Self.statusPath)/{id}", .may(.watch)) { request, asker in
      let task = try await task(of: request, asker)
      _ = try QueryFields(request.head.target, known: [])
      return .json(try await status(of: task).encoded)
    }
    for kind in AnalysisFile.Kind.allCases {
      router.on(.get, "\(Self.downloadPath)/{id}/\(kind.rawValue)", .may(.watch)) { request, asker in
        let task = try await task(of: request, asker)
        let query = try QueryFields(request.head.target, known: ["artifact"])
        return try await file(kind, named: query["artifact"], of: task)
      }
    }
  }

  private func task(of request: Request, _ asker: Asker?) async throws -> StoredTask {
    guard let asker else { throw Refusal.notSignedIn }
    return try await tasks.task(request.parameters["id"] ?? "", .watch, by: asker)
  }

  private func status(of task: StoredTask) async throws -> AnalysisStatus {
    let image = try await tasks.images.current(of: task)
    let report = task.isFinal ? nil : try await LatestReport.ofProgress(of: task, in: tasks.journal)
    return AnalysisStatus(task: task, image: image, progress: report)
  }

  private func file(_ kind: AnalysisFile.Kind, named name: String?, of task: StoredTask) async throws -> Response {
    guard task.isFinal else { throw Refusal.analysisNotComplete(task) }
    let artifacts = try await tasks.images.current(of: task)?.task.artifacts ?? []
    guard let file = try AnalysisFile(kind, named: name, among: artifacts, of: task.id) else {
      throw Refusal.noResult(kind, named: name, of: task)
    }
    return file.response
  }
}

extension Refusal {
  fileprivate static func analysisNotComplete(_ task: StoredTask) -> Refusal {
    Refusal(
      .conflict,
      "Analysis not complete. The task is \(task.state); read \(AnalysisEndpoints.statusPath)/\(task.id) or follow its stream, "
        + "and come back when it has ended.", code: "analysis-not-complete")
  }

  fileprivate static func noResult(_ kind: AnalysisFile.Kind, named name: String?, of task: StoredTask) -> Refusal {
    let what = name.map { "artifact \(Excerpt.quoting($0.utf8)) of this kind" } ?? kind.meaning
    return Refusal(
      .notFound,
      "The task has ended as \(task.state), and has no \(what). GET \(TaskLinks.task(task.id)) has all that it came to.",
      code: "no-result")
  }
}
