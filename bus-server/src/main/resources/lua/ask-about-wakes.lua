-- Puts aside the facts of one shard that matched in doubt, each once: whether they wake is still to be asked.
-- KEYS  1 meta hash  2 questions
-- ARGV  1 shard  then for each fact, in order: ms, sequence, revision, wake
-- Answers how many are new; 0 for a deleted subscription and for what was put aside before. O(facts · log questions).
local function ask_about_wakes(keys, args)
  local meta = redis.call('HMGET', keys[1], 'since', 'asked' .. args[1])
  if not meta[1] then return 0 end
  local since = tonumber(meta[1])
  local last = meta[2] or '0-0'
  local now = whole(now_ms())
  local added = 0
  for i = 2, #args, 4 do
    local position = args[i] .. '-' .. args[i + 1]
    if tonumber(args[i + 2]) >= since and before(last, position) then
      redis.call('ZADD', keys[2], now, args[i + 3])
      last = position
      added = added + 1
    end
  end
  if added > 0 then redis.call('HSET', keys[1], 'asked' .. args[1], last) end
  return added
end
redis.register_function('thoughtbus_ask_about_wakes', ask_about_wakes)
