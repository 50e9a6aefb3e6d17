/// Work that cannot be cancelled midway is not held back midway either: nobody could end what waits in it.
enum Uninterrupted {
  @TaskLocal static var isInside = false
}
