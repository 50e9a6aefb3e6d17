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
    let reload = ConfigurationReload(configuration.settings, log: log) { [self] in
      try LoadedConfiguration.load(arguments, command, environment: environment)
    }
    let host = GatewayHost(
      readConfiguration: { try reload.read() }, beginEnd: { events.report(.drainRequested) })
    let gateway = Gateway(
      configuration: try configuration.gateway, log: log, version: Version.current, host: host)
    do {
      let ready = try await start(gateway, configuration)
      let life = ServiceLife(
        events: events, log: log, reload: { try await gateway.reload() },
        stop: { await gateway.stop(drainingFirst: $0 == .drainFirst) })
      let ending = await life.untilEnd()
      ready.withdraw()
      await sink.flush()
      if ending == .cutOff { ServiceLife.leaveAtOnce(cuttingOff: "answers under way") }
    } catch {
      await sink.flush()
      throw error
    }
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

  private static func advice(for error: WireError, _ settings: Settings) -> String {
    guard error.code == .address else { return "" }
    let role = ListenerRole.allCases.first { role in
      settings.isOpen(role) && (try? settings.address(role)).map { error.message.contains($0.description) } == true
    }
    return role.map { role in " It is \(role.key("port")) (\(settings.entry(role.key("port")).origin))." } ?? ""
  }

  private static let clock: WallClock = { Int64(Date().timeIntervalSince1970 * 1_000_000) }
}
