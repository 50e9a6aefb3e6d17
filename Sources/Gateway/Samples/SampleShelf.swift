import HTTP
import JSON
package import Wire

/// Files to try the agents with, read once at start. Only what its index names then can be asked for, so no path leads out of the folder.
package struct SampleShelf: Sendable {
  struct Sample: Sendable, Equatable {
    let name: String
    let title: String
    /// A sentence.
    let description: String
    let bytes: [UInt8]

    var mediaType: String { MediaTypes.forPath(name) }
  }

  static let empty = SampleShelf(samples: [])
  package static let indexName = "index.json"
  private static let countLimit = 100
  private static let byteLimit = 1 << 20

  /// In the order of the index.
  let samples: [Sample]

  subscript(name: String) -> Sample? { samples.first { $0.name == name } }

  private init(samples: [Sample]) {
    self.samples = samples
  }

  /// Reads `index.json`, a list of `{"name":…,"title":…,"description":…}`, and the files that it names. Throws with the file that is wrong.
  /// Blocks: not for a loop's thread.
  package static func load(_ folder: String) throws(WireError) -> SampleShelf {
    let index = "\(folder)/\(indexName)"
    let bytes = try FileContents.read(index, limit: byteLimit)
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw WireError(.file, "\(index) is no JSON: at its byte \(error.offset + 1), \(error.reason).")
    }
    guard value.kind == .array, value.count <= countLimit else {
      throw WireError(.file, "\(index) has to be a list of at most \(countLimit) objects.")
    }
    var samples: [Sample] = []
    for (place, entry) in value.elements.enumerated() {
      let sample = try sample(entry, in: folder, at: "Entry \(place + 1) of \(index)")
      guard !samples.contains(where: { $0.name == sample.name }) else {
        throw WireError(.file, "\(index) names \(sample.name) twice.")
      }
      samples.append(sample)
    }
    return SampleShelf(samples: samples)
  }

  private static func sample(
    _ entry: JSONValue, in folder: String, at place: String
  ) throws(WireError) -> Sample {
    guard let name = entry["name"]?.string, let title = entry["title"]?.string,
      let description = entry["description"]?.string, !title.isEmpty, !description.isEmpty
    else { throw WireError(.file, "\(place) needs \"name\", \"title\" and \"description\", each a text.") }
    guard isPlain(name) else {
      throw WireError(
        .file,
        "\(place) has the name \(Excerpt.quoting(name.utf8)). A name is one of a file in the folder: letters, digits, and "
          + "- _ . in ASCII, with none of these at its beginning.")
    }
    return Sample(
      name: name, title: title, description: description,
      bytes: try FileContents.read("\(folder)/\(name)", limit: byteLimit, followsLinks: false))
  }

  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.first, first.isASCII, first.isLetter || first.isNumber, name.utf8.count <= 100 else {
      return false
    }
    return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
  }
}
