-- Takes back wakes whose taker was gone before they could be handed over; the attempt does not count, and a wake that
-- was not handed over before is due when its fact was accepted, so that it still comes before those after it.
-- KEYS  1 inbox  2 attempts
-- ARGV  wake, attempt, …
-- Answers how many are due again. O(wakes · log inbox).
local function release_wakes(keys, args)
  local now = now_ms()
  local released = 0
  for i = 1, #args, 2 do
    local attempt, holder, _, reason = read_attempt(redis.call('HGET', keys[2], args[i]))
    if attempt == tonumber(args[i + 1]) and holder == '-' then
      local due = now
      if attempt == 1 then
        due = math.min(now, tonumber(string.match(args[i], '^%d+%-(%d+)%-')))
        redis.call('HDEL', keys[2], args[i])
      else
        redis.call('HSET', keys[2], args[i], attempt_state(attempt - 1, '', 0, reason))
      end
      redis.call('ZADD', keys[1], 'XX', whole(due), args[i])
      note(keys[1], string.sub(keys[1], 1, -6) .. 'meta', 'return', args[i], {attempt = attempt})
      released = released + 1
    end
  end
  return released
end
redis.register_function('thoughtbus_release_wakes', release_wakes)
