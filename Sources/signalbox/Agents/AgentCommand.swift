import A2AWire
import AgentKit
import Foundation
import JSON
import Telemetry
import Wire

/// `signalbox agent`: one agent as a service, from its options to its end.
struct AgentCommand {
  let options: AgentOptions
  let environment: [String: String]

  func run() async throws {
    ProcessSetup.prepare()
    let events = ProcessEvents()
    let signals = SignalWatch([SIGHUP, SIGINT, SIGTERM]) { events.report(.signal($0)) }
    defer { signals.end() }
    if options.stopsAtInputEnd { events.watchInputEnd() }
    let sink = try DescriptorSink(descriptor: FileHandle.standardError.fileDescriptor)
    let log = Log(sink: sink, minimumLevel: options.logLevel) { Int64(Date().timeIntervalSince1970 * 1_000_000) }
    let configuration = try options.configuration()
    let parts = try await AgentParts.open(options, environment: environment, log: log)
    let server = AgentServer(parts.agent, configuration: configuration, log: log, service: parts.service)
    do {
      try await start(server)
      let life = ServiceLife(
        events: events, log: log,
        reload: {
          try await server.reload(options.security())
          try await parts.reload()
        },
        stop: { _ in
          await server.stop()
          await parts.close()
        })
      let ending = await life.untilEnd()
      if let path = options.readyFile { LocalFile.remove(path) }
      await sink.flush()
      if ending == .cutOff { ServiceLife.leaveAtOnce(cuttingOff: "tasks under way") }
    } catch {
      await sink.flush()
      throw error
    }
  }

  private func start(_ server: AgentServer) async throws {
    do {
      let address = try await server.start()
      if let path = options.readyFile {
        do throws(CommandFailure) {
          try LocalFile.write(readyContent(address), to: path)
        } catch {
          await server.stop()
          throw error
        }
      }
      Terminal.print("\(options.name.rawValue) \(address.origin)")
    } catch let error as WireError {
      throw CommandFailure.failure(error.message)
    }
  }

  private func readyContent(_ address: AgentServer.Address) -> [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.object { object in
      object.member("pid", Int(ProcessInfo.processInfo.processIdentifier))
      object.member("agent", options.name.rawValue)
      object.member("url", address.origin)
      object.member("address", address.address.host)
      object.member("port", address.address.port)
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
