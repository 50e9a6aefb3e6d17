import JSON
import Journal
import Wire

/// The journal as `/status` shows it.
struct JournalFacts: Sendable {
  private let place: RecordServices.Place
  private let epoch: String
  private let durability: Durability
  /// Or why nobody knows.
  private let bounds: Result<Bounds, JournalError>
  /// Of the file and the log beside it, in which the latest records are; nil where it is no file.
  private let bytes: Int64?
  private let freeBytes: Int64?

  init(of records: RecordServices) async {
    place = records.place
    epoch = records.journal.epoch
    durability = records.journal.durability
    do throws(JournalError) {
      bounds = .success(try await records.journal.bounds())
    } catch {
      bounds = .failure(error)
    }
    guard case .file(let file, _) = records.place else {
      (bytes, freeBytes) = (nil, nil)
      return
    }
    let sizes = try? await BlockingPool.shared.run {
      (FileFacts.size(of: file) ?? 0, FileFacts.size(of: file + "-wal") ?? 0, FileFacts.freeBytes(at: file))
    }
    bytes = (sizes?.0 ?? 0) + (sizes?.1 ?? 0)
    freeBytes = sizes?.2
  }

  /// - Parameter withFile: says where it is, which is for those who may see the machine.
  func write(to object: inout JSONWriter, withFile: Bool = true) {
    var limit: Int?
    switch place {
    case .file(let file, let sizeLimit):
      object.member("engine", "sqlite")
      if withFile { object.member("file", file) }
      limit = sizeLimit
    case .redis(let server):
      object.member("engine", "redis")
      if withFile { object.member("server", server) }
    }
    object.member("durability", durability.rawValue)
    object.member("epoch", epoch)
    switch bounds {
    case .success(let bounds):
      object.member("tail", Cursor(epoch: epoch, offset: bounds.tail).description)
      object.member("trimmed", Cursor(epoch: epoch, offset: bounds.trimmed).description)
    case .failure(let error):
      object.member("error", error.description)
    }
    object.member("bytes", ifPresent: bytes)
    object.member("sizeLimitBytes", ifPresent: limit)
    object.member("diskFreeBytes", ifPresent: freeBytes)
  }
}
