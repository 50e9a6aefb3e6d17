import Foundation
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// What commands over HTTP are answered, and what of them is kept.
extension WorkScene {
  /// A command as its sender sees it: `"202 cancel"`, with the verdict behind it where there is one, or `"409 command-id-taken"`.
  func command(
    _ path: String, _ body: String = "{}", as column: AccessColumn = .owner
  ) async throws -> (said: String, body: JSONValue) {
    let answer = try await post("/api/tasks/\(path)", body, as: column)
    let value = try JSONValue(parsing: answer.body)
    let words = [value["code"] ?? value["command"], value["verdict"]?["verdict"]].compactMap { $0?.string }
    return (([String(answer.status)] + words).joined(separator: " "), value)
  }

  /// The task's records of a kind, as they were journaled.
  func journaled(_ kind: RecordKind, _ id: String) async throws -> [JSONValue] {
    try await records(id).filter { $0.kind == kind }.map { try JSONValue(parsing: $0.payload) }
  }

  /// The commands in the audit trail, oldest first.
  func audited() async throws -> [JSONValue] {
    let answer = try #require(
      try await gateway.ask(
        "GET", "/audit?limit=1000", door: .admin, showing: try CertificateFiles.certificates()[.goodOperator]))
    let records = try JSONValue(parsing: answer.body)["records"]
    return Array(records?.elements.filter { $0["event"]?.string == "command" } ?? [])
  }

  /// A task whose agent works until it is stopped.
  func holding(as column: AccessColumn = .owner) async throws -> String {
    let id = try await begin("hold on", as: column)
    let isThere = try await eventually { try await journal.task(id)?.state == "working" }
    #expect(isThere)
    return id
  }
}
