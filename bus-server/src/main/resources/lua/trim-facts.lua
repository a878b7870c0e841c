-- Drops the oldest facts of a shard that are too old or too many, from live memory too, and the records of their matches.
-- KEYS  1 facts stream  2 matches stream  3… memory keys without the position, one for each model
-- ARGV  1 greatest age in ms  2 position of the oldest fact that is needed  3 most facts
-- Answers how many it dropped; not 0 means that there may be more. O(STEP · models).
local STEP = 200
local function trim_facts(keys, args)
  if args[2] == '0-0' then return 0 end
  local too_old = whole(math.max(0, now_ms() - args[1])) .. '-0'
  local length = redis.call('XLEN', keys[1])
  local dropped, last = 0, nil
  for i, entry in ipairs(redis.call('XRANGE', keys[1], '-', '(' .. args[2], 'COUNT', STEP)) do
    if i > length - args[3] and not before(entry[1], too_old) then break end
    dropped, last = i, entry[1]
    for model = 3, #keys do redis.call('DEL', keys[model] .. last) end
  end
  if dropped > 0 then
    redis.call('XTRIM', keys[1], 'MAXLEN', '=', length - dropped)
    local ms, seq = position_parts(last)
    redis.call('XTRIM', keys[2], 'MINID', '=', whole(ms) .. '-' .. whole(seq + 1))
  end
  return dropped
end
redis.register_function('thoughtbus_trim_facts', trim_facts)
