import Foundation
import TestSupport
import Testing

/// Chromium without a window, in a profile of its own. It takes the one server key of a test for good, and knows no host but this one.
enum Browser {
  /// Nil where there is none; `make test` installs it.
  static let program = ["/usr/bin/chromium", "/usr/bin/google-chrome"].first(
    where: FileManager.default.isExecutableFile(atPath:))

  /// Has it show a page while `body` runs.
  /// - Parameter more: further words of its command line.
  static func with<Value>(
    showing url: String, trusting certificate: String, profile: String, _ more: [String] = [],
    _ body: (RunningProgram) async throws -> Value
  ) async throws -> Value {
    var arguments = [
      "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
      "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
      "--metrics-recording-only", "--no-pings", "--no-proxy-server",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
      "--user-data-dir=\(profile)", "--ignore-certificate-errors-spki-list=\(try await keyDigest(certificate))",
    ]
    // Its sandbox does not work for root.
    if geteuid() == 0 { arguments.append("--no-sandbox") }
    return try await RunningProgram.with(
      program: try #require(program), arguments + more + [url], environment: ["HOME": profile]
    ) { browser in
      do {
        let value = try await body(browser)
        try await close(browser)
        return value
      } catch {
        try await close(browser)
        throw error
      }
    }
  }

  /// Asks it to go, so that it takes its helpers along.
  private static func close(_ browser: RunningProgram) async throws {
    browser.signal(SIGTERM)
    _ = try await browser.exit()
  }

  /// SHA-256 of a certificate's public key, in base 64.
  private static func keyDigest(_ certificate: String) async throws -> String {
    let script = """
      openssl x509 -in "$0" -noout -pubkey | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64
      """
    let result = try await RunningProgram.run(program: "/bin/sh", ["-c", script, certificate])
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
