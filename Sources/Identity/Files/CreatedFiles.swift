/// A file that is to be created.
struct NewFile {
  let path: String
  let content: String
  let mode: FileMode
  let attempt: String

  /// `holding` is what an error says the file is: `the private key`.
  init(_ path: String, content: String, mode: FileMode, holding: String) {
    self.path = path
    self.content = content
    self.mode = mode
    attempt = "create \(holding)"
  }
}

/// What one operation has created so far, so that it can be taken back when a later step fails.
struct CreatedFiles {
  private var files: [String] = []
  private var folders: [String] = []

  mutating func create(_ file: NewFile) throws(FileError) {
    try FileSystem.create(file.path, content: file.content, mode: file.mode, attempt: file.attempt)
    files.append(file.path)
  }

  mutating func createFolder(_ path: String) throws(FileError) {
    try FileSystem.createFolder(path)
    folders.append(path)
  }

  /// Removes everything that was created, latest first, and nothing else.
  func removeAll() {
    for file in files.reversed() { FileSystem.removeOwn(file: file) }
    for folder in folders.reversed() { FileSystem.removeOwn(folder: folder) }
  }
}
