import CSQLite
import Glibc
import Synchronization

/// A file system below SQLite that fails when a test says so, in that test's folder.
enum FaultyDisk {
  enum Fault: Sendable {
    /// Nothing can be written any more.
    case noRoom
    /// What was written is not brought to the disk.
    case failedSync
  }

  /// By folder.
  private static let faults = Mutex<[String: Fault]>([:])
  /// By the address of SQLite's file.
  private static let paths = Mutex<[UInt: String]>([:])

  /// Under all of SQLite in this process from now on.
  static let isInstalled: Bool = {
    guard let usual = unsafe sqlite3_vfs_find(nil) else { return false }
    let faulty = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    unsafe faulty.initialize(to: usual.pointee)
    unsafe faulty.pointee.zName = UnsafePointer(strdup("faulty"))
    unsafe faulty.pointee.xOpen = openFaulty
    return unsafe sqlite3_vfs_register(faulty, 1) == SQLITE_OK
  }()

  static func set(_ fault: Fault?, below folder: String) {
    faults.withLock { $0[folder] = fault }
  }

  static func note(_ path: String, of file: UInt) {
    paths.withLock { $0[file] = path }
  }

  static func fault(of file: UInt) -> Fault? {
    guard let path = paths.withLock({ $0[file] }) else { return nil }
    return faults.withLock { faults in faults.first { path.hasPrefix($0.key + "/") }?.value }
  }
}

private typealias Methods = sqlite3_io_methods

/// SQLite's own methods, and the same ones with ours among them.
@safe private struct FaultyMethods: @unchecked Sendable {
  // @unchecked: made once for each, never changed or freed.
  let own: UnsafePointer<Methods>
  let faulty: UnsafePointer<Methods>

  static let all = Mutex<[FaultyMethods]>([])

  static func faulty(for own: UnsafePointer<Methods>) -> UnsafePointer<Methods> {
    unsafe find(own).faulty
  }

  private static func find(_ own: UnsafePointer<Methods>) -> FaultyMethods {
    let address = UInt(bitPattern: own)
    return all.withLock { all in
      if let known = all.first(where: { unsafe UInt(bitPattern: $0.own) == address }) { return known }
      // Of this address: the caller's pointer, which may not be taken into the lock.
      let own = unsafe UnsafePointer<Methods>(bitPattern: address).unsafelyUnwrapped
      let copy = UnsafeMutablePointer<Methods>.allocate(capacity: 1)
      unsafe copy.initialize(to: own.pointee)
      unsafe copy.pointee.xWrite = writeFaulty
      unsafe copy.pointee.xSync = syncFaulty
      let made = unsafe FaultyMethods(own: own, faulty: UnsafePointer(copy))
      all.append(made)
      return made
    }
  }

  static func own(of file: UnsafeMutablePointer<sqlite3_file>) -> Methods? {
    let address = unsafe UInt(bitPattern: file.pointee.pMethods)
    return all.withLock { all in
      all.first { unsafe UInt(bitPattern: $0.faulty) == address }.map { unsafe $0.own.pointee }
    }
  }
}

@c private func openFaulty(
  _ vfs: UnsafeMutablePointer<sqlite3_vfs>?, _ name: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?,
  _ flags: Int32, _ found: UnsafeMutablePointer<Int32>?
) -> Int32 {
  guard let usual = unsafe sqlite3_vfs_find("unix"), let file = unsafe file else { return SQLITE_CANTOPEN }
  let code = unsafe usual.pointee.xOpen(usual, name, file, flags, found)
  guard code == SQLITE_OK, let methods = unsafe file.pointee.pMethods, let name = unsafe name else { return code }
  unsafe FaultyDisk.note(String(cString: name), of: UInt(bitPattern: file))
  unsafe file.pointee.pMethods = FaultyMethods.faulty(for: methods)
  return code
}

@c private func writeFaulty(
  _ file: UnsafeMutablePointer<sqlite3_file>?, _ bytes: UnsafeRawPointer?, _ count: Int32, _ offset: Int64
) -> Int32 {
  guard let file = unsafe file, let own = unsafe FaultyMethods.own(of: file) else { return SQLITE_IOERR }
  if FaultyDisk.fault(of: UInt(bitPattern: file)) == .noRoom { return SQLITE_FULL }
  return unsafe own.xWrite(file, bytes, count, offset)
}

@c private func syncFaulty(_ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32) -> Int32 {
  guard let file = unsafe file, let own = unsafe FaultyMethods.own(of: file) else { return SQLITE_IOERR }
  // SQLITE_IOERR_FSYNC, which is a macro that Swift does not see.
  if FaultyDisk.fault(of: UInt(bitPattern: file)) == .failedSync { return SQLITE_IOERR | (4 << 8) }
  return unsafe own.xSync(file, flags)
}
