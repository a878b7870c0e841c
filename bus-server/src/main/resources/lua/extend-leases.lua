-- Keeps wakes in hand for longer.
-- KEYS  1 inbox  2 meta hash  3 attempts
-- ARGV  1 lease in ms, or '' for the subscription's  then the wakes
-- Answers {lease end in ms, {1 for each wake in hand, else 0}}; nil if the subscription is unknown. O(wakes).
local function extend_leases(keys, args)
  local lease = redis.call('HGET', keys[2], 'lease')
  if not lease then return nil end
  if args[1] ~= '' then lease = args[1] end
  local until_ms = whole(now_ms() + lease)
  local held = {}
  for i = 2, #args do
    local attempt, holder = read_attempt(redis.call('HGET', keys[3], args[i]))
    if holder ~= '' then
      redis.call('ZADD', keys[1], 'XX', until_ms, args[i])
      note(keys[1], keys[2], 'extension', args[i], {attempt = attempt, leaseUntil = tonumber(until_ms)})
    end
    held[#held + 1] = holder ~= '' and 1 or 0
  end
  return {until_ms, held}
end
redis.register_function('thoughtbus_extend_leases', extend_leases)
