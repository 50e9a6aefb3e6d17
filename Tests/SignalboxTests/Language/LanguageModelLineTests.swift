import HTTP
import JSON
import TestSupport
import Testing

@testable import signalbox

/// What becomes of the connection to a model: time, certificates, and who lets go of it.
@Suite(.timeLimit(.minutes(2)))
struct LanguageModelLineTests {
  private struct Enough: Error {}

  @Test(arguments: [ModelAnswer.silence, .endless([]), .endless(["word"])])
  func `the time for a call is all that it has, however alive the server looks`(answer: ModelAnswer) async throws {
    try await ModelServer.run([answer]) { server in
      let start = ContinuousClock.now
      let heard = try await ModelLine.ask(ModelLine.environment(server, ["LLM_TIMEOUT": "1"]))
      #expect(heard.failure?.kind == .timeout, "\(String(describing: heard.failure))")
      #expect(ContinuousClock.now - start >= .seconds(1))
      #expect(server.calls.count == 1)
      #expect(await eventually { server.left == 1 })
    }
  }

  @Test func `a server that is gone is the network's failure`() async throws {
    var environment: [String: String] = [:]
    try await ModelServer.run { environment = ModelLine.environment($0) }
    let failure = try await ModelLine.ask(environment).failure
    #expect(failure?.kind == .network)
    #expect(failure?.text.contains("No connection to 127.0.0.1:") == true)
  }

  @Test func `words that are thrown at let go of the connection`() async throws {
    try await ModelServer.run([.endless(["word"]), .words(["fine"])]) { server in
      try await ModelLine.with(ModelLine.environment(server)) { model in
        await #expect(throws: Enough.self) {
          try await model.answer(ModelLine.request(model)) { _, _ in throw Enough() }
        }
        #expect(await eventually { server.left == 1 })
        let isQuiet = try await server.isQuiet()
        #expect(isQuiet)
        let next = try await model.answer(ModelLine.request(model)) { _, _ in }
        #expect(next.text == "fine")
      }
    }
  }

  @Test(arguments: [ModelAnswer.silence, .endless(["word"])])
  func `a cancel closes the connection`(answer: ModelAnswer) async throws {
    try await ModelServer.run([answer]) { server in
      try await ModelLine.with(ModelLine.environment(server)) { model in
        let call = Task { try await model.answer(ModelLine.request(model)) { _, _ in } }
        #expect(await eventually { server.calls.count == 1 })
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(await eventually { server.left == 1 })
        let isQuiet = try await server.isQuiet()
        #expect(isQuiet)
      }
    }
  }

  @Test func `a cancel ends the wait before the second try`() async throws {
    try await ModelServer.run([.status(429, fields: HTTPFields([("retry-after", "10")])), .words(["late"])]) { server in
      try await ModelLine.with(ModelLine.environment(server)) { model in
        let call = Task { try await model.answer(ModelLine.request(model)) { _, _ in } }
        #expect(await eventually { server.calls.count == 1 })
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(server.calls.count == 1)
      }
    }
  }

  // MARK: TLS

  private func ask(
    showing credential: TestCertificates.Server, trusting authority: (TestCertificateFiles) -> String
  ) async throws -> ModelLine.Heard {
    let files = try TestCertificates.shared().write(to: try TemporaryFolder())
    return try await ModelServer.run([.words(["fine"])], showing: credential) { server in
      try await ModelLine.ask(
        ModelLine.environment(
          server, ["LLM_BASE_URL": "https://localhost:\(server.port)", "LLM_CA": authority(files)]))
    }
  }

  @Test func `over TLS it goes with a certificate of the authority that was named`() async throws {
    let heard = try await ask(showing: .local) { $0.serverAuthority }
    #expect(heard.reply?.text == "fine", "\(String(describing: heard.failure))")
  }

  @Test(arguments: [TestCertificates.Server.otherName, .expired])
  func `a bad certificate is refused before the key is shown`(credential: TestCertificates.Server) async throws {
    let files = try TestCertificates.shared().write(to: try TemporaryFolder())
    let heard = Kept("")
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      heard.set(try connection.receiveHead())
    }
    try await TLSServer.run(showing: credential, scripts: [script]) { server in
      let environment = [
        "LLM_PROVIDER": "custom", "LLM_BASE_URL": "https://localhost:\(server.port)", "OPENAI_API_KEY": ModelServer.key,
        "OPENAI_MODEL": "m", "LLM_CA": files.serverAuthority,
      ]
      let failure = try await ModelLine.ask(environment).failure
      #expect(failure?.kind == .network)
      #expect(failure?.text.contains("certificate") == true)
      #expect(await server.finish())
      #expect(heard.value == "")
    }
  }

  @Test func `so is one of another authority`() async throws {
    #expect(try await ask(showing: .local) { $0.clientAuthority }.failure?.text.contains("certificate") == true)
  }

  @Test func `an authority that is no file is named`() async throws {
    let settings = try #require(
      try LanguageSettings(["LLM_PROVIDER": "openai", "OPENAI_API_KEY": "k", "OPENAI_MODEL": "m", "LLM_CA": "none.pem"])
    )
    let failure = await #expect(throws: CommandFailure.self) { _ = try await LanguageModel.open(settings) }
    #expect(
      failure?.messages.first?.contains("LLM_CA") == true && failure?.messages.first?.contains("none.pem") == true)
  }
}
