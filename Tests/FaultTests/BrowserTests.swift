import Identity
import TestSupport
import Testing

extension Faults {
  /// A real browser on a bad line.
  @Suite(
    .timeLimit(.minutes(3)), .enabled(if: Browser.program != nil, "There is no Chromium; `make test` installs it."))
  struct BrowserTests {
    private static let events = 10_000

    @Test func `Chromium's EventSource gets 10,000 events, each once, through a line that is cut at random bytes`()
      async throws
    {
      let seed = UInt64.random(in: .min ... .max)
      let station = try Station()
      try await Clients.with(station) { clients in
        try await PageHost.with(station, watching: "browser") { page in
          try await station.serve(settings: ["origins=\(page.origin)"]) { gateway in
            var producer = try await Producer.open(clients, gateway.ports.agents, task: "browser", padding: 60)
            for _ in 0..<10 { try await producer.publish(Self.events / 20) }
            try await Relay.with(to: gateway.ports.people, fate: BadLine(seed: seed, upTo: 400_000).next) { relay in
              let url = try await Self.address(page, station, gateway, relay)
              try await Browser.with(
                showing: url, trusting: station.pki.layout.server.certificate, profile: station.folder.path("profile")
              ) { browser in
                // Half of it is history for the browser, and half comes while it watches.
                #expect(await eventually { page.told.watched.checker.recordCount > 0 })
                for _ in 0..<50 { try await producer.publish(Self.events / 100) }
                try await producer.finish()
                let isClosed = await eventually(within: .seconds(120)) { page.told.isClosed }
                let told = page.told
                #expect(told.signedIn == 200)
                #expect(isClosed, "seed \(seed): \(told.watched.summary)\n\(browser.errors.text)")
                #expect(told.watched.isWhole(to: Self.events + 2), "seed \(seed): \(told.watched.summary)")
                #expect(relay.cuts > 3)
                print(
                  "Chromium: \(told.opens) streams, \(relay.cuts) cuts, \(told.watched.checker.recordCount) records")
              }
            }
          }
        }
      }
    }

    /// The page's, with where to sign in, by what link, and what to follow. People sign in on a good line, because a link is good once.
    private static func address(
      _ page: PageHost, _ station: Station, _ gateway: ServedProcess, _ relay: Relay
    ) async throws -> String {
      let link = try await gateway.signInLink(for: "analyst", station)
      return "\(page.origin)/?link=\(link)&session=https://localhost:\(gateway.ports.people)/api/session"
        + "&stream=https://localhost:\(relay.port)/api/stream/browser"
    }
  }
}
