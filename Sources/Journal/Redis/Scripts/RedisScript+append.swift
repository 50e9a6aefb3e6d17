extension RedisScript {
  /// Decides about a batch, numbers its records and stores them. The order of what is looked at is that of the SQLite engine.
  ///
  /// The first thing written is the counter: where memory is full, Redis refuses that, and with it the whole.
  static let appendText = #"""
    local bound, task, time, id, key, fence = take(), take(), take(), take(), take(), take()
    local T, R = P .. 't:' .. task, P .. 'r:' .. task
    if bound ~= '' then
      -- Sent before, and nobody knows what became of it. If it is stored, it is behind what its sender had seen then.
      local newest = '+'
      while true do
        local found = redis.call('XREVRANGE', R, newest, '(' .. bound, 'COUNT', 100)
        if #found == 0 then break end
        for _, entry in ipairs(found) do
          if entry[2][12] == id then return {'stored', string.match(entry[1], '^%d+'), entry[2][2], entry[2][4]} end
        end
        newest = '(' .. found[#found][1]
      end
    end
    local function opening() return {take(), take(), take(), take(), take(), take()} end
    local fresh = take() == '1' and opening() or nil
    local expected = take() == '1' and opening() or nil
    local producer, epoch, seq, through, due
    if take() == '1' then producer, epoch, seq, through, due = take(), take(), take(), take(), take() end
    local row = redis.call('HMGET', T, 'seq', 'final', 'updated', 'first',
      'owner', 'tenant', 'agent', 'title', 'key', 'context', 'lease')
    local lease = string.sub(fence, 2)
    if fresh then
      if fresh[5] ~= '' then
        local known = redis.call('HGET', P .. 'openings', #fresh[1] .. ':' .. fresh[1] .. fresh[5])
        if known then return {'opened', known} end
      end
      if row[1] then return {'exists'} end
      if fence ~= '' and redis.call('EXISTS', P .. 'lease:' .. lease) == 0 then return {'foreign'} end
      if producer and seq ~= '1' then return {'gap', '1'} end
    elseif not row[1] then
      return {'none'}
    elseif fence ~= '' and row[11] ~= lease then
      return {'foreign'}
    end
    local current = fresh or {row[5], row[6], row[7], row[8], row[9], row[10]}
    if expected then
      for i = 1, 6 do if current[i] ~= expected[i] then return {'none'} end end
    end
    if key ~= '' then
      local known = redis.call('HGET', P .. 'k:' .. task, key)
      if known then return {'key', known} end
    end
    if producer then
      -- As text, because Lua's numbers end at 2^53.
      local function less(a, b)
        local x, y = string.sub(a, 1, 1) == '-', string.sub(b, 1, 1) == '-'
        if x ~= y then return x end
        if x then a, b = string.sub(b, 2), string.sub(a, 2) end
        if #a ~= #b then return #a < #b end
        for i = 1, #a do
          if string.byte(a, i) ~= string.byte(b, i) then return string.byte(a, i) < string.byte(b, i) end
        end
        return false
      end
      local had, last, wanted = epoch, '0', '1'
      local known = redis.call('HGET', P .. 'p:' .. task, producer)
      if known then had, last, wanted = string.match(known, '^(%S+) (%S+) (%S+)$') end
      if less(epoch, had) then return {'fenced', had} end
      if less(had, epoch) then last, wanted = '0', '1' end
      if less(wanted, seq) then return {'gap', wanted} end
      if less(seq, wanted) then return {'stamp', last} end
    end
    local mayFollow = take() == '1'
    local final = row[2] == '1'
    if final and not mayFollow then return {'ended'} end

    local count = tonumber(take())
    -- Behind the records: whether there is a change, its state, and whether that is the end. With the end of a run comes what came of all that
    -- was wanted of it, which nobody but whoever has it can tell, and behind it nobody looks any more.
    local change = at + 3 * count + 1
    local isEnd = not final and ARGV[change] == '1' and ARGV[change + 2] == '1'
    if isEnd and row[11] and fence == '' then return {'foreign'} end
    local tail = redis.call('HINCRBY', KEYS[1], 'tail', count)
    local offset, number = tail - count, tonumber(row[1] or '0')
    local first = row[4] or num(offset + 1)
    for i = 1, count do
      offset, number = offset + 1, number + 1
      local kind, origin, payload = take(), take(), take()
      redis.call('XADD', R, num(offset) .. '-0', 'seq', num(number), 'time', time, 'kind', kind, 'origin', origin,
        'payload', payload, 'batch', i == count and id or '')
    end
    local last, updated = num(tail), row[3]
    if not updated or tonumber(updated) < tonumber(time) then updated = time end
    local set = {'seq', num(number), 'last', last, 'updated', updated}
    local function put(name, value) set[#set + 1] = name set[#set + 1] = value end
    if fresh then
      put('owner', fresh[1]) put('tenant', fresh[2]) put('agent', fresh[3]) put('title', fresh[4]) put('key', fresh[5])
      put('context', fresh[6]) put('first', first) put('opened', time)
      if fence ~= '' then put('lease', lease) end
    end
    local ends = false
    if take() == '1' then
      put('state', take())
      ends = take() == '1' and not final
      local snapshot, said = take(), take()
      if snapshot ~= '' then put('snapshot', string.sub(snapshot, 2)) end
      if said ~= '' then put('said', said) end
    elseif fresh then
      put('state', '')
    end
    if ends or fresh then put('final', ends and '1' or '0') end
    redis.call('HSET', T, unpack(set))
    redis.call('ZADD', P .. 'updated', last, task)
    if fresh then
      redis.call('ZADD', P .. 'all', first, task)
      redis.call('ZADD', P .. 'owner:' .. fresh[1], first, task)
      redis.call('ZADD', P .. 'agent:' .. fresh[3], first, task)
      if fresh[2] ~= '' then redis.call('ZADD', P .. 'tenant:' .. fresh[2], first, task) end
      if not ends then
        redis.call('ZADD', P .. 'running', first, task)
        if fence ~= '' then redis.call('ZADD', P .. 'runs:' .. lease, first, task) end
      end
      if fresh[5] ~= '' then
        redis.call('HSET', P .. 'openings', #fresh[1] .. ':' .. fresh[1] .. fresh[5], task)
      end
    elseif ends then
      redis.call('ZREM', P .. 'running', task)
      if row[11] then redis.call('ZREM', P .. 'runs:' .. row[11], task) end
    end
    final = final or ends
    if final then
      redis.call('ZADD', P .. 'ended', last, task)
      redis.call('ZADD', P .. 'aged', updated, task)
    end
    for i = 1, tonumber(take()) do
      local name, body = take(), take()
      if body == '' then redis.call('HDEL', P .. 'm:' .. task, name)
      else redis.call('HSET', P .. 'm:' .. task, name, string.sub(body, 2)) end
    end
    if key ~= '' then redis.call('HSET', P .. 'k:' .. task, key, num(number)) end
    if producer then redis.call('HSET', P .. 'p:' .. task, producer, epoch .. ' ' .. through .. ' ' .. due) end
    redis.call('XADD', P .. 'feed', last .. '-0', 'task', task, 'count', num(count), 'seq', num(number), 'time', time,
      'final', final and '1' or '0', 'first', first, 'batch', id)
    return {'stored', last, num(number), time}
    """#

  static let rememberText = #"""
    local task, fence = take(), take()
    local row = redis.call('HMGET', P .. 't:' .. task, 'seq', 'lease')
    if not row[1] then return 0 end
    if fence ~= '' and row[2] ~= string.sub(fence, 2) then return 2 end
    for i = 1, tonumber(take()) do
      local name, body = take(), take()
      if body == '' then redis.call('HDEL', P .. 'm:' .. task, name)
      else redis.call('HSET', P .. 'm:' .. task, name, string.sub(body, 2)) end
    end
    return 1
    """#
}
