extension RedisScript {
  /// Which tasks of all gateways have places at their agents, and which wait. It gives places as a gateway does that is alone:
  /// whoever was served longest ago is next, and of one owner the first come.
  ///
  /// A ticket is `NUMBER LEASE AGENT OWNER`; tickets are numbered as they come. Everything may be asked twice: a ticket is there once.
  /// Whoever is given a place behind somebody else's back finds a letter about it. Who waits under a lease that is over is passed by until
  /// another gateway has taken over. Those who wait stand in one sorted set for each agent and owner, so that a full agent's line is not walked.
  static let lineText =
    #"""
    local L = P .. 'line:'
    local RUNNING, WAITING, COUNTS, PLACES = L .. 'running', L .. 'waiting', L .. 'counts', L .. 'places'
    local SERVED, OWNERS = L .. 'served', L .. 'owners'
    local act, lease, most, each, room = take(), take(), tonumber(take()), tonumber(take()), tonumber(take())
    local alive = {}

    local function lives(one)
      if alive[one] == nil then alive[one] = redis.call('EXISTS', P .. 'lease:' .. one) == 1 end
      return alive[one]
    end
    local function count(name) return tonumber(redis.call('HGET', COUNTS, name) or '0') end
    local function add(name, by)
      if redis.call('HINCRBY', COUNTS, name, by) <= 0 then redis.call('HDEL', COUNTS, name) end
    end
    local function ticket(where, task)
      local text = redis.call('HGET', where, task)
      if not text then return nil end
      local number, holder, agent, owner = string.match(text, '^(%d+) (%S+) (%S+) (.*)$')
      return {task = task, number = tonumber(number), lease = holder, agent = agent, owner = owner}
    end
    local function write(where, one)
      redis.call('HSET', where, one.task, num(one.number) .. ' ' .. one.lease .. ' ' .. one.agent .. ' ' .. one.owner)
    end
    local function those(agent, owner) return L .. 'of:' .. agent .. ' ' .. owner end

    local function wait(one)
      write(WAITING, one)
      redis.call('ZADD', those(one.agent, one.owner), num(one.number), one.task)
      add('waiting', 1) add('waiting at ' .. one.agent, 1) add('waiting of ' .. one.owner, 1)
      redis.call('ZADD', OWNERS, 'NX', redis.call('HGET', SERVED, one.owner) or '0', one.owner)
    end
    local function place(one)
      write(RUNNING, one)
      add('running', 1) add('running at ' .. one.agent, 1) add('running of ' .. one.owner, 1)
      local turn = redis.call('HINCRBY', COUNTS, 'turn', 1)
      redis.call('HSET', SERVED, one.owner, turn)
      if count('waiting of ' .. one.owner) > 0 then redis.call('ZADD', OWNERS, turn, one.owner) end
    end
    local function drop(task)
      local one, where = ticket(RUNNING, task), 'running'
      if one then
        redis.call('HDEL', RUNNING, task)
      else
        one, where = ticket(WAITING, task), 'waiting'
        if not one then return end
        redis.call('HDEL', WAITING, task)
        redis.call('ZREM', those(one.agent, one.owner), task)
      end
      add(where, -1) add(where .. ' at ' .. one.agent, -1) add(where .. ' of ' .. one.owner, -1)
      if count('waiting of ' .. one.owner) == 0 then
        redis.call('ZREM', OWNERS, one.owner)
        if count('running of ' .. one.owner) == 0 then redis.call('HDEL', SERVED, one.owner) end
      end
    end

