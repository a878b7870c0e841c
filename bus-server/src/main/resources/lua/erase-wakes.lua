-- Makes dead letters of wakes whose facts are erased, as long as no other dead letter must leave for them, and takes from
-- those that are dead already what subscribers said. What was asked of them has no answer any more.
-- KEYS  1 inbox  2 meta hash  3 attempts  4 dead  5 epitaphs  6 questions
-- ARGV  1 prefix of the keys of what streams hold  then the wakes
-- Answers how many were owed or dead. O(wakes · log inbox).
local function erase_wakes(keys, args)
  local box = {inbox = keys[1], meta = keys[2], attempts = keys[3], dead = keys[4], epitaphs = keys[5]}
  local now = now_ms()
  local erased = 0
  for i = 2, #args do
    local wake = args[i]
    redis.call('ZREM', keys[6], wake)
    local epitaph = redis.call('HGET', box.epitaphs, wake)
    if redis.call('ZSCORE', box.inbox, wake) then
      local attempt, holder = read_attempt(redis.call('HGET', box.attempts, wake))
      unhold(args[1], holder, wake)
      if redis.call('ZCARD', box.dead) < MOST_DEAD then
        bury(box, wake, now, 'erased', attempt, '')
      else
        redis.call('ZREM', box.inbox, wake)
        redis.call('HDEL', box.attempts, wake)
        redis.call('HINCRBY', box.meta, 'dropped', 1)
        note(box.inbox, box.meta, 'death', wake, {cause = 'erased', attempts = attempt, reason = ''})
      end
      erased = erased + 1
    elseif epitaph then
      local attempts = cjson.decode(epitaph).attempts
      redis.call('HSET', box.epitaphs, wake, cjson.encode({cause = 'erased', attempts = attempts, reason = ''}))
      erased = erased + 1
    end
  end
  return erased
end
redis.register_function('thoughtbus_erase_wakes', erase_wakes)
