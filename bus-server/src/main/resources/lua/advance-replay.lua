-- Moves a replay on: notes what it found, owes what it delivers, and stores its next state, all or nothing.
-- KEYS  1 inbox  2 meta hash  3 replay hash  4 matches list
-- ARGV  1 most matches to keep  2 number of the following fields and values  then field, value, …
--       then for each match: position and score, wake or '' for a dry run
-- Answers how many wakes are new; -1 if the replay does not run any more. O(matches · log inbox).
local function advance_replay(keys, args)
  if redis.call('HGET', keys[3], 'state') ~= 'running' or redis.call('EXISTS', keys[2]) == 0 then return -1 end
  local now = whole(now_ms())
  local matches = args[2] + 3
  for i = 3, matches - 1, 2 do redis.call('HSET', keys[3], args[i], args[i + 1]) end
  local room = args[1] - redis.call('LLEN', keys[4])
  local added = 0
  for i = matches, #args, 2 do
    if room > 0 then
      redis.call('RPUSH', keys[4], args[i])
      room = room - 1
    end
    if args[i + 1] ~= '' then added = added + redis.call('ZADD', keys[1], 'NX', now, args[i + 1]) end
  end
  return added
end
redis.register_function('thoughtbus_advance_replay', advance_replay)
