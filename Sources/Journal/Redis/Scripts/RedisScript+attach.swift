extension RedisScript {
  /// Finds the journal, or makes it, and says whether it is the one that the caller has seen: it must have the last batch that the
  /// caller knows of, unless that has been removed. If it has not, data was lost, and the epoch changes with the same stroke.
  static let attachText = #"""
    local P = string.sub(KEYS[1], 1, -8)
    local fresh, known, offset, batch = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
    local row = redis.call('HMGET', KEYS[1], 'version', 'epoch', 'tail', 'trimmed')
    if not row[2] then
      local newest = redis.call('XREVRANGE', P .. 'feed', '+', '-', 'COUNT', 1)
      local tail = newest[1] and string.match(newest[1][1], '^(%d+)') or '0'
      redis.call('HSET', KEYS[1], 'version', '1', 'epoch', fresh, 'tail', tail, 'trimmed', '0')
      return {fresh, tail, '0', known == '' and 'new' or 'lost'}
    end
    if row[1] ~= '1' then return redis.error_reply('NEWER The journal has the version ' .. tostring(row[1]) .. '.') end
    if row[2] ~= known then return {row[2], row[3], row[4], known == '' and 'same' or 'other'} end
    local isThere = tonumber(row[3]) >= offset
    if isThere and batch ~= '' then
      local entry = redis.call('XRANGE', P .. 'feed', ARGV[3], ARGV[3])[1]
      if entry then
        for i = 1, #entry[2], 2 do
          if entry[2][i] == 'batch' and entry[2][i + 1] ~= batch then isThere = false end
        end
      else
        isThere = offset <= tonumber(row[4])
      end
    end
    if isThere then return {row[2], row[3], row[4], 'same'} end
    redis.call('HSET', KEYS[1], 'epoch', fresh)
    return {fresh, row[3], row[4], 'lost'}
    """#
}
