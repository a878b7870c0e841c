-- Ends a replay that runs: its record is kept for a while.
-- KEYS  1 replay hash  2 matches list
-- ARGV  1 state  2 time in ms  3 failure or ''  4 how long to keep the record in ms
-- Answers 1 if it ran. O(1).
local function end_replay(keys, args)
  if redis.call('HGET', keys[1], 'state') ~= 'running' then return 0 end
  redis.call('HSET', keys[1], 'state', args[1], 'ended', args[2])
  if args[3] ~= '' then redis.call('HSET', keys[1], 'failure', args[3]) end
  redis.call('PEXPIRE', keys[1], args[4])
  redis.call('PEXPIRE', keys[2], args[4])
  return 1
end
redis.register_function('thoughtbus_end_replay', end_replay)
