-- Carries out verdicts on wakes in hand.
-- KEYS  1 inbox  2 meta hash  3 attempts  4 dead  5 epitaphs  6 judgements stream
-- ARGV  1 prefix of the keys of what streams hold  then for each verdict: wake, done|later|never, attempt or '',
--       delay in ms or '', factor of the backoff, reason, 1|0|'' for relevant
-- Answers for each verdict {'done'} | {'later', due time in ms} | {'dead'} | {'gone'} | {'rests'} |
-- {'overtaken', attempt in hand}; nil if the subscription is unknown. O(verdicts · log inbox).
local LONGEST_BACKOFF = 43200000
local function settle_wakes(keys, args)
  local meta = redis.call('HMGET', keys[2], 'attempts', 'backoff')
  if not meta[1] then return nil end
  local box = {inbox = keys[1], meta = keys[2], attempts = keys[3], dead = keys[4], epitaphs = keys[5]}
  local now = now_ms()
  local function settle(wake, verdict, expected, delay, factor, reason, relevant)
    local state = redis.call('HGET', box.attempts, wake)
    if not state or not redis.call('ZSCORE', box.inbox, wake) then return {'gone'} end
    local attempt, holder, _, earlier = read_attempt(state)
    if holder == '' then return {'rests'} end
    if expected ~= '' and tonumber(expected) ~= attempt then return {'overtaken', attempt} end
    unhold(args[1], holder, wake)
    local act = {verdict = verdict, attempt = attempt, reason = reason}
    if relevant ~= '' then act.relevant = relevant == '1' end
    note(box.inbox, box.meta, 'verdict', wake, act)
    if reason == '' then reason = earlier end
    if verdict == 'done' then
      redis.call('ZREM', box.inbox, wake)
      redis.call('HDEL', box.attempts, wake)
      return {'done'}
    end
    if verdict == 'never' or attempt >= tonumber(meta[1]) then
      bury(box, wake, now, verdict == 'never' and 'refused' or 'exhausted', attempt, reason)
      return {'dead'}
    end
    local rest = tonumber(delay)
    if not rest then
      rest = math.floor(math.min(meta[2] * 2 ^ math.min(attempt - 1, 40), LONGEST_BACKOFF) * factor)
    end
    redis.call('ZADD', box.inbox, 'XX', whole(now + rest), wake)
    redis.call('HSET', box.attempts, wake, attempt_state(attempt, '', 0, reason))
    return {'later', whole(now + rest)}
  end
  local answer = {}
  for i = 2, #args, 7 do
    local outcome = settle(args[i], args[i + 1], args[i + 2], args[i + 3], args[i + 4], args[i + 5], args[i + 6])
    local carried_out = outcome[1] == 'done' or outcome[1] == 'later' or outcome[1] == 'dead'
    if carried_out and args[i + 6] ~= '' then
      redis.call('XADD', keys[6], 'MAXLEN', '~', 1000, '*', 'w', args[i], 'r', args[i + 6])
    end
    answer[#answer + 1] = outcome
  end
  return answer
end
redis.register_function('thoughtbus_settle_wakes', settle_wakes)
