-- Moves a replay of a namespace on by one step: keeps the lines it found and the first findings of each kind, all or
-- nothing, and ends it if that was the last step.
-- KEYS  1 replay hash  2 lines list  then for each kind of finding its list
-- ARGV  1 number of steps before  2 progress  3 lines found, or ''  4 most findings to keep of each kind
--       5 time in ms if it ends, or ''  6 how long to keep its record in ms  then for each kind: how many, finding, …
-- Answers 1; 0 if the replay does not run any more or the step has been taken already. O(findings).
local function advance_comparison(keys, args)
  local state = redis.call('HMGET', keys[1], 'state', 'serial')
  if state[1] ~= 'running' or (state[2] or '0') ~= args[1] then return 0 end
  redis.call('HSET', keys[1], 'serial', args[1] + 1, 'progress', args[2])
  if args[3] ~= '' then redis.call('RPUSH', keys[2], args[3]) end
  local at = 7
  for i = 3, #keys do
    local room = args[4] - redis.call('LLEN', keys[i])
    for j = at + 1, at + math.min(args[at], room) do redis.call('RPUSH', keys[i], args[j]) end
    at = at + 1 + args[at]
  end
  if args[5] ~= '' then
    redis.call('HSET', keys[1], 'state', 'done', 'ended', args[5])
    for i = 1, #keys do redis.call('PEXPIRE', keys[i], args[6]) end
  end
  return 1
end
redis.register_function('thoughtbus_advance_comparison', advance_comparison)
