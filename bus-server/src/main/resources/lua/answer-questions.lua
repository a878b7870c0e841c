-- Ends questions that have an answer, and owes the wakes that follow, as long due as if they had never been in doubt.
-- KEYS  1 inbox  2 meta hash  3 questions
-- ARGV  for each question: wake, ms of its fact, 1 if it is owed or 0 if not, the answer as JSON
-- Answers how many wakes are new; 0 for a deleted subscription and for questions that had ended. O(questions · log inbox).
local function answer_questions(keys, args)
  if redis.call('EXISTS', keys[2]) == 0 then return 0 end
  local now = now_ms()
  local added = 0
  for i = 1, #args, 4 do
    if redis.call('ZREM', keys[3], args[i]) == 1 then
      local act = cjson.decode(args[i + 3])
      act.owed = args[i + 2] == '1'
      note(keys[1], keys[2], 'answer', args[i], act)
      if act.owed then
        added = added + redis.call('ZADD', keys[1], 'NX', whole(math.min(tonumber(args[i + 1]), now)), args[i])
      end
    end
  end
  return added
end
redis.register_function('thoughtbus_answer_questions', answer_questions)
