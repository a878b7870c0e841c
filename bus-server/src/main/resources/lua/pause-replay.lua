-- Pauses a replay that runs, or resumes one that is paused.
-- KEYS  1 replay hash
-- ARGV  1 1 to pause, 0 to resume  2 time in ms
-- Answers 1 if that changed its state. O(1).
local function pause_replay(keys, args)
  local state = redis.call('HGET', keys[1], 'state')
  if args[1] == '1' and state == 'running' then
    return redis.call('HSET', keys[1], 'state', 'paused', 'paused', args[2]) and 1
  end
  if args[1] == '0' and state == 'paused' then
    redis.call('HDEL', keys[1], 'paused')
    return redis.call('HSET', keys[1], 'state', 'running') and 1
  end
  return 0
end
redis.register_function('thoughtbus_pause_replay', pause_replay)
