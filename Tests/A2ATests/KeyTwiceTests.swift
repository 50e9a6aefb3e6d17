import A2A
import HTTP
import Testing

/// Found by the fuzzer of cards: the JSON room quotes a key that is there twice, shortened by a sign that is not ASCII.
struct KeyTwiceTests {
  @Test(arguments: [String(repeating: "k", count: 50), "\u{E9}", "\u{7F}", "k"])
  func `a key that is there twice is told in printable ASCII, whatever it is`(_ key: String) throws {
    let text = Array(#"{"\#(key)":1,"\#(key)":2}"#.utf8)
    var errors: [A2AError] = []
    do throws(A2AError) { _ = try AgentCard(reading: text) } catch { errors.append(error) }
    do throws(A2AError) { _ = try TaskEvent(readingPushBody: text) } catch { errors.append(error) }
    for dialect in Dialect.all {
      let call = ClientCall(.getTask(GetTaskRequest(id: "t")), in: dialect, id: 1)
      do throws(A2AError) {
        _ = try call.result(status: .ok, mediaType: "", body: text)
      } catch {
        errors.append(error)
      }
      do throws(A2AError) { _ = try call.event(type: "", data: text) } catch { errors.append(error) }
    }
    do throws(CallRefused) {
      _ = try JSONRPCReader.read(body: text, fields: .v1, query: [])
    } catch {
      errors.append(error.error)
    }
    do throws(CallRefused) {
      _ = try HTTPJSONReader.read(
        method: .post, path: ["message:send"], tenant: nil, query: [], fields: .v1, body: text)
    } catch {
      errors.append(error.error)
    }
    #expect(errors.count == 12)
    for error in errors {
      #expect(error.message.contains("the object has this key already"))
      #expect(error.message.contains("(\"k\")") == (key == "k"))
      #expect(error.message.utf8.allSatisfy { 0x20...0x7E ~= $0 })
    }
  }
}
