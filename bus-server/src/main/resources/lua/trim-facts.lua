-- Drops the oldest facts of a shard that are too old or too many, from live memory too, and the records of their matches.
-- KEYS  1 facts stream  2 matches stream  3… memory keys without the position, one for each model
-- ARGV  1 greatest age in ms  2 position of the oldest fact that is needed  3 most facts
-- Answers how many it dropped; not 0 means that there may be more. A fact accepted while Redis' clock was ahead of what
-- it is now is as old as the first one after it whose time is not in the future. O(STEP · models).
local STEP = 200

-- When the fact of an entry was accepted.
local function accepted_ms(entry)
  local fields = entry[2]
  for i = 1, #fields, 2 do
    if fields[i] == 'a' then return tonumber(fields[i + 1]) end
  end
  return (position_parts(entry[1]))
end

local function trim_facts(keys, args)
  if args[2] == '0-0' then return 0 end
  local now = now_ms()
  local too_old = now - args[1]
  local length = redis.call('XLEN', keys[1])
  local dropped, last = 0, nil
  local oldest = redis.call('XRANGE', keys[1], '-', '(' .. args[2], 'COUNT', STEP)
  for i, entry in ipairs(oldest) do
    local accepted = accepted_ms(entry)
    if i <= length - args[3] or accepted < too_old then
      dropped, last = i, entry[1]
    elseif accepted <= now then
      break
    end
  end
  for i = 1, dropped do
    for model = 3, #keys do redis.call('DEL', keys[model] .. oldest[i][1]) end
  end
  if dropped > 0 then
    redis.call('XTRIM', keys[1], 'MAXLEN', '=', length - dropped)
    local ms, seq = position_parts(last)
    redis.call('XTRIM', keys[2], 'MINID', '=', whole(ms) .. '-' .. whole(seq + 1))
  end
  return dropped
end
redis.register_function('thoughtbus_trim_facts', trim_facts)
