import A2A
import A2AWire
import HTTP
import JSON
import Telemetry
import TestSupport
import Testing
import Wire

/// What is refused before a service hears of it.
@Suite struct EndpointRefusalTests {
  private static let message = #"{"message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"complete"}]}}"#

  @Test(arguments: Dialect.all)
  func `what the card does not offer is refused`(_ dialect: Dialect) async throws {
    var card = AgentCard.testing
    card.capabilities = AgentCapabilities()
    try await ServedEndpoints.run(card: card) { served in
      try await Asker.run(served.port) { asker in
        var withPush = SendMessageRequest("complete")
        withPush.configuration.pushConfig = PushConfig(url: "https://receiver.example/")
        let create = CreatePushConfigRequest(taskID: "t", config: PushConfig(url: "https://receiver.example/"))
        let expected: [(A2A.Operation, A2AError.Code)] = [
          (.sendStreamingMessage(SendMessageRequest("work")), .unsupportedOperation),
          (.subscribeToTask(SubscribeToTaskRequest(id: "t")), .unsupportedOperation),
          (.createPushConfig(create), .pushNotificationNotSupported),
          (.getPushConfig(PushConfigRequest(taskID: "t", id: "p")), .pushNotificationNotSupported),
          (.listPushConfigs(ListPushConfigsRequest(taskID: "t")), .pushNotificationNotSupported),
          (.deletePushConfig(PushConfigRequest(taskID: "t", id: "p")), .pushNotificationNotSupported),
          (.sendMessage(withPush), .pushNotificationNotSupported),
          (.getExtendedCard(GetExtendedCardRequest()), .unsupportedOperation),
        ]
        for (operation, code) in expected {
          #expect(try await asker.failure(operation, dialect)?.code == code, "\(operation)")
        }
        _ = try await asker.call(.sendMessage(SendMessageRequest("complete")), dialect)
      }
      #expect(await served.tasks.requests.count == 1)
    }
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `an endpoint may speak one version alone, and then offers no other`(_ version: ProtocolVersion) async throws {
    var options = EndpointOptions()
    options.versions = [version]
    try await ServedEndpoints.run(options: options) { served in
      try await Asker.run(served.port) { asker in
        let card = try AgentCard(reading: try await asker.ask(.get, "/.well-known/agent-card.json").body)
        #expect(card.interfaces.map(\.protocolVersion) == [version.rawValue, version.rawValue])
        let send = Operation.sendMessage(SendMessageRequest("complete"))
        for dialect in Dialect.all {
          if dialect.version == version {
            _ = try await asker.call(send, dialect)
          } else {
            let error = try await asker.failure(send, dialect)
            #expect(error?.code == .versionNotSupported)
            #expect(error?.message.contains("speaks \(version.rawValue)") == true)
          }
        }
      }
      #expect(await served.tasks.requests.count == 2)
    }
  }

  @Test(arguments: Dialect.all)
  func `an extended card that is promised and not there is refused otherwise`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      await served.tasks.set(extended: nil)
      try await Asker.run(served.port) { asker in
        let error = try await asker.failure(.getExtendedCard(GetExtendedCardRequest()), dialect)
        #expect(error?.code == .extendedCardNotConfigured)
      }
    }
  }

  @Test(arguments: Dialect.all)
  func `an extension that the card requires must be active`(_ dialect: Dialect) async throws {
    var card = AgentCard.testing
    card.capabilities.extensions = [
      AgentExtension(uri: "urn:needed", isRequired: true), AgentExtension(uri: "urn:optional"),
    ]
    try await ServedEndpoints.run(card: card) { served in
      try await Asker.run(served.port) { asker in
        let send = Operation.sendMessage(SendMessageRequest("complete"))
        for extensions in [[], ["urn:optional"], ["urn:need"]] {
          let error = try await asker.failure(send, dialect, extensions: extensions)
          #expect(error?.code == .extensionSupportRequired)
          #expect(error?.message.contains("urn:needed") == true)
        }
        #expect(await served.tasks.requests.isEmpty)
        let (call, response) = try await asker.response(
          to: send, dialect, extensions: ["urn:unknown", "urn:optional", "urn:needed"])
        let name = dialect.version == .v1 ? "a2a-extensions" : "x-a2a-extensions"
        #expect(response.fields[name] == "urn:needed, urn:optional")
        let body = try await response.body.collect(limit: 1 << 20)
        _ = try call.result(status: response.status, mediaType: response.mediaType, body: body)
      }
      #expect(await served.tasks.calls.map(\.extensions) == [["urn:needed", "urn:optional"]])
    }
  }

  @Test func `extensions that nobody declares are ignored`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let (_, response) = try await asker.response(
          to: .sendMessage(SendMessageRequest("complete")), Dialect(.jsonRPC, .v1), extensions: ["urn:unknown"])
        #expect(response.fields["a2a-extensions"] == nil)
        #expect(response.status == .ok)
      }
    }
  }

  @Test func `versions that are not spoken are refused`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let rpc = try await asker.rpc("SendMessage", Self.message, version: "99.0")
        #expect(rpc.status == .ok)
        #expect(rpc.errorCode == -32009)
        let rest = try await asker.ask(
          .post, "/message:send", [("content-type", "application/json"), ("a2a-version", "99.0")], Self.message)
        #expect(rest.status == .badRequest)
        #expect(rest.errorReason == "VERSION_NOT_SUPPORTED")
      }
      #expect(await served.tasks.requests.isEmpty)
    }
  }

  @Test func `what is no call is answered in its binding`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let json = [("content-type", "application/json"), ("a2a-version", "1.0")]
        let noJSON = try await asker.ask(.post, "/a2a", json, "{")
        #expect(noJSON.errorCode == -32700)
        #expect(try await asker.ask(.post, "/a2a", json, "[]").errorCode == -32600)
        #expect(try await asker.rpc("NoSuchMethod", "{}").errorCode == -32601)
        #expect(try await asker.rpc("GetTask", "{}").errorCode == -32602)
        #expect(try await asker.ask(.post, "/message:send", json, "{").status == .badRequest)
        #expect(try await asker.ask(.get, "/tasks?pageSize=0", [("a2a-version", "1.0")]).status == .badRequest)
      }
      #expect(await served.tasks.requests.isEmpty)
    }
  }

  @Test func `unknown paths and methods are answered as such`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let json = [("content-type", "application/json"), ("a2a-version", "1.0")]
        for path in ["/", "/nothing", "/t/nothing", "/tasks/t1/nothing", "/a2a/nothing", "/.well-known/other"] {
          let reply = try await asker.ask(.get, path, json)
          #expect(reply.status == .notFound, "\(path)")
          #expect(reply.json?["error"]?["status"]?.string == "NOT_FOUND")
          #expect(reply.fields["cache-control"] == "no-store")
        }
        #expect(try await asker.ask(.get, "/a2a").status == .methodNotAllowed)
        #expect(try await asker.ask(.put, "/message:send", json, "{}").status == .methodNotAllowed)
        #expect(try await asker.ask(.post, "/.well-known/agent-card.json", json, "{}").status == .methodNotAllowed)
      }
    }
  }

  @Test func `a request that is too long is refused unread`() async throws {
    var options = EndpointOptions()
    options.bodyLimit = 1000
    try await ServedEndpoints.run(options: options) { served in
      try await Asker.run(served.port) { asker in
        let long = String(repeating: " ", count: 1001)
        let tooLong = try await asker.rpc("GetTask", #"{"id":"t"}"# + long)
        #expect(tooLong.status == .contentTooLarge)
        let json = [("content-type", "application/json"), ("a2a-version", "1.0")]
        #expect(try await asker.ask(.post, "/message:send", json, long).status == .contentTooLarge)
      }
    }
  }

  @Test(arguments: Dialect.all)
  func `what the service refuses comes through`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let refused = try await asker.failure(.sendMessage(SendMessageRequest("refuse")), dialect)
        #expect(refused?.code == .contentTypeNotSupported)
        let error = try await asker.failure(.getTask(GetTaskRequest(id: "none")), dialect)
        #expect(error?.code == .taskNotFound)
        #expect(error?.message == "There is no task none.")
      }
    }
  }

  @Test func `the log names operation, dialect, caller and task`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        _ = try await asker.call(.sendMessage(SendMessageRequest("complete")), Dialect(.httpJSON, .v1))
        _ = try await asker.failure(.getTask(GetTaskRequest(id: "none")), Dialect(.jsonRPC, .v0_3))
      }
      let lines = served.log.lines.filter { $0.contains(#""message":"a2a call""#) }
      #expect(lines.count == 2)
      let parts = [
        #""operation":"SendMessage""#, #""dialect":"http+json 1.0""#, #""caller":"\#(goodAgent)""#, #""task":"t1""#,
      ]
      for part in parts { #expect(lines.first?.contains(part) == true, "\(lines)") }
      #expect(lines.last?.contains(#""error":"taskNotFound""#) == true)
      let text = String(decoding: served.metrics.render(), as: UTF8.self)
      #expect(text.contains(#"signalbox_a2a_calls_total{dialect="http+json 1.0",operation="SendMessage"} 1"#))
    }
  }
}
