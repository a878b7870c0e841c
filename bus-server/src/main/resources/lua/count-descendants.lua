-- Counts facts among those that descend from one fact, each once, until they are too many.
-- KEYS  1 set of descendants
-- ARGV  1 most descendants  2 window in ms, which begins with the first  then for each fact what it is known by
-- Answers {ms until the window ends, {1 for each fact that counts among them, else 0}}. O(facts).
local function count_descendants(keys, args)
  local room = args[1] - redis.call('SCARD', keys[1])
  local counted = {}
  for i = 3, #args do
    local counts = redis.call('SISMEMBER', keys[1], args[i])
    if counts == 0 and room > 0 then
      counts = redis.call('SADD', keys[1], args[i])
      room = room - 1
    end
    counted[#counted + 1] = counts
  end
  if redis.call('PTTL', keys[1]) < 0 then redis.call('PEXPIRE', keys[1], args[2]) end
  return {redis.call('PTTL', keys[1]), counted}
end
redis.register_function('thoughtbus_count_descendants', count_descendants)
