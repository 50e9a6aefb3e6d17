import Foundation
import Gateway
import Telemetry
import Wire

/// `signalbox serve`: the gateway from its configuration to its end.
struct ServeCommand {
  static let readyFile = "ready-file"
  static let stopAtInputEnd = "stop-at-stdin-end"

  static let specifications: [OptionSpecification] = [
    .value(
      readyFile, "FILE",
      "For supervisors: written once all listeners are open, with the process id and the real addresses; removed at "
        + "the end."),
    .flag(
      stopAtInputEnd,
      "For supervisors: stops when standard input ends, as a pipe does when the process at its other end is gone."),
  ]

  let arguments: ParsedArguments
  let command: CommandSpecification
  let environment: [String: String]

  init(_ arguments: ParsedArguments, _ command: CommandSpecification, environment: [String: String]) {
    self.arguments = arguments
    self.command = command
    self.environment = environment
  }

  func run() async throws {
    ProcessSetup.prepare()
    let events = ProcessEvents()
    let signals = SignalWatch([SIGHUP, SIGINT, SIGTERM]) { events.report(.signal($0)) }
    defer { signals.end() }
    if arguments.has(Self.stopAtInputEnd) { events.watchInputEnd() }
    let configuration = try LoadedConfiguration.load(arguments, command, environment: environment)
    let sink = try DescriptorSink(descriptor: FileHandle.standardError.fileDescriptor)
    let log = Log(sink: sink, minimumLevel: configuration.logLevel, clock: Self.clock)
    let gateway = Gateway(configuration: try configuration.gateway, log: log, version: Version.current)
    do {
      let ready = try await start(gateway, configuration)
      let ending = await serve(gateway, events, log)
      ready.withdraw()
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

  /// Without the libraries' own tidying up, which does not expect loops that still run.
  private static func leaveAtOnce() -> Never {
    Terminal.complain(["Stopped at once, as asked a second time; answers under way were cut off."])
    _exit(ExitCode.failure.rawValue)
  }

  private func start(_ gateway: Gateway, _ configuration: LoadedConfiguration) async throws -> ReadyFile {
    do {
      let addresses = try await gateway.start()
      let ready = ReadyFile(path: arguments.value(Self.readyFile))
      do throws(CommandFailure) {
        try ready.publish(addresses)
      } catch {
        await gateway.stop()
        throw error
      }
      Terminal.print(ReadyFile.lines(addresses))
      return ready
    } catch let error as WireError {
      throw CommandFailure.failure(error.message + Self.advice(for: error, configuration.settings))
    }
  }

  /// Until somebody asks for the end, and then until it is reached.
  private func serve(_ gateway: Gateway, _ events: ProcessEvents, _ log: Log) async -> Ending {
    var isStopping = false
    for await event in events.stream {
      switch event {
      case .signal(SIGHUP):
        if !isStopping { await reload(gateway, log) }
      case .signal where isStopping:
        log.warning("stopped at once", ["reason": .string(event.description)])
        return .cutOff
      case .signal, .inputEnded:
        if isStopping { break }
        isStopping = true
        log.info("stopping", ["reason": .string(event.description)])
        // Not awaited here, because the next event may be the one that asks for more haste.
        Task {
          await gateway.stop()
          events.report(.ended)
        }
      case .ended:
        return .graceful
      }
    }
    return .graceful
  }

  private func reload(_ gateway: Gateway, _ log: Log) async {
    do {
      try await gateway.reload()
    } catch {
      log.error("certificates not reloaded, the old ones stay", ["reason": .string("\(error)")])
    }
  }

  private static func advice(for error: WireError, _ settings: Settings) -> String {
    guard error.code == .address else { return "" }
    let role = ListenerRole.allCases.first { role in
      settings.isOpen(role) && (try? settings.address(role)).map { error.message.contains($0.description) } == true
    }
    return role.map { role in " It is \(role.key("port")) (\(settings.entry(role.key("port")).origin))." } ?? ""
  }

  private static let clock: WallClock = { Int64(Date().timeIntervalSince1970 * 1_000_000) }
}
