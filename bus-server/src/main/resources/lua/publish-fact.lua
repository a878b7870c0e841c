-- Journals a fact, remembers it for its lifetime, and remembers its idempotency key.
-- KEYS  1 facts stream  2 memory key without the position  [3 idempotency key]
-- ARGV  1 fact as JSON  2 vector  3 subject or ''  4 lifetime in ms  5 shard
--       [6 idempotency window in ms]
-- Answers {position, 1 if the key was known and nothing was written, else 0}. O(1).
local function publish_fact(keys, args)
  if keys[3] then
    local first = redis.call('GET', keys[3])
    if first then return {first, 1} end
  end
  local position = redis.call('XADD', keys[1], '*', 'f', args[1], 'v', args[2])
  if keys[3] then redis.call('SET', keys[3], position, 'PX', args[6]) end
  local ms, seq = position_parts(position)
  local place = string.format('%016d-%012d-%04d', ms, seq, args[5])
  local memory = keys[2] .. position
  redis.call('HSET', memory, 'v', args[2], 'm', whole(ms), 'p', place)
  if args[3] ~= '' then redis.call('HSET', memory, 's', args[3]) end
  redis.call('PEXPIRE', memory, args[4])
  return {position, 0}
end
redis.register_function('thoughtbus_publish_fact', publish_fact)
