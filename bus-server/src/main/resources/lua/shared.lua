-- What several functions need: the clock, positions, journalling, and the life of a wake between takings.

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

-- The last position of a stream, also if its entry is gone; 0-0 if it never had one.
local function last_position(stream)
  if redis.call('EXISTS', stream) == 0 then return '0-0' end
  local info = redis.call('XINFO', 'STREAM', stream)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return info[i + 1] end
  end
end

-- Journals a fact, remembers it for its lifetime unless memory is nil, and answers its position. That says when it was
-- accepted; where the journal has come further, because Redis' clock was set back, the positions go on from there and
-- the field a says when.
local function journal_fact(facts, memory, shard, now, fact, vector, subject, lifetime, salt)
  local position = redis.pcall('XADD', facts, now .. '-*', 'f', fact, 'v', vector, 's', salt)
  if type(position) == 'table' and position.err then
    position = redis.call('XADD', facts, '*', 'f', fact, 'v', vector, 'a', now, 's', salt)
  end
  if not memory then return position end
  local ms, seq = position_parts(position)
  local remembered = {'v', vector, 'm', whole(ms), 'p', string.format('%016d-%012d-%04d', ms, seq, shard)}
  if subject ~= '' then
    remembered[7] = 's'
    remembered[8] = subject
  end
  redis.call('HSET', memory .. position, unpack(remembered))
  redis.call('PEXPIRE', memory .. position, lifetime)
  return position
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

-- Notes for the ledger what was done, in a list that is emptied when it has been taken. Each act has a number that none of
-- its list had before. Acts that find the list full are counted, and the next one that does not tells how many those are.
local MOST_NOTED = 100000
local function append_note(trail, counter, life, act)
  if redis.call('LLEN', trail) >= MOST_NOTED then
    redis.call('HINCRBY', counter, 'untold', 1)
    return
  end
  local function push(what)
    local number = redis.call('HINCRBY', counter, 'acts', 1)
    redis.call('RPUSH', trail, life .. '-' .. whole(number) .. '|' .. cjson.encode(what))
  end
  local untold = redis.call('HGET', counter, 'untold')
  if untold then
    redis.call('HDEL', counter, 'untold')
    push({kind = 'gap', at = now_ms(), untold = tonumber(untold)})
  end
  push(act)
end

-- Notes what became of a wake. Its trail lies beside its inbox.
local function note(inbox, meta, kind, wake, act)
  if not NOTING then return end
  act.kind = kind
  act.wake = wake
  act.at = now_ms()
  local life = redis.call('HGET', meta, 'since')
  if life then append_note(string.sub(inbox, 1, -6) .. 'trail', meta, life, act) end
end

-- Makes a dead letter of a wake; beyond so many the oldest leaves, and that is counted. Box names the keys inbox, meta,
-- attempts, dead and epitaphs.
local MOST_DEAD = 10000
local function bury(box, wake, now, cause, attempt, reason)
  redis.call('ZREM', box.inbox, wake)
  redis.call('HDEL', box.attempts, wake)
  redis.call('ZADD', box.dead, whole(now), wake)
  redis.call('HSET', box.epitaphs, wake, cjson.encode({cause = cause, attempts = attempt, reason = reason}))
  note(box.inbox, box.meta, 'death', wake, {cause = cause, attempts = attempt, reason = reason})
  if redis.call('ZCARD', box.dead) > MOST_DEAD then
    redis.call('HDEL', box.epitaphs, redis.call('ZPOPMIN', box.dead)[1])
    redis.call('HINCRBY', box.meta, 'dropped', 1)
  end
end

-- Takes a wake from the stream that holds it, if one does.
local function unhold(prefix, holder, wake)
  if holder ~= '' and holder ~= '-' then redis.call('ZREM', prefix .. holder, wake) end
end
