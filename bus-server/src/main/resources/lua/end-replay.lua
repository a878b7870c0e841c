-- Ends a replay that runs or is paused: its record is kept for a while.
-- KEYS  1 replay hash  then the lists of what it found
-- ARGV  1 state  2 time in ms  3 failure or ''  4 how long to keep the record in ms
-- Answers 1 if it had not ended. O(1).
local function end_replay(keys, args)
  local state = redis.call('HGET', keys[1], 'state')
  if state ~= 'running' and state ~= 'paused' then return 0 end
  redis.call('HSET', keys[1], 'state', args[1], 'ended', args[2])
  if args[3] ~= '' then redis.call('HSET', keys[1], 'failure', args[3]) end
  for i = 1, #keys do redis.call('PEXPIRE', keys[i], args[4]) end
  return 1
end
redis.register_function('thoughtbus_end_replay', end_replay)
