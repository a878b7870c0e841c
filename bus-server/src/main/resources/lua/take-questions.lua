-- Hands over questions that are due, the longest due first, to one server until its lease ends.
-- KEYS  1 questions
-- ARGV  1 most questions  2 lease in ms  3 how long they must have been due in ms
-- Answers {now in ms, how many questions there are, {wake, …}}. O(questions taken · log questions).
local function take_questions(keys, args)
  local now = now_ms()
  local due = redis.call('ZRANGE', keys[1], '-inf', whole(now - args[3]), 'BYSCORE', 'LIMIT', 0, args[1])
  for _, wake in ipairs(due) do redis.call('ZADD', keys[1], whole(now + args[2]), wake) end
  return {whole(now), redis.call('ZCARD', keys[1]), due}
end
redis.register_function('thoughtbus_take_questions', take_questions)
