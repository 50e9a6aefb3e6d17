import JSON
import Journal
import Wire

/// The journal as `/status` shows it.
struct JournalFacts: Sendable {
  private let file: String
  private let epoch: String
  private let durability: Durability
  /// Or why nobody knows.
  private let bounds: Result<Bounds, JournalError>
  /// Of the file and the log beside it, in which the latest records are.
  private let bytes: Int64
  private let sizeLimit: Int?
  private let freeBytes: Int64?

  init(of records: RecordServices) async {
    file = records.file
    epoch = records.journal.epoch
    durability = records.journal.durability
    sizeLimit = records.sizeLimit
    do throws(JournalError) {
      bounds = .success(try await records.journal.bounds())
    } catch {
      bounds = .failure(error)
    }
    let sizes = try? await BlockingPool.shared.run { [file] in
      (FileFacts.size(of: file) ?? 0, FileFacts.size(of: file + "-wal") ?? 0, FileFacts.freeBytes(at: file))
    }
    bytes = (sizes?.0 ?? 0) + (sizes?.1 ?? 0)
    freeBytes = sizes?.2
  }

  /// - Parameter withFile: says where it is, which is for those who may see the machine.
  func write(to object: inout JSONWriter, withFile: Bool = true) {
    if withFile { object.member("file", file) }
    object.member("durability", durability.rawValue)
    object.member("epoch", epoch)
    switch bounds {
    case .success(let bounds):
      object.member("tail", Cursor(epoch: epoch, offset: bounds.tail).description)
      object.member("trimmed", Cursor(epoch: epoch, offset: bounds.trimmed).description)
    case .failure(let error):
      object.member("error", error.description)
    }
    object.member("bytes", bytes)
    object.member("sizeLimitBytes", ifPresent: sizeLimit)
    object.member("diskFreeBytes", ifPresent: freeBytes)
  }
}
