-- Hands over wakes that are due, the longest due first, each to one taker until its lease ends.
-- KEYS  1 inbox  2 meta hash  3 attempts  4 dead  5 epitaphs  [6 what the stream holds]
-- ARGV  1 most wakes, for a stream those it holds included  2 name of the stream, or ''  3 prefix of keys like 6
--       4 most wakes in this turn
-- Answers {now in ms, lease end in ms, next due time in ms or '', {wake, attempt, serial, …}}; nil if the
-- subscription is unknown. A wake without an attempt left is buried on the way. O(wakes · log inbox).
local function take_wakes(keys, args)
  local meta = redis.call('HMGET', keys[2], 'lease', 'attempts')
  if not meta[1] then return nil end
  local box = {inbox = keys[1], meta = keys[2], attempts = keys[3], dead = keys[4], epitaphs = keys[5]}
  local now = now_ms()
  local until_ms = whole(now + meta[1])
  local most = tonumber(args[1])
  if keys[6] then
    for _, wake in ipairs(redis.call('ZRANGE', keys[6], 0, -1)) do
      local due = redis.call('ZSCORE', box.inbox, wake)
      if due and tonumber(due) > now then most = most - 1 else redis.call('ZREM', keys[6], wake) end
    end
  end
  most = math.min(most, tonumber(args[4]))
  local taken, count = {}, 0
  while count < most do
    local due = redis.call('ZRANGE', box.inbox, '-inf', whole(now), 'BYSCORE', 'LIMIT', 0, most - count)
    if #due == 0 then break end
    for _, wake in ipairs(due) do
      local attempt, holder, _, reason = read_attempt(redis.call('HGET', box.attempts, wake))
      unhold(args[3], holder, wake)
      if attempt >= tonumber(meta[2]) then
        bury(box, wake, now, 'unanswered', attempt, reason)
      else
        local serial = 0
        if keys[6] then
          serial = redis.call('HINCRBY', keys[2], 'serial', 1)
          redis.call('ZADD', keys[6], serial, wake)
        end
        redis.call('ZADD', box.inbox, until_ms, wake)
        redis.call('HSET', box.attempts, wake, attempt_state(attempt + 1, keys[6] and args[2] or '-', serial, reason))
        local after = attempt > 0 and (holder ~= '' and 'lease' or 'rest') or nil
        note(box.inbox, box.meta, 'delivery', wake, {attempt = attempt + 1, after = after})
        taken[#taken + 1] = wake
        taken[#taken + 1] = attempt + 1
        taken[#taken + 1] = serial
        count = count + 1
      end
    end
  end
  if keys[6] and count > 0 then redis.call('PEXPIRE', keys[6], math.max(meta[1] * 2, 3600000)) end
  local next_due = redis.call('ZRANGE', box.inbox, 0, 0, 'WITHSCORES')
  return {whole(now), until_ms, next_due[2] or '', taken}
end
redis.register_function('thoughtbus_take_wakes', take_wakes)
