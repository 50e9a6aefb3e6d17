import A2A
import A2AWire
import Foundation
import HTTP
import JSON
import TestSupport
import Testing

@testable import signalbox

/// A real `signalbox agent insider-trading` in whose environment a language model stands, and a caller of it.
struct Analyst {
  let program: RunningProgram
  let client: AgentClient

  static let template = "On alert IT-2026-0915-01, the advice is to escalate the alert."
  /// Words that fit every fact: there is no number in them.
  static let words = [
    "The evidence speaks for a genuine alert: somebody without a right to trade bought shortly ",
    "before the public learned of the offer, ", "and nothing that is on file explains it. ",
    "This is advice to the person who decides.",
  ]

  static func run<Value>(
    _ environment: [String: String], data: String? = nil, _ body: (Analyst) async throws -> Value
  ) async throws -> Value {
    var folder = data ?? ""
    if data == nil { folder = try await ReferenceWorld.folder() }
    let arguments = ["agent", "insider-trading", "--plain-http", "--data", folder]
    return try await RunningProgram.with(arguments, environment: environment) { program in
      let line = try #require(await program.output.line(containing: "insider-trading http"), "\(program.errors.text)")
      let url = try ServiceURL(parsing: String(line.dropFirst("insider-trading ".count)), allowingPlainOnLoopback: true)
      var options = AgentClientOptions()
      options.deadlines.firstByte = .seconds(100)
      let connection = try await PeerConnection.open(AgentPeer(url: url, files: nil), options: options)
      do {
        let value = try await body(Analyst(program: program, client: connection.client))
        await connection.close()
        return value
      } catch {
        await connection.close()
        throw error
      }
    }
  }

  static let alert: String = {
    let file =
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
      + "/../../../../examples/alerts/clear-insider.xml"
    return String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
  }()

  /// What a task told, from its beginning to its end.
  struct Told {
    var events: [TaskEvent] = []

    var reports: [ProgressReport] {
      events.compactMap { event in
        guard case .status(let update) = event else { return nil }
        return ProgressReport(metadata: update.metadata)
      }
    }

    func reports(_ kind: ProgressReport.Kind) -> [ProgressReport] { reports.filter { $0.type == kind } }

    /// Those about the model and its budget, in their order.
    var kinds: [String] {
      reports.map(\.type.name).filter { $0.hasPrefix("llm_") || $0.hasPrefix("budget_") }
    }

    var end: TaskStatus? {
      events.compactMap { event in
        if case .status(let update) = event, update.status.state.isTerminal { update.status } else { nil }
      }.last
    }

    var decision: JSONValue? {
      for case .artifact(let update) in events where update.artifact.id == "decision" {
        if case .data(let value)? = update.artifact.parts.first?.content { return value }
      }
      return nil
    }

    var interpretation: String? { decision?["interpretation"]?.string }
    var narrative: String? { decision?["reasoning_narrative"]?.string }
    var failureClass: String? { reports(.modelFailed).first?.payload?["class"]?.string }
  }

  func request(_ parameters: AlertParameters = quiet, alert: String = Self.alert) -> SendMessageRequest {
    SendMessageRequest(
      message: Message(
        id: "m-\(UInt64.random(in: .min ... .max))", role: .user, parts: [.text(alert), parameters.part]))
  }

  static var quiet: AlertParameters {
    var parameters = AlertParameters()
    parameters.isInteractive = false
    return parameters
  }

  /// Has an alert examined.
  func examine(_ parameters: AlertParameters = quiet, alert: String = Self.alert) async throws -> Told {
    let stream = try await client.stream(request(parameters, alert: alert))
    var told = Told()
    while let event = try await stream.next() { told.events.append(event) }
    return told
  }
}

/// The decision that stands when the model's words do not.
func expectTemplate(
  _ told: Analyst.Told, _ kind: LanguageFailure.Class, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(told.end?.state == .completed, sourceLocation: sourceLocation)
  #expect(told.interpretation == "template", sourceLocation: sourceLocation)
  #expect(
    told.narrative?.hasPrefix(Analyst.template) == true, "\(told.narrative ?? "")", sourceLocation: sourceLocation)
  #expect(told.decision?["determination"]?.string == "ESCALATE", sourceLocation: sourceLocation)
  #expect(told.failureClass == kind.rawValue, "\(told.reports(.modelFailed))", sourceLocation: sourceLocation)
  #expect(told.reports(.modelFailed).count == 1, sourceLocation: sourceLocation)
  #expect(told.reports(.modelCompleted).isEmpty, sourceLocation: sourceLocation)
}
