import Foundation
import Identity
import Telemetry
import TestSupport
import Wire

@testable import Gateway

/// A directory of agents without a gateway around it, in a hurry.
struct AgentScene {
  let directory: AgentDirectory
  let metrics: MetricsRegistry
  let log: KeptLines

  static let pace: AgentPace = {
    var pace = AgentPace()
    pace.shortest = .milliseconds(1)
    pace.first = .milliseconds(20)
    pace.longest = .milliseconds(100)
    // Whoever has to look says so.
    pace.calm = .seconds(3600)
    return pace
  }()

  /// Starts, runs `body`, and stops, whatever happens.
  static func run<Value>(
    _ agents: [AgentConfiguration], _ change: (inout WorkConfiguration) -> Void = { _ in },
    _ body: (AgentScene) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    var configuration = work(agents)
    change(&configuration)
    let (metrics, log) = (MetricsRegistry(), KeptLines())
    let directory = try await AgentDirectory.start(
      configuration, gatewayLoops: 2, pace: pace, clock: .system,
      log: Log(sink: log, minimumLevel: .debug, clock: { 0 }), metrics: metrics)
    do {
      let value = try await body(AgentScene(directory: directory, metrics: metrics, log: log))
      await directory.stop()
      return value
    } catch {
      await directory.stop()
      throw error
    }
  }

  static func work(_ agents: [AgentConfiguration]) -> WorkConfiguration {
    var work = WorkConfiguration()
    work.agents = agents
    work.deadlines.connect = .seconds(60)
    work.deadlines.firstEvent = .seconds(60)
    return work
  }

  func reload(_ agents: [AgentConfiguration], default name: String? = nil) async throws {
    var work = Self.work(agents)
    work.defaultAgent = name
    try await directory.adopt(try await directory.read(work))
  }

  /// Looks until the agent is as it should be.
  func agent(_ name: String, becomes state: AgentHealth.State) async throws -> AgentHealth? {
    guard let agent = directory[name] else { return nil }
    let isSo = await eventually {
      agent.callFailed()
      return agent.health.state == state
    }
    return isSo ? agent.health : nil
  }

  var logged: String { log.all.joined(separator: "\n") }

  // MARK: Files

  private static let files = Result { try CertificateFiles.written() }

  static func written() throws -> TestCertificateFiles { try files.get() }
  static func authorityFile() throws -> String { try written().serverAuthority }

  /// A file with the public half of these keys.
  static func keys(of signer: TokenSigner) throws -> String {
    try written().folder.write(signer.keySetText, to: "keys-\(UUID().uuidString).json")
  }
}
