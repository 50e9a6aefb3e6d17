package import HTTP
import JSON

/// HTTP+JSON: the method in the path, below the interface's address.
package enum HTTPJSONReader {
  /// - Parameter path: the decoded segments behind the interface's own path, without the tenant.
  /// Nil when there is nothing at this path (404 is the server's to say).
  package static func read(
    method: HTTPMethod, path: [String], tenant: String?, query: [QueryItem], fields: HTTPFields, body: [UInt8]
  ) throws(CallRefused) -> ServerCall? {
    guard let route = Route(method, path) else { return nil }
    let dialect = Dialect(.httpJSON, route.version)
    let replies = ReplyWriter(dialect: dialect, mediaType: MediaTypeNames.named(fields))
    do throws(A2AError) {
      try ServiceParameters.require(
        ServiceParameters.version(fields, query), of: route.version,
        isGiven: ServiceParameters.isVersionGiven(fields, query), for: "The path")
      let content = method == .post ? try Self.content(fields, body) : Self.content(query)
      let parameters = route.parameters + (tenant.map { [("tenant", $0)] } ?? [])
      return ServerCall(
        operation: try operation(route.operation, content.adding(parameters), dialect), dialect: dialect,
        extensions: ServiceParameters.extensions(fields), replies: replies)
    } catch {
      // Of the type of a request's own body, HTTP itself has a status to say.
      let isOfBody = error.code == .contentTypeNotSupported
      let answer = replies.refusal(error, status: isOfBody ? .unsupportedMediaType : error.code.status)
      throw CallRefused(error: error, answer: answer)
    }
  }

  private static func operation(
    _ name: OperationName, _ content: JSONValue, _ dialect: Dialect
  ) throws(A2AError) -> Operation {
    do throws(FieldFault) {
      return try Operation(name, ObjectReader(content, as: dialect.notation))
    } catch {
      throw error.error(in: "The request")
    }
  }

  /// Without a body there is nothing but the path, which some operations are content with.
  private static func content(_ fields: HTTPFields, _ body: [UInt8]) throws(A2AError) -> JSONValue {
    guard !body.isEmpty else { return .object { _ in } }
    if let given = MediaTypeNames.refused(fields) { throw MediaTypeNames.unsupported(given) }
    do throws(JSONError) {
      return try JSONValue(parsing: body)
    } catch {
      throw A2AError(.parseError, error.sentence)
    }
  }

  /// The query as an object: what is empty says nothing, of what is there twice the first counts, true and false are
  /// words.
  private static func content(_ query: [QueryItem]) -> JSONValue {
    var names: Set<String> = []
    return .object { object in
      for item in query where !item.value.isEmpty && names.insert(item.name).inserted {
        switch item.value {
        case "true" where flags.contains(item.name): object.member(item.name, true)
        case "false" where flags.contains(item.name): object.member(item.name, false)
        default: object.member(item.name, item.value)
        }
      }
    }
  }

  private static let flags: Set<String> = ["includeArtifacts", "include_artifacts"]
}

extension JSONValue {
  /// The object with what the path says, which is beyond doubt. Anything else than an object is left for the reader to
  /// refuse.
  fileprivate func adding(_ parameters: [(name: String, value: String)]) -> JSONValue {
    guard kind == .object, !parameters.isEmpty else { return self }
    return .object { object in
      for (name, value) in parameters { object.member(name, value) }
      for (name, value) in members where !parameters.contains(where: { $0.name == name }) { object.member(name, value) }
    }
  }
}
