import HTTP
import Identity
import JSON

extension APIOperation {
  func write(to writer: inout JSONWriter, listeners: [String]) {
    writer.object { object in
      object.member("operationId", name)
      object.member("summary", summary)
      object.member("description", ifPresent: details)
      object.array("x-signalbox-listeners") { list in for listener in listeners { list.string(listener) } }
      writeSecurity(to: &object)
      if !parameters.isEmpty {
        object.array("parameters") { list in for parameter in parameters { parameter.write(to: &list) } }
      }
      if let body { object.object("requestBody", body.write) }
      object.object("responses") { responses in
        for answer in answers { responses.object("\(answer.status)", answer.write) }
        for status in protocolErrors.union(problems.keys).sorted() {
          responses.object("\(status)") { writeRefusal(problems[status] ?? [], status, to: &$0) }
        }
        responses.object("default") { $0.member("$ref", "#/components/responses/Problem") }
      }
    }
  }

  private func writeRefusal(_ codes: [String], _ status: Int, to response: inout JSONWriter) {
    let isProtocols = protocolErrors.contains(status)
    let words = codes.map { "`\($0)`" } + (isProtocols ? ["an error of the protocol"] : [])
    response.member("description", words.joined(separator: ", "))
    response.object("content") { content in
      if !codes.isEmpty { Self.write("application/problem+json", .named("Problem"), to: &content) }
      if isProtocols { Self.write("application/json", .anything, to: &content) }
    }
  }

  static func writeProblem(to response: inout JSONWriter) {
    response.object("content") { write("application/problem+json", .named("Problem"), to: &$0) }
  }

  private static func write(_ type: String, _ schema: APISchema, to content: inout JSONWriter) {
    content.object(type) { type in
      type.key("schema")
      schema.write(to: &type)
    }
  }

  /// One of these alternatives; all that an alternative names. A session that is to change something needs its token too.
  private func writeSecurity(to object: inout JSONWriter) {
    let session = method == .get ? ["session"] : ["session", "csrf"]
    object.array("security") { list in
      guard access != .open, access != .signIn else { return }
      for alternative in [["certificate"], ["token"], session] + (access == .anyone ? [[]] : []) {
        list.object { schemes in
          for scheme in alternative { schemes.array(scheme) { _ in } }
        }
      }
    }
    guard case .may(let action) = access else { return }
    object.member("x-signalbox-action", action.rawValue)
  }
}

extension APIParameter {
  fileprivate func write(to list: inout JSONWriter) {
    list.object { parameter in
      parameter.member("name", name)
      parameter.member("in", place.rawValue)
      parameter.member("description", meaning)
      parameter.member("required", place == .path)
      parameter.key("schema")
      schema.write(to: &parameter)
    }
  }
}

extension APIBody {
  fileprivate func write(to body: inout JSONWriter) {
    body.member("required", isRequired)
    body.object("content") { content in
      for type in types {
        content.object(type) { media in
          media.key("schema")
          schema.write(to: &media)
        }
      }
    }
  }
}

extension APIAnswer {
  fileprivate func write(to response: inout JSONWriter) {
    response.member("description", meaning)
    if !fields.isEmpty {
      response.object("headers") { headers in
        for field in fields {
          headers.object(field) { header in
            header.key("schema")
            APISchema.string().write(to: &header)
          }
        }
      }
    }
    guard let type else { return }
    response.object("content") { content in
      content.object(type) { media in
        media.key("schema")
        schema.write(to: &media)
      }
    }
  }
}
