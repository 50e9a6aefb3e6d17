import Foundation
import Identity

/// The certificates of the demo, made at its first start and looked after at each later one.
struct DemoPKI: Sendable {
  static let agent = "demo-agent"
  static let `operator` = "demo"
  /// The gateway, as its agents know it.
  static let gateway = "demo"
  static let gatewayURI = ClientKind.gateway.identifier(name: gateway)
  /// What is left of a certificate's validity when it is replaced.
  private static let marginDays = 30

  let layout: PKILayout
  /// What was done that people should know of, a sentence each.
  let notes: [String]

  static func prepare(at directory: String, agents: [AgentName] = [], now: UnixTime) throws -> DemoPKI {
    var notes: [String] = []
    if let expiry = try authorityExpiry(directory), expiry < now.adding(days: marginDays) {
      let old = "\(directory)-until-\(expiry)"
      try FileManager.default.moveItem(atPath: directory, toPath: old)
      notes.append("The development PKI expires at \(expiry), so there is a new one; the old one is in \(old).")
    }
    let pki: DevelopmentPKI
    if FileManager.default.fileExists(atPath: directory) {
      pki = try DevelopmentPKI(opening: directory)
      if let note = try renewServer(pki, now: now) { notes.append(note) }
    } else {
      pki = try DevelopmentPKI.create(at: directory, now: now)
      notes.append("A development PKI was made in \(directory).")
    }
    try issue(.agent, agent, pki, now: now)
    try issue(.operator, Self.operator, pki, now: now)
    if !agents.isEmpty { try issue(.gateway, gateway, pki, now: now) }
    for name in agents {
      if !exists(pki.layout.service(name.rawValue)) { _ = try pki.issueService(name.rawValue, now: now) }
      if !name.callees.isEmpty { try issue(.agent, name.rawValue, pki, now: now) }
    }
    return DemoPKI(layout: pki.layout, notes: notes)
  }

  /// When the first of the two authorities expires; nil when there is none.
  private static func authorityExpiry(_ directory: String) throws -> UnixTime? {
    guard FileManager.default.fileExists(atPath: directory) else { return nil }
    let layout = try DevelopmentPKI(opening: directory).layout
    return try [layout.serverAuthority, layout.clientAuthority].map { try DevelopmentPKI.show($0.certificate).notAfter }
      .min()
  }

  private static func renewServer(_ pki: DevelopmentPKI, now: UnixTime) throws -> String? {
    let notAfter = try DevelopmentPKI.show(pki.layout.server.certificate).notAfter
    guard notAfter < now.adding(days: marginDays) else { return nil }
    _ = try pki.renewServer(now: now)
    return "The server certificate expires at \(notAfter) and was renewed."
  }

  /// A certificate lasts as long as its authority, so one that is there is good.
  private static func issue(_ kind: ClientKind, _ name: String, _ pki: DevelopmentPKI, now: UnixTime) throws {
    guard !exists(pki.layout.client(kind, name: name)) else { return }
    _ = try pki.issueClient(kind, name: name, now: now)
  }

  private static func exists(_ files: PKILayout.Pair) -> Bool {
    FileManager.default.fileExists(atPath: files.certificate)
  }
}
