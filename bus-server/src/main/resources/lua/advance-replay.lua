-- Moves a replay on by one step: notes what it found and owes what it delivers, all or nothing. Where the subscription is
-- gone, so is the replay.
-- KEYS  1 inbox  2 meta hash  3 replay hash  4 matches list
-- ARGV  1 most matches to keep  2 number of steps before  3 progress
--       then for each match: position and score, wake or '' for a dry run
-- Answers how many wakes are new; -1 if the replay does not run any more or the step has been taken already.
-- O(matches · log inbox).
local function advance_replay(keys, args)
  local state = redis.call('HMGET', keys[3], 'state', 'serial')
  if state[1] ~= 'running' or (state[2] or '0') ~= args[2] then return -1 end
  if redis.call('EXISTS', keys[2]) == 0 then
    redis.call('DEL', keys[3], keys[4])
    return -1
  end
  local now = whole(now_ms())
  redis.call('HSET', keys[3], 'serial', args[2] + 1, 'progress', args[3])
  local room = args[1] - redis.call('LLEN', keys[4])
  local added = 0
  for i = 4, #args, 2 do
    if room > 0 then
      redis.call('RPUSH', keys[4], args[i])
      room = room - 1
    end
    if args[i + 1] ~= '' then added = added + redis.call('ZADD', keys[1], 'NX', now, args[i + 1]) end
  end
  return added
end
redis.register_function('thoughtbus_advance_replay', advance_replay)
