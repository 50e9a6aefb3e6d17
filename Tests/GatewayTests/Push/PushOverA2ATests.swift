import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Push configurations as clients of A2A ask for them.
@Suite struct PushOverA2ATests {
  private static func run(_ body: (FrontScene) async throws -> Void) async throws {
    let files = try CertificateFiles.written()
    try await FrontScene.run {
      $0.work.pushAuthorityFile = files.serverAuthority
      $0.work.allowsPrivatePush = true
    } _: { front in
      try await front.begin("a")
      try await body(front)
    }
    withExtendedLifetime(files) {}
  }

  @Test func `they are made, shown page by page, and deleted`() async throws {
    try await Self.run { front async throws in
      for id in ["one", "two", "three"] {
        let made = try await front.call(
          "CreateTaskPushNotificationConfig", #"{"taskId":"a","id":"\#(id)","url":"https://127.0.0.1:1/\#(id)"}"#)
        #expect(made.result?["id"]?.string == id, "\(String(describing: made.error))")
      }
      let got = try await front.call("GetTaskPushNotificationConfig", #"{"taskId":"a","id":"two"}"#)
      #expect(got.result?["url"]?.string == "https://127.0.0.1:1/two")
      var token = ""
      var ids: [String?] = []
      repeat {
        let page = try await front.call(
          "ListTaskPushNotificationConfigs", #"{"taskId":"a","pageSize":2,"pageToken":"\#(token)"}"#)
        ids += page.result?["configs"]?.elements.map { $0["id"]?.string } ?? []
        token = page.result?["nextPageToken"]?.string ?? ""
      } while !token.isEmpty
      #expect(ids == ["one", "three", "two"])
      _ = try await front.call("DeleteTaskPushNotificationConfig", #"{"taskId":"a","id":"two"}"#)
      let gone = try await front.call("GetTaskPushNotificationConfig", #"{"taskId":"a","id":"two"}"#)
      #expect(gone.error != nil)
      let wrong = try await front.call("CreateTaskPushNotificationConfig", #"{"taskId":"a","id":"x","url":"nothing"}"#)
      #expect(wrong.error?["code"]?.int == -32602)
    }
  }

  @Test func `Promise 9: of somebody else's task nobody makes, sees or deletes one`() async throws {
    try await Self.run { front async throws in
      _ = try await front.call(
        "CreateTaskPushNotificationConfig", #"{"taskId":"a","id":"one","url":"https://127.0.0.1:1/"}"#)
      for (method, rest) in [
        ("CreateTaskPushNotificationConfig", #","id":"x","url":"https://127.0.0.1:1/""#),
        ("GetTaskPushNotificationConfig", #","id":"one""#), ("ListTaskPushNotificationConfigs", ""),
        ("DeleteTaskPushNotificationConfig", #","id":"one""#),
      ] {
        let others = try await front.call(method, #"{"taskId":"a"\#(rest)}"#, as: .tenant)
        let nobodys = try await front.call(method, #"{"taskId":"nothing"\#(rest)}"#, as: .tenant)
        #expect(others.error?["code"]?.int == -32001, "\(method)")
        #expect(others.error?["code"]?.int == nobodys.error?["code"]?.int)
      }
      let got = try await front.call("GetTaskPushNotificationConfig", #"{"taskId":"a","id":"one"}"#)
      #expect(got.result != nil)
      // Who may watch the task has configurations of their own, and no others.
      let watching = try await front.call("GetTaskPushNotificationConfig", #"{"taskId":"a","id":"one"}"#, as: .operator)
      #expect(watching.error?["code"]?.int == -32001)
      let listed = try await front.call("ListTaskPushNotificationConfigs", #"{"taskId":"a"}"#, as: .operator)
      #expect((listed.result?["configs"]?.elements.map { $0["id"]?.string } ?? []) == [])
    }
  }

  @Test func `where none are sent, that is said`() async throws {
    try await FrontScene.run { front in
      try await front.begin("a")
      let made = try await front.call(
        "CreateTaskPushNotificationConfig", #"{"taskId":"a","id":"x","url":"https://127.0.0.1:1/"}"#)
      #expect(made.error?["code"]?.int == -32003)
    }
  }
}
