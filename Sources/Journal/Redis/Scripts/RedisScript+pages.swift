extension RedisScript {
  /// Records of named tasks in the order of the journal: along all of them at once, no more than fit.
  static let pageOfTasksText = #"""
    local offset, records, bytes, some = take(), tonumber(take()), tonumber(take()), take() == '1'
    local found = {redis.call('HGET', KEYS[1], 'tail'), '1'}
    local lanes, count = {}, tonumber(take())
    local chunk = count == 1 and math.max(1, math.min(records + 1, 128)) or 8
    local function fill(lane)
      lane.items = redis.call('XRANGE', lane.key, lane.place, '+', 'COUNT', chunk)
      lane.at = 1
      if #lane.items > 0 then lane.place = '(' .. lane.items[#lane.items][1] end
    end
    local function head(lane)
      if lane.at > #lane.items then
        if #lane.items < chunk then return nil end
        fill(lane)
        if #lane.items == 0 then return nil end
      end
      return lane.items[lane.at]
    end
    for i = 1, count do
      lanes[i] = {key = P .. 'r:' .. take(), place = '(' .. offset, index = i - 1}
      fill(lanes[i])
    end
    local got = 0
    while true do
      local best, entry, least
      for _, lane in ipairs(lanes) do
        local one = head(lane)
        local place = one and tonumber(string.match(one[1], '^%d+'))
        if one and (not least or place < least) then best, entry, least = lane, one, place end
      end
      if not best then return found end
      bytes = bytes - #entry[2][10]
      if (some or got > 0) and (got >= records or bytes < 0) then
        found[2] = '0'
        return found
      end
      got = got + 1
      found[#found + 1] = best.index
      found[#found + 1] = entry
      best.at = best.at + 1
    end
    """#

  /// Records of all tasks that may be seen, along the feed. Ends early where much was passed over.
  static let pageOfAllText = #"""
    local offset, records, bytes, some = take(), tonumber(take()), tonumber(take()), take() == '1'
    local window = tonumber(take())
    local all = alternatives()
    local tail = redis.call('HGET', KEYS[1], 'tail')
    local found = {tail, 'all'}
    if #all == 0 then return found end
    local seen, got, batches, start, place = {}, 0, 0, tonumber(offset), offset
    local function mayBeSeen(task)
      if seen[task] == nil then
        local one = redis.call('HMGET', P .. 't:' .. task, 'owner', 'tenant', 'agent')
        seen[task] = one[1] and isVisible(all, one[1], one[2], one[3]) or false
      end
      return seen[task]
    end
    while true do
      local entries = redis.call('XRANGE', P .. 'feed', '(' .. place, '+', 'COUNT', 100)
      if #entries == 0 then return found end
      for _, entry in ipairs(entries) do
        local last, task = string.match(entry[1], '^%d+'), entry[2][2]
        -- A cursor may stand within a batch.
        local from = math.max(start, tonumber(last) - tonumber(entry[2][4]))
        while mayBeSeen(task) do
          local some_ = redis.call('XRANGE', P .. 'r:' .. task, '(' .. num(from), last, 'COUNT', 128)
          for _, record in ipairs(some_) do
            bytes = bytes - #record[2][10]
            if (some or got > 0) and (got >= records or bytes < 0) then
              found[1], found[2] = num(from), 'full'
              return found
            end
            got = got + 1
            from = tonumber(string.match(record[1], '^%d+'))
            found[#found + 1] = task
            found[#found + 1] = record
          end
          if #some_ < 128 then break end
        end
        place, batches = last, batches + 1
        if batches >= 1000 or tonumber(last) - start >= window then
          found[1], found[2] = last, 'more'
          return found
        end
      end
    end
    """#

  /// One record by its number. Offsets and numbers of a task grow together, so it is found by halves.
  static let recordText = #"""
    local R, task, want = nil, take(), tonumber(take())
    local row = redis.call('HMGET', P .. 't:' .. task, 'first', 'last', 'seq')
    if not row[1] or want < 1 or want > tonumber(row[3]) then return false end
    R = P .. 'r:' .. task
    local low, high = tonumber(row[1]), tonumber(row[2])
    while low <= high do
      local middle = math.floor((low + high) / 2)
      local entry = redis.call('XREVRANGE', R, num(middle), '-', 'COUNT', 1)[1]
      local seq = entry and tonumber(entry[2][2]) or 0
      if seq == want then return entry end
      if seq < want then low = middle + 1
      else high = tonumber(string.match(entry[1], '^%d+')) - 1 end
    end
    return false
    """#

  /// What the feed has told of: the records of batches, and how their tasks were opened. A task that has gone has none.
  static let fetchText = #"""
    local found = {}
    for i = 1, tonumber(take()) do
      local task, first, from, to = take(), take(), take(), take()
      local row = redis.call('HMGET', P .. 't:' .. task, 'owner', 'tenant', 'agent', 'title', 'key', 'context', 'first')
      if row[7] == first then
        found[i] = {row, redis.call('XRANGE', P .. 'r:' .. task, from, to)}
      else
        found[i] = false
      end
    end
    return found
    """#
}
