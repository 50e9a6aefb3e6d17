/// What the server carries out in one piece: nothing else happens meanwhile.
///
/// Each is given the key of the journal itself, and as its first word the epoch that the caller believes in. Under another epoch nothing is
/// done. The names of all other keys begin alike, so they are in one place also where a cluster has many.
enum RedisScript: CaseIterable, Sendable {
  case attach
  case append
  case remember
  case bounds
  case task
  case standing
  case list
  case count
  case pageOfTasks
  case pageOfAll
  case record
  case memosOfTask
  case memosOfAll
  case fetch
  case trim
  case lease
  case takeOver
  case replace
  case letter
  case ledger
  case counts
  case line
  case standings

  var text: String {
    switch self {
    case .attach: Self.attachText
    case .append: Self.prelude + Self.appendText
    case .remember: Self.prelude + Self.rememberText
    case .bounds: Self.prelude + Self.boundsText
    case .task: Self.prelude + Self.rows + Self.taskText
    case .standing: Self.prelude + Self.rows + Self.selecting + Self.standingText
    case .list: Self.prelude + Self.rows + Self.selecting + Self.listText
    case .count: Self.prelude + Self.selecting + Self.countText
    case .pageOfTasks: Self.prelude + Self.pageOfTasksText
    case .pageOfAll: Self.prelude + Self.selecting + Self.pageOfAllText
    case .record: Self.prelude + Self.recordText
    case .memosOfTask: Self.prelude + Self.memosOfTaskText
    case .memosOfAll: Self.prelude + Self.memosOfAllText
    case .fetch: Self.prelude + Self.fetchText
    case .trim: Self.prelude + Self.trimText
    case .lease: Self.prelude + Self.leaseText
    case .takeOver: Self.prelude + Self.takeOverText
    case .replace: Self.prelude + Self.replaceText
    case .letter: Self.prelude + Self.letterText
    case .ledger: Self.prelude + Self.ledgerText
    case .counts: Self.prelude + Self.countsText
    case .line: Self.prelude + Self.lineText
    case .standings: Self.prelude + Self.standingsText
    }
  }

  /// `P` is what all keys begin with. Numbers are written out by `num`: Lua's own way rounds them.
  private static let prelude = #"""
    local P = string.sub(KEYS[1], 1, -8)
    if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
      return redis.error_reply('EPOCH The journal has another epoch.')
    end
    local at = 1
    local function take() at = at + 1 return ARGV[at] end
    local function num(n) return string.format('%.0f', n) end

    """#

  private static let boundsText = #"""
    return redis.call('HMGET', KEYS[1], 'tail', 'trimmed')
    """#
}
