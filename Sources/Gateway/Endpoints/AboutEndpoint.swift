import HTTP
import Identity
import JSON
import Wire

/// `/api/about`: what is running, for the first page and for people with curl.
struct AboutEndpoint: Sendable {
  let status: GatewayStatus
  let agents: AgentDirectory

  func install(into router: inout SecuredRouter) {
    router.on(.get, "/api/about", .known) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return .json(describe(request, for: asker.principal))
    }
  }

  /// A program cannot ask which compiler made it; it can only compare.
  #if compiler(>=6.4)
    private static let compiler = "6.4 or newer"
  #else
    private static let compiler = "6.3"
  #endif

  private func describe(_ request: Request, for principal: Principal) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { about in
      about.member("name", "signalbox")
      about.member("version", status.version)
      about.member("started", status.startedText)
      about.member("uptimeSeconds", Int(status.uptime.components.seconds))
      if let session = request.peer.session {
        about.object("tls") { tls in
          tls.member("version", session.version)
          tls.member("cipher", session.cipher)
        }
      }
      about.array("listeners") { list in
        for listener in status.listeners {
          list.object { item in
            item.member("name", listener.name.rawValue)
            item.member("url", listener.url)
            item.member("clientCertificates", listener.clientCertificates)
          }
        }
      }
      about.array("agents") { list in
        for agent in agents.all(for: principal) { list.object { $0.member("name", agent.name) } }
      }
      about.member("loops", status.loops)
      about.object("build") { build in
        build.member("swift", Self.compiler)
        for (name, version) in LibraryVersions.all { build.member(name, version) }
      }
    }
    return writer.bytes
  }
}
