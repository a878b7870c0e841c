package io.thoughtbus.server.judge;

import java.util.List;
import java.util.OptionalDouble;

/** Says how likely facts concern interests. Safe for use by many threads. */
interface Judge extends AutoCloseable {
    /** Names the model in receipts. */
    String id();

    /**
     * Answers some questions within the time it was given. What goes wrong is no answer, never a "no".
     *
     * @param questions at most a batch
     */
    Answers answer(List<Question> questions);

    @Override
    void close();

    /**
     * Some answers.
     *
     * @param probabilities one for each question, in order, 0 to 1; empty where there is no usable answer
     * @param isAway whether the judge could not be reached, so that it is to be left in peace for a while
     */
    record Answers(List<OptionalDouble> probabilities, boolean isAway) {
        public Answers {
            probabilities = List.copyOf(probabilities);
        }
    }
}