    -- Agents that have a place for somebody who waits, and how many.
    local function free()
      local found, places = {}, redis.call('HGETALL', PLACES)
      for i = 1, #places, 2 do
        local left = tonumber(places[i + 1]) - count('running at ' .. places[i])
        if left > 0 and count('waiting at ' .. places[i]) > 0 then found[places[i]] = left end
      end
      return found
    end
    local function first(owner, agents)
      local best
      for agent in pairs(agents) do
        for _, task in ipairs(redis.call('ZRANGE', those(agent, owner), 0, 99)) do
          local one = ticket(WAITING, task)
          if lives(one.lease) then
            if not best or one.number < best.number then best = one end
            break
          end
        end
      end
      return best
    end
    local function next_one(agents)
      local best
      local owners = redis.call('ZRANGE', OWNERS, 0, -1, 'WITHSCORES')
      for i = 1, #owners, 2 do
        local isServed = owners[i + 1] ~= '0'
        if best and isServed then return best end
        local one = count('running of ' .. owners[i]) < each and first(owners[i], agents)
        if one and isServed then return one end
        -- Of those who were never served, the first come.
        if one and (not best or one.number < best.number) then best = one end
      end
      return best
    end
    -- Gives all places that there are. Gives those of this lease, and writes letters to the others.
    local function fill()
      local mine, others = {}, {}
      local left = most - count('running')
      local agents = left > 0 and free() or {}
      while left > 0 and next(agents) do
        local one = next_one(agents)
        if not one then break end
        drop(one.task)
        place(one)
        left = left - 1
        agents[one.agent] = agents[one.agent] > 1 and count('waiting at ' .. one.agent) > 0 and agents[one.agent] - 1 or nil
        if one.lease == lease then mine[#mine + 1] = one.task
        else
          others[one.lease] = others[one.lease] or {}
          table.insert(others[one.lease], one.task)
        end
      end
      for other, tasks in pairs(others) do
        redis.call('RPUSH', P .. 'inbox:' .. other, cjson.encode({placed = tasks}))
        redis.call('PEXPIRE', P .. 'inbox:' .. other, 30000)
      end
      return mine
    end
    local function fits(one)
      return count('running') < most and count('running of ' .. one.owner) < each
        and count('running at ' .. one.agent) < tonumber(redis.call('HGET', PLACES, one.agent))
    end

    -- Gives what became of it. One that was there under another lease is this one's from now on.
    local function enter(how, task, agent, owner)
      for _, where in ipairs({RUNNING, WAITING}) do
        local one = ticket(where, task)
        if one and one.lease ~= lease then
          one.lease = lease
          write(where, one)
        end
        if one and (where == RUNNING or how ~= 'keep') then return where == RUNNING and 'runs' or 'waits' end
      end
      local one = {task = task, lease = lease, agent = agent, owner = owner}
      if how == 'keep' then drop(task)
      elseif not fits(one) and how == 'enter' and count('waiting') >= room then return 'full' end
      one.number = redis.call('HINCRBY', COUNTS, 'number', 1)
      if how == 'keep' or fits(one) then
        place(one)
        return 'runs'
      end
      wait(one)
      return 'waits'
    end

    """# + lineActs

  /// Those that a gateway has forgotten to take out, and those that nobody will take out: what was never stored, or has ended.
  private static let lineActs = #"""
    local function tidy(kept, seen)
      for _, where in ipairs({RUNNING, WAITING}) do
        for _, task in ipairs(redis.call('HKEYS', where)) do
          local one = ticket(where, task)
          if one.lease == lease then
            if not kept[task] and one.number <= seen then drop(task) end
          elseif not lives(one.lease) then
            local row = redis.call('HMGET', P .. 't:' .. task, 'seq', 'final')
            if not row[1] or row[2] == '1' then drop(task) end
          end
        end
      end
    end

    if act == 'look' then
      local owners, waiting = {}, redis.call('HGETALL', WAITING)
      for _, owner in ipairs(redis.call('ZRANGE', OWNERS, 0, -1)) do
        owners[#owners + 1] = {owner, redis.call('HGET', SERVED, owner) or '0', num(count('running of ' .. owner))}
      end
      return {num(count('running')), owners, waiting}
    end
    -- Nobody without a lease has a place: others would never hear that it is over.
    if not lives(lease) then return {'over', '0', {}} end
    local state, kept = 'done', {}
    if act == 'leave' then
      local task = take()
      local one = ticket(RUNNING, task) or ticket(WAITING, task)
      -- Another gateway's may not be taken out by the one that had it before.
      if one and one.lease == lease then drop(task) end
    elseif act == 'settle' then
      local seen = tonumber(take())
      while at < #ARGV do
        local how, task, agent, owner, places = take(), take(), take(), take(), take()
        redis.call('HSET', PLACES, agent, places)
        kept[task] = enter(how, task, agent, owner)
      end
      tidy(kept, seen)
    else
      local task, agent, owner, places = take(), take(), take(), take()
      redis.call('HSET', PLACES, agent, places)
      state = enter(act, task, agent, owner)
    end
    local mine = fill()
    -- Whatever became of the letters that said so.
    for task, how in pairs(kept) do
      if how == 'runs' then mine[#mine + 1] = task end
    end
    return {state, num(count('number')), mine}
    """#
}
