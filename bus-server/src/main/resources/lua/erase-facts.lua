-- Removes facts of one shard from the journal and from live memory, and notes their positions as those of erased facts.
-- KEYS  1 facts stream  2 erased  3… memory keys without the position, one for each model
-- ARGV  the positions
-- Answers how many the journal held. O(facts · models).
local function erase_facts(keys, args)
  local erased = 0
  for _, position in ipairs(args) do
    for model = 3, #keys do redis.call('DEL', keys[model] .. position) end
    if redis.call('XDEL', keys[1], position) == 1 then
      redis.call('ZADD', keys[2], whole((position_parts(position))), position)
      erased = erased + 1
    end
  end
  return erased
end
redis.register_function('thoughtbus_erase_facts', erase_facts)
