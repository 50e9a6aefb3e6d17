extension RedisScript {
  /// `row` gives a task as `RedisRows` reads it.
  static let rows = #"""
    local function row(id, isLean)
      local found = redis.call('HMGET', P .. 't:' .. id, 'owner', 'tenant', 'agent', 'title', 'key', 'context', 'said',
        'state', 'final', 'opened', 'updated', 'first', 'last', 'seq', isLean and '' or 'snapshot', 'lease')
      if not found[1] then return nil end
      found[17] = redis.call('HGET', P .. 'm:' .. id, 'outline')
      found[18] = id
      return found
    end

    """#

  /// Who may see what, and walks through tasks from the newest on, along several sorted sets at once.
  static let selecting = #"""
    local function alternatives()
      local all = {}
      for i = 1, tonumber(take()) do
        local one = {owner = take(), tenant = take()}
        local count = tonumber(take())
        if count >= 0 then
          one.agents = {}
          for j = 1, count do one.agents[take()] = true end
        end
        all[i] = one
      end
      return all
    end
    -- The owner is plain in the row of a task, the tenant has "=" before it there, too.
    local function isVisible(all, owner, tenant, agent)
      for _, one in ipairs(all) do
        if (one.owner == '' or string.sub(one.owner, 2) == owner) and (one.tenant == '' or one.tenant == tenant)
          and (not one.agents or one.agents[agent]) then return true end
      end
      return false
    end
    local function sources(all)
      local found, names = {}, {}
      local function add(name)
        if not found[name] then found[name] = true names[#names + 1] = name end
      end
      for _, one in ipairs(all) do
        if one.owner ~= '' then add('owner:' .. string.sub(one.owner, 2))
        elseif one.tenant ~= '' then add('tenant:' .. one.tenant)
        elseif one.agents then for agent in pairs(one.agents) do add('agent:' .. agent) end
        else return {'all'} end
      end
      return names
    end
    -- Calls visit with each task, until it returns true or the budget is spent: then the place to go on from is given.
    local function walk(names, before, budget, visit)
      local lanes = {}
      local function fill(lane)
        lane.items = redis.call('ZREVRANGEBYSCORE', lane.key, lane.place, '-inf', 'WITHSCORES', 'LIMIT', 0, 100)
        lane.at = 1
        if #lane.items > 0 then lane.place = '(' .. lane.items[#lane.items] end
      end
      for i, name in ipairs(names) do
        lanes[i] = {key = P .. name, place = before == '' and '+inf' or '(' .. before}
        fill(lanes[i])
      end
      while true do
        local best, id
        for _, lane in ipairs(lanes) do
          if lane.at > #lane.items and #lane.items == 200 then fill(lane) end
          if lane.at <= #lane.items then
            local score = tonumber(lane.items[lane.at + 1])
            if not best or score > best then best, id = score, lane.items[lane.at] end
          end
        end
        if not best then return '' end
        if budget == 0 then return num(best + 1) end
        budget = budget - 1
        for _, lane in ipairs(lanes) do
          if lane.at <= #lane.items and tonumber(lane.items[lane.at + 1]) == best then lane.at = lane.at + 2 end
        end
        if visit(id) then return '' end
      end
    end
    local function query()
      local q = {visible = alternatives()}
      local count = tonumber(take())
      if count >= 0 then
        q.states = {}
        for i = 1, count do q.states[take()] = true end
      end
      q.final, q.agent, q.owner, q.context = take(), take(), take(), take()
      q.since, q.order, q.text = tonumber(take()), take(), string.lower(take())
      return q
    end
    local function fits(q, id)
      local f = redis.call('HMGET', P .. 't:' .. id, 'owner', 'tenant', 'agent', 'context', 'state', 'final', 'updated',
        'title', 'said')
      return f[1] and isVisible(q.visible, f[1], f[2], f[3]) and (not q.states or q.states[f[5]])
        and (q.final == '' or q.final == f[6]) and (q.agent == '' or q.agent == '=' .. f[3])
        and (q.owner == '' or q.owner == '=' .. f[1]) and (q.context == '' or q.context == f[4])
        and (not q.since or tonumber(f[7]) >= q.since)
        and (q.text == '' or string.find(string.lower(f[9] and string.sub(f[9], 2) or f[8]), q.text, 1, true)
          or string.find(string.lower(id), q.text, 1, true))
    end
    local function places(q)
      if #q.visible == 0 then return {} end
      if q.order == 'update' then return {'updated'} end
      if q.final == '0' then return {'running'} end
      if q.owner ~= '' then return {'owner:' .. string.sub(q.owner, 2)} end
      return sources(q.visible)
    end

    """#

  static let taskText = #"""
    return row(take()) or false
    """#

  static let listText = #"""
    local q = query()
    local before, limit, isLean, budget = take(), tonumber(take()), take() == '1', tonumber(take())
    local found = {''}
    if limit > 0 then
      found[1] = walk(places(q), before, budget, function(id)
        if fits(q, id) then found[#found + 1] = row(id, isLean) end
        return #found > limit
      end)
    end
    return found
    """#

  static let countText = #"""
    local q = query()
    local before, budget = take(), tonumber(take())
    local count = 0
    local place = walk(places(q), before, budget, function(id)
      if fits(q, id) then count = count + 1 end
    end)
    return {place, count}
    """#

  /// By name, or: those that run, and then the newest that have ended as long as there is room.
  static let standingText = #"""
    local found = {redis.call('HGET', KEYS[1], 'tail')}
    if take() == 'tasks' then
      for i = 1, tonumber(take()) do found[#found + 1] = row(take()) end
      return found
    end
    local all, limit = alternatives(), tonumber(take())
    local function gather(names, final, most)
      walk(#all == 0 and {} or names, '', -1, function(id)
        if most <= 0 then return true end
        local one = redis.call('HMGET', P .. 't:' .. id, 'owner', 'tenant', 'agent', 'final')
        if one[4] == final and isVisible(all, one[1], one[2], one[3]) then
          found[#found + 1] = row(id)
          most = most - 1
        end
        return most <= 0
      end)
    end
    gather({'running'}, '0', 1000)
    gather(sources(all), '1', limit - (#found - 1))
    return found
    """#
}
