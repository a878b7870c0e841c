package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Settled;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.util.SafeEncoder;

/**
 * What an inbox made of a verdict.
 *
 * @param dueAt when a deferred wake is due again
 * @param attempt the attempt in hand, if the verdict was about an earlier one
 */
record VerdictOutcome(Kind kind, @Nullable Instant dueAt, long attempt) {

    enum Kind {
        DONE,
        LATER,
        DEAD,
        GONE,
        RESTS,
        OVERTAKEN
    }

    static VerdictOutcome of(List<?> answer) {
        Kind kind = Kind.valueOf(SafeEncoder.encode((byte[]) answer.get(0)).toUpperCase(Locale.ROOT));
        return new VerdictOutcome(
                kind,
                kind == Kind.LATER ? RedisInbox.time(answer.get(1)) : null,
                kind == Kind.OVERTAKEN ? (Long) answer.get(1) : 0);
    }

    /** What the subscriber is told: a {@link Settled}, or a {@link ProblemException} for a wake not in hand. */
    Object toAnswer(String wake) {
        return switch (kind) {
            case DONE -> new Settled(wake, Settled.Outcome.DONE, null);
            case LATER -> new Settled(wake, Settled.Outcome.LATER, dueAt);
            case DEAD -> new Settled(wake, Settled.Outcome.DEAD, null);
            case GONE -> notHeld(wake, "it was never taken, or a verdict has settled it");
            case RESTS -> notHeld(wake, "it was deferred and has not been taken again");
            case OVERTAKEN ->
                notHeld(wake, "its lease ran out and it was taken again: attempt " + attempt + " is in hand");
        };
    }

    private static ProblemException notHeld(String wake, String why) {
        return new ProblemException(ProblemType.WAKE_NOT_HELD, "the wake " + wake + " is not in hand: " + why, "wake");
    }
}
