import A2AWire
import AgentKit
import Foundation
import JSON
import Telemetry
import Wire

/// `signalbox agent`: one agent as a service, from its options to its end.
struct AgentCommand {
  let options: AgentOptions

  func run() async throws {
    ProcessSetup.prepare()
    let events = ProcessEvents()
    let signals = SignalWatch([SIGHUP, SIGINT, SIGTERM]) { events.report(.signal($0)) }
    defer { signals.end() }
    if options.stopsAtInputEnd { events.watchInputEnd() }
    let sink = try DescriptorSink(descriptor: FileHandle.standardError.fileDescriptor)
    let log = Log(sink: sink, minimumLevel: options.logLevel) { Int64(Date().timeIntervalSince1970 * 1_000_000) }
    let name = options.name
    let server = AgentServer(
      name.agent(without: options.without), configuration: try options.configuration(), log: log,
      service: { name.service(over: $0) })
    do {
      try await start(server)
      let ending = await serve(server, events, log)
      if let path = options.readyFile { LocalFile.remove(path) }
      await sink.flush()
      if ending == .cutOff { Self.leaveAtOnce() }
    } catch {
      await sink.flush()
      throw error
    }
  }

  private enum Ending {
    case graceful
    case cutOff
  }

  private static func leaveAtOnce() -> Never {
    Terminal.complain(["Stopped at once, as asked a second time; tasks under way were cut off."])
    _exit(ExitCode.failure.rawValue)
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

  private func serve(_ server: AgentServer, _ events: ProcessEvents, _ log: Log) async -> Ending {
    var isStopping = false
    for await event in events.stream {
      switch event {
      case .signal(SIGHUP):
        if !isStopping { await reload(server, log) }
      case .signal where isStopping:
        log.warning("stopped at once", ["reason": .string(event.description)])
        return .cutOff
      case .signal, .inputEnded:
        if isStopping { break }
        isStopping = true
        log.info("stopping", ["reason": .string(event.description)])
        // Not awaited here, because the next event may be the one that asks for more haste.
        Task {
          await server.stop()
          events.report(.ended)
        }
      case .ended:
        return .graceful
      }
    }
    return .graceful
  }

  private func reload(_ server: AgentServer, _ log: Log) async {
    do {
      try await server.reload(try options.security())
    } catch {
      log.error("certificates not reloaded, the old ones stay", ["reason": .string("\(error)")])
    }
  }
}
