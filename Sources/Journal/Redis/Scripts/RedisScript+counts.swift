extension RedisScript {
  /// Tells what somebody has counted, if anything, and gives what all have told since a place; without a place, only where the stream is.
  ///
  /// Nothing is kept for more than a minute. A place that is behind the end is one of a server that has lost its data.
  static let countsText = #"""
    local C = P .. 'counts'
    local from, number, place = take(), take(), take()
    local function time(id) return tonumber(string.match(id, '^%d+')) end
    if at < #ARGV then
      local id = redis.call('XADD', C, 'MAXLEN', '~', 1000, '*', 'from', from, 'number', number, unpack(ARGV, at + 1))
      redis.call('XTRIM', C, 'MINID', num(math.max(0, time(id) - 60000)))
      redis.call('PEXPIRE', C, 60000)
    end
    local last = redis.call('XREVRANGE', C, '+', '-', 'COUNT', 1)[1]
    if not last then return {place == '' and '0-0' or place, {}} end
    if place == '' or time(last[1]) < time(place) then return {last[1], {}} end
    local found = redis.call('XREAD', 'COUNT', 50, 'STREAMS', C, place)
    local rounds = found and found[1][2] or {}
    return {#rounds > 0 and rounds[#rounds][1] or place, rounds}
    """#
}
