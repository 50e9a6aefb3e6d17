extension RedisScript {
  /// Changes of the ledger, each under the condition that what stands there is what the caller believes: its version, nothing (an empty
  /// one), or anything ("+"). Asked for once more, because an answer was lost, a value that stands already is stored.
  ///
  /// Versions are microseconds where they can be: so what is written after the server has lost something is newer than what it lost.
  /// What removes comes first at the key, and needs no memory: it works where memory is full.
  static let ledgerText = #"""
    local L, F, T = P .. 'ledger', P .. 'ledger:feed', P .. 'ledger:tail'
    local floor, count = tonumber(take()), tonumber(take())
    local tail = tonumber(redis.call('GET', T) or '0')
    local found = {}
    for i = 1, count do
      local key, condition, puts, value = take(), take(), take() == '1', take()
      local row = redis.call('HGET', L, key)
      local version = row and string.match(row, '^%d+') or ''
      local stands = row and string.sub(row, #version + 2) or ''
      if condition == version or (condition == '+' and row) then
        local before = num(tail)
        tail = math.max(tail + 1, floor)
        if puts then
          redis.call('HSET', L, key, num(tail) .. ' ' .. value)
        else
          redis.call('HDEL', L, key)
        end
        redis.call('XADD', F, 'MAXLEN', '~', 10000, num(tail) .. '-0', 'before', before, 'key', key,
          'there', puts and '1' or '0', 'value', value)
        found[i] = {'done', num(tail), row and '1' or '0', stands}
      elseif puts and row and stands == value then
        found[i] = {'done', version, '1', stands}
      else
        found[i] = {'differs', version == '' and '0' or version, row and '1' or '0', stands}
      end
    end
    redis.call('SET', T, num(tail))
    return found
    """#
}
