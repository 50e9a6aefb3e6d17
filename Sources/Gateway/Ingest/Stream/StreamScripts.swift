/// What is asked of Redis in one piece, so that nobody else is in between. Each looks at the lease first; `other` is the answer to one whose
/// lease has gone. Keys: the stream, the lease, the stream of what was refused, which journal. Arguments: the group, who asks, and what is said below.
enum StreamScripts {
  /// Takes or renews the lease. Also asked by those that wait for it, and by whoever wants to know how much there is to do.
  ///
  /// Arguments: milliseconds, the journal's epoch. Answer: `mine` or `other`, 1 where it was taken anew, milliseconds that another may have it
  /// yet, what nobody was given yet (-1: the server does not know), what is not settled, what was refused, and the epoch of the journal into
  /// which the one before has written, where that is another.
  static let hold = #"""
    if not redis.REDIS_VERSION_NUM then return redis.error_reply('TOOOLD 7.0 or newer is needed') end
    local S, L, R = KEYS[1], KEYS[2], KEYS[3]
    local group, me, ttl = ARGV[1], ARGV[2], ARGV[3]
    local holder = redis.call('GET', L)
    local mine = not holder or holder == me
    if mine and not holder then
      -- Not with each renewal: that the group has gone is to be noticed, and said, by whoever reads with it. From the beginning: what is
      -- there already is not passed over.
      local made = redis.pcall('XGROUP', 'CREATE', S, group, '0', 'MKSTREAM')
      if type(made) == 'table' and made.err and not string.find(made.err, 'BUSYGROUP', 1, true) then return made end
    end
    local left = 0
    if mine then redis.call('SET', L, me, 'PX', ttl) else left = redis.call('PTTL', L) end
    local lag, pending = -1, 0
    if redis.call('EXISTS', S) == 1 then
      for _, found in ipairs(redis.call('XINFO', 'GROUPS', S)) do
        local facts = {}
        for i = 1, #found, 2 do facts[found[i]] = found[i + 1] end
        if facts['name'] == group then lag, pending = facts['lag'] or -1, facts['pending'] end
      end
    end
    local refused = redis.call('EXISTS', R) == 1 and redis.call('XLEN', R) or 0
    local journal = ''
    if mine and not holder then
      local before = redis.call('GET', KEYS[4])
      if before and before ~= ARGV[4] then journal = before end
      redis.call('SET', KEYS[4], ARGV[4])
    end
    return {mine and 'mine' or 'other', (mine and not holder) and 1 or 0, left, lag, pending, refused, journal}
    """#

  /// Everything that somebody was given and nobody has settled, from an id on, in order; consumers that have nothing left go.
  ///
  /// Arguments: from which id, how many, the largest field. Answer: `some`, the id to go on from (0-0: that was all), entries, how many of
  /// them the stream has let go of.
  static let claim =
    lease + shown + #"""
      local found = redis.call('XAUTOCLAIM', S, group, me, '0', ARGV[3], 'COUNT', ARGV[4])
      if found[1] == '0-0' then
        for _, one in ipairs(redis.call('XINFO', 'CONSUMERS', S, group)) do
          local facts = {}
          for i = 1, #one, 2 do facts[one[i]] = one[i + 1] end
          if facts['name'] ~= me and facts['pending'] == 0 then
            redis.call('XGROUP', 'DELCONSUMER', S, group, facts['name'])
          end
        end
      end
      return {'some', found[1], shown(found[2], tonumber(ARGV[5])), #(found[3] or {})}
      """#

  /// What nobody was given yet.
  ///
  /// Arguments: how many, the largest field. Answer: `some`, entries, how many the stream had let go of before anybody was given them, and
  /// the id of the last that somebody was given.
  static let read =
    lease + shown + #"""
      local function facts(flat)
        local named = {}
        for i = 1, #flat, 2 do named[flat[i]] = flat[i + 1] end
        return named
      end
      local function mine()
        for _, found in ipairs(redis.call('XINFO', 'GROUPS', S)) do
          local one = facts(found)
          if one['name'] == group then return one end
        end
        return {}
      end
      if redis.call('EXISTS', S) == 0 then return redis.error_reply('NOGROUP the stream has gone') end
      local stream, before, missed = facts(redis.call('XINFO', 'STREAM', S)), mine(), 0
      local gone = stream['entries-added'] - stream['length']
      if before['entries-read'] and gone > before['entries-read'] then
        missed = gone - before['entries-read']
        redis.call('XGROUP', 'SETID', S, group, before['last-delivered-id'], 'ENTRIESREAD', gone)
      end
      local found = redis.call('XREADGROUP', 'GROUP', group, me, 'COUNT', ARGV[3], 'STREAMS', S, '>')
      local entries = found and found[1] and found[1][2] or {}
      return {'some', shown(entries, tonumber(ARGV[4])), missed, mine()['last-delivered-id'] or '0-0'}
      """#

  /// Settles entries. Those that were refused go to a stream of their own, with all that they had and the reason before it, once.
  ///
  /// Arguments: how many entries that one may have, the number of ids that are done, these; then id, code and reason of each that was
  /// refused. Answer: `done`.
  static let settle =
    lease + #"""
      local last = 4 + tonumber(ARGV[4])
      for i = 5, last do redis.call('XACK', S, group, ARGV[i]) end
      for i = last + 1, #ARGV, 3 do
        if redis.call('XACK', S, group, ARGV[i]) == 1 then
          local found = redis.call('XRANGE', S, ARGV[i], ARGV[i])
          local words = {'refused-entry', ARGV[i], 'refused-code', ARGV[i + 1], 'refused-reason', ARGV[i + 2]}
          local fields = found[1] and found[1][2] or {'refused-content', 'gone: the stream was trimmed'}
          for _, word in ipairs(fields) do words[#words + 1] = word end
          redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[3], '*', unpack(words))
        end
      end
      return {'done'}
      """#

  /// Gives the lease back.
  static let release = #"""
    if redis.call('GET', KEYS[2]) == ARGV[2] then return {'done', redis.call('DEL', KEYS[2])} end
    return {'other'}
    """#

  private static let lease = #"""
    local S, group, me = KEYS[1], ARGV[1], ARGV[2]
    if redis.call('GET', KEYS[2]) ~= me then return {'other'} end

    """#

  /// Entries with their fields; of what is too large, its length alone.
  private static let shown = #"""
    local function shown(entries, limit)
      local all = {}
      for _, entry in ipairs(entries) do
        local fields, large = entry[2], 0
        for i = 1, #fields do
          if #fields[i] > limit then
            large = math.max(large, #fields[i])
            fields[i] = ''
          end
        end
        all[#all + 1] = {entry[1], fields, large}
      end
      return all
    end

    """#
}
