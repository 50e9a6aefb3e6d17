import Foundation
import Gateway

/// `signalbox config …`.
struct ConfigCommand {
  let arguments: ParsedArguments
  let command: CommandSpecification
  let environment: [String: String]

  init(_ arguments: ParsedArguments, _ command: CommandSpecification, environment: [String: String]) {
    self.arguments = arguments
    self.command = command
    self.environment = environment
  }

  func run(_ action: CommandAction) throws {
    switch action {
    case .configDefaults: Terminal.print(DefaultsDocument.text)
    case .configKeys: Terminal.print(KeysDocument.text)
    default: try check()
    }
  }

  private func check() throws {
    let configuration = try LoadedConfiguration.load(arguments, command, environment: environment) {
      StreamPrincipal(settings: $0).problems
    }
    var rows: [(String, String)] = [("web", LocalFile.absolute(configuration.webFolder))]
    for role in ListenerRole.allCases {
      let settings = configuration.settings
      guard settings.isOpen(role) else {
        rows.append((role.rawValue, "not opened"))
        continue
      }
      let clients = settings.text(role.key("clientCertificates"))
      rows.append((role.rawValue, "\(try settings.address(role)), client certificates: \(clients)"))
    }
    for agent in configuration.settings.work.agents {
      rows.append(
        ("agent \(agent.name)", agent.url + (agent.certificateFile == nil ? ", without a certificate of ours" : "")))
    }
    let policy = configuration.settings.path("policy").map(LocalFile.absolute)
    rows.append(("policy", policy ?? "none, so nobody is known and nobody may come in"))
    rows.append(("state", LocalFile.absolute(configuration.settings.path("state") ?? "")))
    Terminal.print("The configuration is right.\n" + TextLayout.columns(rows, width: .max))
  }
}
