extension RedisScript {
  /// Tells what has changed of what stands at somebody, and gives what has changed of what stands at all others that are alive.
  ///
  /// Of each: a hash with all of it and, under `#`, how many rounds were told; and the last rounds as a stream. Both end by themselves, and
  /// are renewed by whoever told them. They take what comes only behind what they have: the same round again changes nothing, and one
  /// behind something that is lost is refused. Who is so far behind that the stream does not reach is given the whole, of one in a call.
  static let standingsText = #"""
    local S = P .. 'standings'
    local life, name, former = tonumber(take()), take(), take()
    local base, number, told = take(), take(), tonumber(take())
    local function place(one) return S .. ':' .. one end
    local function log(one) return S .. ':' .. one .. ':log' end
    if former ~= '' then redis.call('UNLINK', place(former), log(former)) end

    local own = place(name)
    local has = redis.call('HGET', own, '#') or '0'
    local first = at + 1
    at = at + 2 * told
    if has == base and number ~= base then
      for i = first, at, 2 do
        if ARGV[i + 1] == '0' then redis.call('HDEL', own, ARGV[i]) else redis.call('HSET', own, ARGV[i], ARGV[i + 1]) end
      end
      redis.call('HSET', own, '#', number)
      redis.call('XADD', log(name), 'MAXLEN', 100, number .. '-0', unpack(ARGV, first, at))
      redis.call('SADD', S, name)
      has = number
    end
    if has ~= '0' and redis.call('PTTL', log(name)) < life * 3 / 4 then
      redis.call('PEXPIRE', own, life)
      redis.call('PEXPIRE', log(name), life)
      redis.call('PEXPIRE', S, 60000)
    end

    local heard, found, whole = {}, {}, false
    while at < #ARGV do
      local other = take()
      heard[other] = take()
    end
    for _, other in ipairs(redis.call('SMEMBERS', S)) do
      local last = redis.call('HGET', place(other), '#')
      if not last then
        redis.call('SREM', S, other)
      elseif other ~= name then
        local from = heard[other] or '0'
        local behind = tonumber(last) - tonumber(from)
        if behind >= 0 and behind <= redis.call('XLEN', log(other)) then
          local news = {}
          if behind > 0 then
            for _, round in ipairs(redis.call('XRANGE', log(other), num(tonumber(from) + 1) .. '-0', '+')) do
              for _, word in ipairs(round[2]) do news[#news + 1] = word end
            end
          end
          found[#found + 1] = {other, last, 0, news}
        elseif whole then
          found[#found + 1] = {other, from, 0, {}}
        else
          whole = true
          found[#found + 1] = {other, last, 1, redis.call('HGETALL', place(other))}
        end
      end
    end
    return {has == number and 1 or 0, found}
    """#
}
