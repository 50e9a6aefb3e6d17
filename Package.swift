// swift-tools-version: 6.3
import PackageDescription

// One section per room of docs/modules.md, in the order in which they may import each other
// (scripts/check-layering holds the table; SwiftPM alone does not).
let package = Package(
  name: "signalbox",
  products: [
    .executable(name: "signalbox", targets: ["signalbox"])
  ],
  targets: [
    // MARK: C libraries of Debian: a module map and, where Swift cannot import it, a shim
    .systemLibrary(name: "CHiredis"),
    .systemLibrary(name: "CLibev"),
    .systemLibrary(name: "CLibwebsockets", pkgConfig: "libwebsockets"),
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl"),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),

    // MARK: Values: no I/O, no C
    .target(name: "HTTP"),
    .target(name: "JSON"),
    .target(name: "Telemetry"),

    // MARK: The protocol of agents, as values
    .target(name: "A2A", dependencies: ["HTTP", "JSON"]),

    // MARK: Sockets
    .target(name: "Wire", dependencies: ["CLibev", "CLibwebsockets", "COpenSSL", "CZlib", "HTTP", "Telemetry"]),

    // MARK: The protocol of agents, on sockets
    .target(name: "A2AWire", dependencies: ["A2A", "HTTP", "JSON", "Telemetry", "Wire"]),

    // MARK: What has happened
    .target(name: "Journal", dependencies: ["CHiredis", "CSQLite", "Telemetry", "Wire"]),

    // MARK: Who is asking
    .target(name: "Identity", dependencies: ["COpenSSL", "JSON"]),

    // MARK: Agent services
    .target(name: "AgentKit", dependencies: ["A2A", "A2AWire", "HTTP", "JSON", "Telemetry", "Wire"]),

    // MARK: What trade surveillance thinks
    .target(name: "Surveillance", dependencies: ["JSON"]),

    // MARK: The product
    .target(
      name: "Gateway", dependencies: ["A2A", "A2AWire", "HTTP", "Identity", "JSON", "Journal", "Telemetry", "Wire"]),
    .executableTarget(
      name: "signalbox",
      dependencies: [
        "A2A", "A2AWire", "AgentKit", "Gateway", "HTTP", "Identity", "JSON", "Journal", "Surveillance", "Telemetry",
        "Wire",
      ]),

    // MARK: Agents to begin with
    .executableTarget(
      name: "hello-agent", dependencies: ["A2A", "AgentKit", "Telemetry", "Wire"], path: "examples/hello-agent"),

    // MARK: Figures: `make bench`
    .executableTarget(name: "MicroBench", dependencies: ["JSON", "Telemetry"], path: "bench/micro"),
    .executableTarget(name: "JournalBench", dependencies: ["Journal", "Telemetry", "Wire"], path: "bench/journal"),
    .executableTarget(name: "SurveillanceBench", dependencies: ["Surveillance"], path: "bench/surveillance"),
    .executableTarget(name: "BenchServer", dependencies: ["HTTP", "Telemetry", "Wire"], path: "bench/server"),

    // MARK: Tests: one target for each room, and what they share
    .target(name: "TestSupport", dependencies: ["COpenSSL", "HTTP", "Identity", "JSON"], path: "Tests/TestSupport"),
    .testTarget(name: "A2ATests", dependencies: ["A2A", "HTTP", "JSON", "TestSupport"]),
    .testTarget(
      name: "A2AWireTests",
      dependencies: ["A2A", "A2AWire", "COpenSSL", "HTTP", "Identity", "JSON", "Telemetry", "TestSupport", "Wire"]),
    .testTarget(
      name: "AgentKitTests",
      dependencies: ["A2A", "A2AWire", "AgentKit", "HTTP", "Identity", "JSON", "Telemetry", "TestSupport", "Wire"]),
    .testTarget(
      name: "FaultTests",
      dependencies: [
        "A2A", "A2AWire", "AgentKit", "CSQLite", "HTTP", "Identity", "JSON", "Telemetry", "TestSupport", "Wire",
        "signalbox",
      ],
      exclude: ["Page"]),
    .testTarget(
      name: "GatewayTests",
      dependencies: [
        "A2A", "A2AWire", "AgentKit", "Gateway", "HTTP", "Identity", "JSON", "Journal", "Telemetry", "TestSupport",
        "Wire",
      ]),
    .testTarget(name: "HTTPTests", dependencies: ["HTTP", "TestSupport"]),
    .testTarget(name: "IdentityTests", dependencies: ["Identity", "JSON", "TestSupport"]),
    .testTarget(
      name: "InteropTests", dependencies: ["A2A", "A2AWire", "HTTP", "JSON", "TestSupport", "Wire", "signalbox"]),
    .executableTarget(name: "JournalVictim", dependencies: ["Journal", "Telemetry"], path: "Tests/JournalVictim"),
    .testTarget(
      name: "JournalTests",
      dependencies: ["CSQLite", "Identity", "Journal", "JournalVictim", "Telemetry", "TestSupport", "Wire"]),
    .testTarget(name: "JSONTests", dependencies: ["JSON", "TestSupport"]),
    .testTarget(
      name: "SignalboxTests",
      dependencies: [
        "A2A", "A2AWire", "AgentKit", "Gateway", "HTTP", "Identity", "JSON", "Journal", "Surveillance", "Telemetry",
        "TestSupport", "Wire", "hello-agent",
        "signalbox",
      ]),
    .testTarget(name: "SurveillanceTests", dependencies: ["JSON", "Surveillance"]),
    .testTarget(name: "TelemetryTests", dependencies: ["Telemetry", "TestSupport"]),
    .testTarget(name: "WireTests", dependencies: ["COpenSSL", "HTTP", "Telemetry", "TestSupport", "Wire"]),
  ]
)

// The same rules for every target: warnings are errors, and every crossing into unsafe memory says so.
for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    .strictMemorySafety(),  // SE-0458
    .treatAllWarnings(as: .error),  // SE-0480
  ]
}
