-- What several functions need: the clock, positions, and the life of a wake between takings.

-- Milliseconds since 1970 by Redis' clock, which all servers share.
local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- A whole number as Redis takes it: Lua would write large ones with an exponent.
local function whole(number)
  return string.format('%d', number)
end

-- The parts of a stream position.
local function position_parts(position)
  local ms, seq = string.match(position, '(%d+)-(%d+)')
  return tonumber(ms), tonumber(seq)
end

-- Whether a position comes before another.
local function before(a, b)
  local ams, aseq = position_parts(a)
  local bms, bseq = position_parts(b)
  return ams < bms or (ams == bms and aseq < bseq)
end

-- What is known of a wake that has been taken: attempts so far, who holds it ('' nobody, '-' a taker, else the name
-- of a stream), its serial in that stream, and the subscriber's last reason.
local function read_attempt(state)
  if not state then return 0, '', '0', '' end
  local attempt, holder, serial, reason = string.match(state, '^(%d+)|([^|]*)|([^|]*)|(.*)$')
  return tonumber(attempt), holder, serial, reason
end

local function attempt_state(attempt, holder, serial, reason)
  return attempt .. '|' .. holder .. '|' .. serial .. '|' .. reason
end

-- Makes a dead letter of a wake; beyond so many the oldest leaves, and that is counted. Box names the keys inbox, meta,
-- attempts, dead and epitaphs.
local MOST_DEAD = 10000
local function bury(box, wake, now, cause, attempt, reason)
  redis.call('ZREM', box.inbox, wake)
  redis.call('HDEL', box.attempts, wake)
  redis.call('ZADD', box.dead, whole(now), wake)
  redis.call('HSET', box.epitaphs, wake, cjson.encode({cause = cause, attempts = attempt, reason = reason}))
  if redis.call('ZCARD', box.dead) > MOST_DEAD then
    redis.call('HDEL', box.epitaphs, redis.call('ZPOPMIN', box.dead)[1])
    redis.call('HINCRBY', box.meta, 'dropped', 1)
  end
end

-- Takes a wake from the stream that holds it, if one does.
local function unhold(prefix, holder, wake)
  if holder ~= '' and holder ~= '-' then redis.call('ZREM', prefix .. holder, wake) end
end
