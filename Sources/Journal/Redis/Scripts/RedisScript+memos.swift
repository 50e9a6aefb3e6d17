extension RedisScript {
  static let memosOfTaskText = #"""
    local all, prefix, found = redis.call('HGETALL', P .. 'm:' .. take()), take(), {}
    for i = 1, #all, 2 do
      if string.sub(all[i], 1, #prefix) == prefix then
        found[#found + 1] = all[i]
        found[#found + 1] = all[i + 1]
      end
    end
    return found
    """#

  /// Oldest task first, some tasks at once: gives the place to go on from, or nothing.
  static let memosOfAllText = #"""
    local name, prefix, place, budget = take(), take(), take(), tonumber(take())
    local tasks = redis.call('ZRANGEBYSCORE', P .. name, place == '' and '-inf' or '(' .. place, '+inf', 'WITHSCORES',
      'LIMIT', 0, budget)
    local found = {#tasks == 2 * budget and tasks[#tasks] or ''}
    for t = 1, #tasks, 2 do
      local all = redis.call('HGETALL', P .. 'm:' .. tasks[t])
      for i = 1, #all, 2 do
        if string.sub(all[i], 1, #prefix) == prefix then
          found[#found + 1] = tasks[t]
          found[#found + 1] = all[i]
          found[#found + 1] = all[i + 1]
        end
      end
    end
    return found
    """#

  /// Some of the tasks that may go, whole; their records go behind them, some at each call, so that nobody waits long.
  ///
  /// What is written first takes no memory, so that this works above all where memory is full.
  static let trimText = #"""
    local keep, age = take(), take()
    local left, done = 2000, 0
    while left > 0 do
      local key = redis.call('LINDEX', P .. 'gone', 0)
      if not key then break end
      local entries = redis.call('XRANGE', key, '-', '+', 'COUNT', math.min(left, 500))
      if #entries == 0 then
        redis.call('UNLINK', key)
        redis.call('LPOP', P .. 'gone')
      else
        local told = {}
        for _, entry in ipairs(entries) do
          if entry[2][12] ~= '' then told[#told + 1] = entry[1] end
        end
        if #told > 0 then redis.call('XDEL', P .. 'feed', unpack(told)) end
        local last = tonumber(string.match(entries[#entries][1], '^%d+'))
        redis.call('XTRIM', key, 'MINID', num(last + 1))
        left = left - #entries
      end
      done = done + 1
    end
    if left <= 0 then return {0, 0, 0, 1} end
    local tasks = {}
    if keep ~= '' then
      local surplus = redis.call('ZCARD', P .. 'ended') - tonumber(keep)
      if surplus > 0 then tasks = redis.call('ZRANGE', P .. 'ended', 0, math.min(surplus, 64) - 1) end
    end
    if #tasks == 0 and age ~= '' then
      tasks = redis.call('ZRANGEBYSCORE', P .. 'aged', '-inf', age, 'LIMIT', 0, 64)
    end
    local records, through = 0, tonumber(redis.call('HGET', KEYS[1], 'trimmed'))
    for _, task in ipairs(tasks) do
      local T, R = P .. 't:' .. task, P .. 'r:' .. task
      local row = redis.call('HMGET', T, 'owner', 'tenant', 'agent', 'key', 'first', 'last', 'seq')
      for _, name in ipairs({'all', 'updated', 'ended', 'aged', 'owner:' .. row[1], 'agent:' .. row[3]}) do
        redis.call('ZREM', P .. name, task)
      end
      if row[2] ~= '' then redis.call('ZREM', P .. 'tenant:' .. row[2], task) end
      if row[4] ~= '' then redis.call('HDEL', P .. 'openings', #row[1] .. ':' .. row[1] .. row[4]) end
      redis.call('RENAME', R, P .. 'gone:' .. row[5])
      redis.call('RPUSH', P .. 'gone', P .. 'gone:' .. row[5])
      redis.call('UNLINK', T, P .. 'm:' .. task, P .. 'k:' .. task, P .. 'p:' .. task)
      records = records + tonumber(row[7])
      through = math.max(through, tonumber(row[6]))
    end
    if #tasks > 0 then redis.call('HSET', KEYS[1], 'trimmed', num(through)) end
    return {#tasks, records, num(through), #tasks > 0 and 1 or 0}
    """#
}
