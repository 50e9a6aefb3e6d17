import Identity
import JSON

/// What runs and where, for programs: the content of ready.json.
struct DemoReady: Sendable {
  let gatewayProcess: Int32
  /// By listener.
  let ports: [ListenerRole: Int]
  let agents: [DemoAgent]
  let layout: PKILayout
  let token: DemoToken

  /// Reads what `serve --ready-file` wrote.
  init(
    gateway bytes: [UInt8], agents: [DemoAgent], layout: PKILayout, token: DemoToken
  ) throws(CommandFailure) {
    let json = try? JSONValue(parsing: bytes)
    guard let process = json?["pid"]?.int.flatMap({ Int32(exactly: $0) }) else {
      throw .failure("The gateway's ready file cannot be understood; this program and the gateway do not match.")
    }
    gatewayProcess = process
    ports = ListenerRole.allCases.reduce(into: [:]) { ports, role in
      ports[role] = json?[role.rawValue]?["port"]?.int.flatMap { Int(exactly: $0) }
    }
    self.agents = agents
    self.layout = layout
    self.token = token
  }

  /// The server certificate names localhost, and so do people.
  func url(_ role: ListenerRole) -> String { "https://localhost:\(ports[role] ?? 0)" }

  /// As whom the demo asks its gateway.
  var access: AdminAccess {
    let files = layout.client(.operator, name: DemoPKI.operator)
    return AdminAccess(
      url: url(.admin), certificate: files.certificate, key: files.key, authority: layout.serverAuthority.certificate)
  }

  /// - Parameter login: by which the person at this machine signs in.
  func content(login: SignInLink) -> [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.object { object in
      object.member("url", url(.public))
      object.member("agentUrl", url(.agents))
      object.member("adminUrl", url(.admin))
      object.member("login", login.url)
      object.member("token", token.text)
      object.member("ca", layout.serverAuthority.certificate)
      write("operator", layout.client(.operator, name: DemoPKI.operator), to: &object)
      write("agent", layout.client(.agent, name: DemoPKI.agent), to: &object)
      object.object("pids") { pids in
        pids.member("gateway", Int(gatewayProcess))
        for agent in agents { pids.member(agent.name.rawValue, Int(agent.processID)) }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private func write(_ name: String, _ files: PKILayout.Pair, to writer: inout JSONWriter) {
    writer.object(name) { pair in
      pair.member("cert", files.certificate)
      pair.member("key", files.key)
    }
  }

  /// What runs and where, for people.
  func summary(_ folder: DemoFolder, login: SignInLink, now: UnixTime) -> String {
    let admin = layout.client(.operator, name: DemoPKI.operator)
    let authority = "--cacert \(Shell.quoted(layout.serverAuthority.certificate))"
    let shown = "\(authority) --cert \(Shell.quoted(admin.certificate)) --key \(Shell.quoted(admin.key))"
    let bearer = "\(authority) --header \"Authorization: Bearer $(cat \(Shell.quoted(folder.token)))\""
    var rows = [
      ("sign in", "\(login.url)  (once, within \(login.life(from: now)))"),
      ("page", "\(url(.public))  (signed in as \(login.principal))"),
      ("administer", "\(Self.command("sign-in-link \(DemoPolicy.operator)", folder))  (a link for a browser)"),
      ("agents", "\(url(.agents))  (client certificate required)"),
      ("admin", "\(url(.admin))  (client certificate required)"),
    ]
    rows += agents.map { agent in
      let log = folder.log(of: .agent(agent.name))
      return (
        agent.name.rawValue,
        "\(agent.url)  (for the gateway and its agents alone; log \(log), process \(agent.processID))"
      )
    }
    rows += [
      ("CA", layout.serverAuthority.certificate),
      ("operator", admin.certificate),
      ("token", "\(folder.token)  (the operator's, until \(token.expires) or the next start)"),
      ("policy", folder.policy),
      ("log", "\(folder.log(of: .gateway))  (process \(gatewayProcess))"),
      ("try", "curl \(shown) \(url(.public))/api/about"),
      ("script", "curl \(bearer) \(url(.public))/api/tasks"),
    ]
    rows += agents.prefix(1).map { ("submit", Self.command("submit \($0.name.example) --wait", folder)) }
    rows += [
      ("tasks", Self.command("list", folder)),
      ("watch", Self.command("watch", folder)),
      ("stop", "Ctrl-C"),
    ]
    return
      "Signalbox is running, on this machine only. A browser warns about the certificate until it knows the CA.\n\n"
      + TextLayout.columns(rows, width: .max)
  }

  /// A command of this program about this demo, from whichever folder it is typed.
  private static func command(_ words: String, _ folder: DemoFolder) -> String {
    "\(Shell.quoted(Program.path)) \(words) --dir \(Shell.quoted(folder.path))"
  }
}
