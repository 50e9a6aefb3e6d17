import Foundation
import Gateway
import Telemetry

/// A configuration that was found to be right.
struct LoadedConfiguration: Sendable {
  let settings: Settings
  let webFolder: String

  /// Reads and checks everything. Fails with every problem there is.
  /// - Parameter more: what else is looked at, which keeps no gateway from serving.
  static func load(
    _ arguments: ParsedArguments, _ command: CommandSpecification, environment: [String: String],
    more: (Settings) -> [ConfigurationProblem] = { _ in [] }
  ) throws -> LoadedConfiguration {
    var (settings, problems) = try read(arguments, command, environment: environment)
    // Rules between values, and files that values name, say nothing as long as the values are not what was meant.
    if problems.isEmpty {
      problems += ConfigurationRules.problems(in: settings) + ConfigurationFiles.problems(in: settings) + more(settings)
    }
    let web = webFolder(settings)
    if case .failure(let problem) = web { problems.append(problem) }
    guard problems.isEmpty, case .success(let webFolder) = web else {
      throw CommandFailure(.configuration, problems.map(\.description))
    }
    return LoadedConfiguration(settings: settings, webFolder: webFolder)
  }

  /// Reads the values, each by itself, and looks at nothing that they name. With any problem they are not to be used.
  static func read(
    _ arguments: ParsedArguments, _ command: CommandSpecification, environment: [String: String]
  ) throws -> (settings: Settings, problems: [ConfigurationProblem]) {
    var sources = ConfigurationSources(file: nil, environment: environment)
    sources.flags = try ConfigurationFlags.read(arguments, command)
    var problems: [ConfigurationProblem] = []
    if let (path, origin) = file(arguments, environment) {
      do throws(CommandFailure) {
        sources.file = .init(path: path, bytes: try LocalFile.read(path))
      } catch {
        let reason = error.messages.joined(separator: " ")
        problems.append(.source("The configuration file (\(origin)) cannot be used. \(reason)"))
      }
    }
    let (settings, found) = sources.settings()
    return (settings, problems + found)
  }

  private static func file(
    _ arguments: ParsedArguments, _ environment: [String: String]
  ) -> (path: String, origin: SettingOrigin)? {
    if let path = arguments.value(ConfigurationFlags.file) { return (path, .flag("--\(ConfigurationFlags.file)")) }
    guard let path = environment[EnvironmentName.file], !path.isEmpty else { return nil }
    return (path, .environment(EnvironmentName.file))
  }

  private static func webFolder(_ settings: Settings) -> Result<String, ConfigurationProblem> {
    if let folder = settings.path("web") {
      if FileManager.default.isReadableFile(atPath: "\(folder)/index.html") { return .success(folder) }
      return .failure(.broken("web", settings.entry("web"), "\(folder) has no index.html that this user may read."))
    }
    if let folder = WebFolder.find(from: FileManager.default.currentDirectoryPath, executable: Program.path) {
      return .success(folder)
    }
    return .failure(
      .broken(
        "web", settings.entry("web"), "No web folder was found here or beside the program. Name it with --web PATH."))
  }

  var logLevel: LogLevel { LogLevel(name: settings.text("log.level")) ?? .info }

  var gateway: GatewayConfiguration {
    get throws { try settings.gateway(webFolder: webFolder, cores: ProcessInfo.processInfo.activeProcessorCount) }
  }
}
