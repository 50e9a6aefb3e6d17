extension RedisScript {
  /// A lease is a key that ends by itself. To renew it takes no memory, so it works also where memory is full.
  static let leaseText = #"""
    local act, lease, old, time = take(), take(), take(), take()
    local key = P .. 'lease:' .. lease
    if act == 'renew' then return redis.call('PEXPIRE', key, time) end
    if act == 'alive' then
      local found = {}
      for _, one in ipairs(redis.call('SMEMBERS', P .. 'leases')) do
        if redis.call('EXISTS', P .. 'lease:' .. one) == 1 then found[#found + 1] = one end
      end
      return found
    end
    if act == 'release' then return redis.call('DEL', key) end
    redis.call('SADD', P .. 'leases', lease)
    redis.call('SET', key, '1', 'PX', time)
    if old ~= '' then redis.call('DEL', P .. 'lease:' .. string.sub(old, 2)) end
    return 1
    """#

  /// From the leases that are over, in no order; of each, the oldest tasks first. One that has no more is forgotten.
  static let takeOverText = #"""
    local lease, limit = take(), tonumber(take())
    if redis.call('EXISTS', P .. 'lease:' .. lease) == 0 then return false end
    local mine, found = P .. 'runs:' .. lease, {}
    for _, other in ipairs(redis.call('SMEMBERS', P .. 'leases')) do
      if #found >= limit then break end
      if redis.call('EXISTS', P .. 'lease:' .. other) == 0 then
        local runs = P .. 'runs:' .. other
        local some = redis.call('ZRANGE', runs, 0, limit - #found - 1, 'WITHSCORES')
        for i = 1, #some, 2 do
          redis.call('HSET', P .. 't:' .. some[i], 'lease', lease)
          redis.call('ZADD', mine, some[i + 1], some[i])
          redis.call('ZREM', runs, some[i])
          found[#found + 1] = some[i]
        end
        if redis.call('EXISTS', runs) == 0 then
          redis.call('SREM', P .. 'leases', other)
          redis.call('UNLINK', P .. 'inbox:' .. other)
        end
      end
    end
    return found
    """#

  /// The same again is done once, and true again: an answer may get lost.
  static let replaceText = #"""
    local task, name, old, new = take(), take(), take(), take()
    if redis.call('EXISTS', P .. 't:' .. task) == 0 then return 0 end
    local found = redis.call('HGET', P .. 'm:' .. task, name)
    found = found and '=' .. found or ''
    if found == new then return 1 end
    if found ~= old then return 0 end
    if new == '' then redis.call('HDEL', P .. 'm:' .. task, name)
    else redis.call('HSET', P .. 'm:' .. task, name, string.sub(new, 2)) end
    return 1
    """#

  /// To the owner of a task, or to a lease. A letter that nobody reads goes by itself: nobody waits for an answer to it so long.
  static let letterText = #"""
    local task, lease, letter = take(), take(), take()
    if task ~= '' then
      local row = redis.call('HMGET', P .. 't:' .. string.sub(task, 2), 'seq', 'final', 'lease')
      if not row[1] then return {'none'} end
      if row[2] == '1' then return {'ended'} end
      if not row[3] then return {'nobody'} end
      lease = row[3]
    end
    if redis.call('EXISTS', P .. 'lease:' .. lease) == 0 then return {'free'} end
    local inbox = P .. 'inbox:' .. lease
    if redis.call('LLEN', inbox) >= 10000 then return {'full'} end
    redis.call('RPUSH', inbox, letter)
    redis.call('PEXPIRE', inbox, 30000)
    return {'sent', lease}
    """#
}
