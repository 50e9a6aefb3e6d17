import Glibc

/// What SQLite's write-ahead log holds behind its last commit: SQLite passes over it in silence, and people want to know.
/// The format: sqlite.org, "WAL-mode File Format".
struct WriteAheadLog {
  /// Bytes of a transaction that was cut off.
  var lostBytes = 0

  static func tail(of path: String) throws(JournalError) -> WriteAheadLog {
    guard let file = unsafe fopen(path + "-wal", "re") else { return WriteAheadLog() }
    defer { unsafe _ = fclose(file) }
    func read(_ count: Int) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: count)
      let got = unsafe fread(&bytes, 1, count, file)
      return Array(bytes.prefix(got))
    }
    guard let header = Header(read(32)) else { return WriteAheadLog() }
    var checksum = header.checksum
    var uncommitted = 0
    while true {
      let frame = read(24 + header.pageSize)
      // Frames of an earlier round of the log follow behind the last one of this: they have another salt.
      guard frame.count >= 16, frame[8..<16].elementsEqual(header.salts) else { break }
      guard frame.count == 24 + header.pageSize else {
        uncommitted += frame.count
        break
      }
      checksum.add(frame[..<8], isBigEndian: header.isBigEndian)
      checksum.add(frame[24...], isBigEndian: header.isBigEndian)
      guard checksum.matches(frame[16..<24]) else {
        uncommitted += frame.count
        break
      }
      uncommitted += frame.count
      if frame[4..<8].contains(where: { $0 != 0 }) { uncommitted = 0 }
    }
    return WriteAheadLog(lostBytes: uncommitted)
  }

  private struct Header {
    let isBigEndian: Bool
    let pageSize: Int
    let salts: [UInt8]
    let checksum: Checksum

    init?(_ bytes: [UInt8]) {
      guard bytes.count == 32 else { return nil }
      let magic = Self.number(bytes[0..<4])
      guard magic & 0xFFFF_FFFE == 0x377F_0682 else { return nil }
      isBigEndian = magic & 1 == 1
      pageSize = Int(Self.number(bytes[8..<12]))
      guard pageSize >= 512, pageSize <= 65_536, pageSize.nonzeroBitCount == 1 else { return nil }
      salts = Array(bytes[16..<24])
      var sum = Checksum()
      sum.add(bytes[..<24], isBigEndian: isBigEndian)
      guard sum.matches(bytes[24..<32]) else { return nil }
      checksum = sum
    }

    static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
  }

  /// Fibonacci weights over pairs of words, as the format has it.
  private struct Checksum {
    var first: UInt32 = 0
    var second: UInt32 = 0

    mutating func add(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) {
      // Safety: pairs of words that lie within the bytes, and need not be aligned.
      unsafe bytes.withUnsafeBytes { bytes in
        for index in stride(from: 0, to: bytes.count - 7, by: 8) {
          first &+= unsafe word(bytes, index, isBigEndian) &+ second
          second &+= unsafe word(bytes, index + 4, isBigEndian) &+ first
        }
      }
    }

    private func word(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ isBigEndian: Bool) -> UInt32 {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self)
      return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
    }

    func matches(_ bytes: ArraySlice<UInt8>) -> Bool {
      Header.number(bytes.prefix(4)) == first && Header.number(bytes.suffix(4)) == second
    }
  }
}
