-- Drops the oldest facts of a shard that are too old or too many, from live memory too, with the records of their matches
-- and answers.
-- KEYS  1 facts stream  2 matches stream  3 dispatch hash  4 withdrawn hash  5 erased
--       6… keys without the position: of answers, and of memory for each model
-- ARGV  1 greatest age in ms  2 position of the oldest fact that is needed  3 most facts
-- Answers how many it dropped; not 0 means that there may be more. A fact accepted while Redis' clock was ahead of what
-- it is now is as old as the first one after it whose time is not in the future. Of facts that were erased and are too
-- old nothing is kept either. A fact that was taken back stays, with all after it, until that is dispatched. O(STEP · models).
local STEP = 200

-- When the fact of an entry was accepted.
local function accepted_ms(entry)
  local fields = entry[2]
  for i = 1, #fields, 2 do
    if fields[i] == 'a' then return tonumber(fields[i + 1]) end
  end
  return (position_parts(entry[1]))
end

-- Whether what takes a fact back is still to be dispatched: whom it tells is in the record of the fact's matches.
local function is_to_be_told(withdrawn, position, cursor)
  local by = redis.call('HGET', withdrawn, position)
  return by and before(cursor, string.match(by, '%S+$'))
end

local function trim_facts(keys, args)
  if args[2] == '0-0' then return 0 end
  local now = now_ms()
  local too_old = now - args[1]
  local gone = redis.call('ZRANGE', keys[5], '-inf', '(' .. whole(too_old), 'BYSCORE', 'LIMIT', 0, STEP)
  for _, position in ipairs(gone) do
    redis.call('HDEL', keys[4], position)
    redis.call('DEL', keys[6] .. position)
    redis.call('ZREM', keys[5], position)
  end
  local length = redis.call('XLEN', keys[1])
  local cursor = redis.call('HGET', keys[3], 'cursor') or '0-0'
  local dropped, last = 0, nil
  local oldest = redis.call('XRANGE', keys[1], '-', '(' .. args[2], 'COUNT', STEP)
  for i, entry in ipairs(oldest) do
    local accepted = accepted_ms(entry)
    if i <= length - args[3] or accepted < too_old then
      if is_to_be_told(keys[4], entry[1], cursor) then break end
      dropped, last = i, entry[1]
    elseif accepted <= now then
      break
    end
  end
  for i = 1, dropped do
    redis.call('HDEL', keys[4], oldest[i][1])
    for further = 6, #keys do redis.call('DEL', keys[further] .. oldest[i][1]) end
  end
  if dropped > 0 then
    redis.call('XTRIM', keys[1], 'MAXLEN', '=', length - dropped)
    redis.call('HSET', keys[3], 'trimmed', last)
    local ms, seq = position_parts(last)
    redis.call('XTRIM', keys[2], 'MINID', '=', whole(ms) .. '-' .. whole(seq + 1))
  end
  return dropped
end
redis.register_function('thoughtbus_trim_facts', trim_facts)
