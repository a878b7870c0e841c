-- Hands over again what a stream was given after an event that its reader has seen, with the leases renewed.
-- KEYS  1 inbox  2 meta hash  3 attempts  4 what the stream holds
-- ARGV  1 name of the stream  2 serial of the last event seen
-- Answers {now in ms, lease end in ms, {wake, attempt, serial, …}}, as take-wakes does; nil if the subscription is
-- unknown. O(wakes held).
local function resume_wakes(keys, args)
  local lease = redis.call('HGET', keys[2], 'lease')
  if not lease then return nil end
  local now = now_ms()
  local until_ms = whole(now + lease)
  local given = {}
  local held = redis.call('ZRANGE', keys[4], '(' .. args[2], '+inf', 'BYSCORE', 'WITHSCORES')
  for i = 1, #held, 2 do
    local attempt, holder = read_attempt(redis.call('HGET', keys[3], held[i]))
    if holder == args[1] then
      redis.call('ZADD', keys[1], 'XX', until_ms, held[i])
      note(keys[1], keys[2], 'delivery', held[i], {attempt = attempt, after = 'stream'})
      given[#given + 1] = held[i]
      given[#given + 1] = attempt
      given[#given + 1] = tonumber(held[i + 1])
    end
  end
  return {whole(now), until_ms, given}
end
redis.register_function('thoughtbus_resume_wakes', resume_wakes)
