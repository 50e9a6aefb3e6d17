import A2A
import HTTP
import JSON
import Wire

/// A result of an analysis as a file to keep: an artifact of its task.
struct AnalysisFile: Equatable {
  enum Kind: String, CaseIterable, Sendable {
    /// The decision.
    case json
    /// The report.
    case html

    /// What the surveillance agents call it.
    var artifact: String {
      switch self {
      case .json: "decision"
      case .html: "report"
      }
    }

    var meaning: String {
      switch self {
      case .json: "decision as JSON"
      case .html: "report as HTML"
      }
    }

    fileprivate var mediaType: String {
      switch self {
      case .json: "application/json"
      case .html: "text/html; charset=utf-8"
      }
    }

    /// Nil: it is no such thing.
    fileprivate func content(of part: Part) -> [UInt8]? {
      switch (self, part.content) {
      case (.json, .data(let value)): value.bytes.map { $0 }
      case (.html, .text(let text)) where part.mediaType?.hasPrefix("text/html") == true: Array(text.utf8)
      case (.html, .raw(let bytes)) where part.mediaType?.hasPrefix("text/html") == true: bytes
      default: nil
      }
    }
  }

  let name: String
  let content: [UInt8]
  private let kind: Kind

  /// Nil: there is none.
  /// - Parameter name: of the artifact; nil: the one that is meant as a rule.
  init?(_ kind: Kind, named name: String?, among artifacts: [Artifact], of task: String) throws(Refusal) {
    let found = artifacts.compactMap { artifact -> (id: String, name: String?, content: [UInt8])? in
      guard artifact.parts.count == 1, let content = kind.content(of: artifact.parts[0]) else { return nil }
      return (artifact.id, artifact.parts[0].filename, content)
    }
    let wanted = name ?? kind.artifact
    // Where several specialists were at work, each has left its own.
    let several = found.filter { $0.id.hasPrefix("\(wanted)-") }
    let exact = found.first { $0.id == wanted }
    guard exact != nil || name != nil || several.count <= 1 else {
      let names = several.map { Excerpt.quoting($0.id.utf8) }.joined(separator: ", ")
      throw .badQuery("The task has several: \(names). Name one: ?artifact=\(several[0].id).")
    }
    guard let file = exact ?? (name == nil ? several.first : nil) else { return nil }
    self.kind = kind
    content = file.content
    self.name = Self.safe(file.name) ?? "\(kind.artifact)-\(task).\(kind.rawValue)"
  }

  /// To be kept, and not to be looked at here: what an agent has written is no page of this site, and has no rights of one.
  var response: Response {
    Response(
      fields: HTTPFields([
        ("content-type", kind.mediaType), ("content-disposition", "attachment; filename=\"\(name)\""),
        ("content-security-policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
        ("cache-control", "no-store"),
      ]), body: .bytes(content))
  }

  /// What stands in a field, and in nobody's folder of another name.
  private static func safe(_ name: String?) -> String? {
    guard let name else { return nil }
    let kept = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
    let text = String(kept.drop { $0 == "." }.prefix(120))
    return text.isEmpty ? nil : text
  }
}
