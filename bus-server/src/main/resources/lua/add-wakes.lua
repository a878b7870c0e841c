-- Owes a subscriber the facts of one shard that matched, each once, in order.
-- KEYS  1 inbox  2 meta hash
-- ARGV  1 shard  then for each fact, in order: ms, sequence, revision, wake
-- Answers how many are new; 0 for a deleted subscription and for what was owed before. O(facts · log inbox).
local function add_wakes(keys, args)
  local meta = redis.call('HMGET', keys[2], 'since', 'last' .. args[1])
  if not meta[1] then return 0 end
  local since = tonumber(meta[1])
  local lastms, lastseq = position_parts(meta[2] or '0-0')
  local now = now_ms()
  local added = 0
  for i = 2, #args, 4 do
    local ms, seq = tonumber(args[i]), tonumber(args[i + 1])
    if tonumber(args[i + 2]) >= since and (ms > lastms or (ms == lastms and seq > lastseq)) then
      redis.call('ZADD', keys[1], whole(math.min(ms, now)), args[i + 3])
      lastms, lastseq = ms, seq
      added = added + 1
    end
  end
  if added > 0 then
    redis.call('HSET', keys[2], 'last' .. args[1], string.format('%d-%d', lastms, lastseq))
  end
  return added
end
redis.register_function('thoughtbus_add_wakes', add_wakes)
