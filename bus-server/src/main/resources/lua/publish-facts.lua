-- Journals facts of one shard, remembers them for their lifetimes, and remembers their idempotency keys. A fact's
-- position says when it was accepted; where the journal has come further, because Redis' clock was set back, the
-- positions go on from there and the field a says when.
-- KEYS  1 facts stream  2 memory key without the position  3… idempotency keys
-- ARGV  1 shard  2 idempotency window in ms, then for each fact: fact as JSON, vector, subject or '', lifetime in ms,
--       index of its idempotency key in KEYS or 0
-- Answers for each fact {position, 1 if its key was known and nothing was written, else 0}. O(facts).
local function publish_facts(keys, args)
  local shard, window = args[1], args[2]
  local now = whole(now_ms())

  local function publish(fact, vector, subject, lifetime, key)
    if key then
      local first = redis.call('GET', key)
      if first then return {first, 1} end
    end
    local position = redis.pcall('XADD', keys[1], now .. '-*', 'f', fact, 'v', vector)
    if type(position) == 'table' and position.err then
      position = redis.call('XADD', keys[1], '*', 'f', fact, 'v', vector, 'a', now)
    end
    if key then redis.call('SET', key, position, 'PX', window) end
    local ms, seq = position_parts(position)
    local place = string.format('%016d-%012d-%04d', ms, seq, shard)
    local memory = keys[2] .. position
    if subject == '' then
      redis.call('HSET', memory, 'v', vector, 'm', whole(ms), 'p', place)
    else
      redis.call('HSET', memory, 'v', vector, 'm', whole(ms), 'p', place, 's', subject)
    end
    redis.call('PEXPIRE', memory, lifetime)
    return {position, 0}
  end

  local answers = {}
  for i = 3, #args, 5 do
    answers[#answers + 1] = publish(args[i], args[i + 1], args[i + 2], args[i + 3], keys[tonumber(args[i + 4])])
  end
  return answers
end
redis.register_function('thoughtbus_publish_facts', publish_facts)
