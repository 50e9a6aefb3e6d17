import HTTP
import JSON

/// The table of operations as an OpenAPI 3.1 document.
enum OpenAPIDocument {
  /// Of the API, not of the program: it changes when a client would have to.
  private static let version = "1"

  static func json() -> [UInt8] {
    var writer = JSONWriter(reserving: 1 << 16)
    writer.object { document in
      document.member("openapi", "3.1.0")
      document.object("info") { info in
        info.member("title", "Signalbox")
        info.member("version", version)
        info.member(
          "description",
          """
          Progress of agents' tasks: read, watched and published. docs/http-api.md has the rest: how pages and cursors work, the \
          events of streams, all problem codes. x-signalbox-listeners says where a path is served.
          """)
        info.object("license") { license in
          license.member("name", "Apache-2.0")
          license.member("identifier", "Apache-2.0")
        }
      }
      document.array("servers") { list in
        for listener in ListenerName.allCases { list.object { write(listener, to: &$0) } }
      }
      document.object("paths") { paths in
        for path in Set(rows.map(\.operation.path)).sorted() {
          paths.object(path) { item in
            for method in Set(rows.filter { $0.operation.path == path }.map(\.operation.method.rawValue)).sorted() {
              let same = rows.filter { $0.operation.path == path && $0.operation.method.rawValue == method }
              item.key(method.lowercased())
              same[0].operation.write(to: &item, listeners: same.map(\.listener.rawValue))
            }
          }
        }
      }
      document.object("components", components)
    }
    return writer.bytes
  }

  private static let rows = ListenerName.allCases.flatMap { listener in
    (APITable.operations[listener] ?? []).map { (listener: listener, operation: $0) }
  }

  private static func write(_ listener: ListenerName, to server: inout JSONWriter) {
    let (port, description) =
      switch listener {
      case .public: ("8443", "The public listener: people, their pages and programs.")
      case .agents: ("8444", "The agent listener: requires a client certificate.")
      case .admin: ("8445", "The admin listener: requires a client certificate, as a rule on loopback only.")
      }
    server.member("url", "https://{host}:{port}")
    server.member("description", description)
    server.object("variables") { variables in
      variables.object("host") { $0.member("default", "localhost") }
      variables.object("port") { $0.member("default", port) }
    }
  }

  private static func components(_ components: inout JSONWriter) {
    components.object("schemas") { schemas in
      for (name, schema, meaning) in APISchemas.all {
        schemas.key(name)
        schema.write(to: &schemas, meaning)
      }
    }
    components.object("responses") { responses in
      responses.object("Problem") { problem in
        problem.member("description", "An error. Programs go by its code.")
        APIOperation.writeProblem(to: &problem)
      }
    }
    components.object("securitySchemes") { schemes in
      schemes.object("certificate") { $0.member("type", "mutualTLS") }
      schemes.object("token") { scheme in
        scheme.member("type", "http")
        scheme.member("scheme", "bearer")
        scheme.member("bearerFormat", "JWT")
      }
      schemes.object("session") { scheme in
        scheme.member("type", "apiKey")
        scheme.member("in", "cookie")
        scheme.member("name", ShownCredentials.cookieName)
      }
      schemes.object("csrf") { scheme in
        scheme.member("type", "apiKey")
        scheme.member("in", "header")
        scheme.member("name", ShownCredentials.csrfField)
      }
    }
  }
}
