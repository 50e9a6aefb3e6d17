/// What a reading thread is asked to do.
struct ReaderJob: Sendable {
  let body: @Sendable (Result<JournalReader, JournalError>) -> Void

  init(_ body: @escaping @Sendable (Result<JournalReader, JournalError>) -> Void) {
    self.body = body
  }
}

/// The life of a reading thread.
enum ReaderLoop {
  static func run(_ path: String, threads: JournalThreads<ReaderJob>) {
    serve(path, threads: threads)
    // Only now is its connection closed: while one is open, SQLite leaves the log of writes beside the file.
    threads.reportEnd()
  }

  private static func serve(_ path: String, threads: JournalThreads<ReaderJob>) {
    let reader = Result { () throws(JournalError) in try JournalReader(path) }
    while let jobs = threads.next(limit: 1) {
      for job in jobs { job.body(reader) }
    }
  }
}
