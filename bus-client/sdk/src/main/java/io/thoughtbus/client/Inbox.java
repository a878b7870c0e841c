package io.thoughtbus.client;

import io.thoughtbus.protocol.DeadLetterPage;
import io.thoughtbus.protocol.ExtendRequest;
import io.thoughtbus.protocol.Extended;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.LeaveRequest;
import io.thoughtbus.protocol.Problem;
import io.thoughtbus.protocol.ReviveRequest;
import io.thoughtbus.protocol.Revived;
import io.thoughtbus.protocol.Settled;
import io.thoughtbus.protocol.TakeRequest;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.protocol.WakeVerdict;
import io.thoughtbus.protocol.Wakes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A subscriber's wakes not yet done, for those who take them by hand; {@link ThoughtBus#subscribe} does it by itself.
 * Safe for use by many threads and programs at once: each wake goes to one of them at a time.
 */
public final class Inbox {
    private final Http http;
    private final String path;

    Inbox(Http http, String subscription) {
        this.http = http;
        this.path = "/subscriptions/" + Fields.id("subscription", subscription);
    }

    /**
     * Takes wakes that are due, the longest due first; they are the caller's until their lease ends.
     *
     * @param max how many at most, 1 to 256
     * @param wait how long to wait for the first, up to 60 s
     * @return empty if none came in time
     * @throws BusUnavailableException if the bus cannot be reached; what it may have given is due again after the lease
     */
    public List<Wake> take(int max, Duration wait) {
        return take(new TakeRequest(max, wait, null));
    }

    List<Wake> take(TakeRequest request) {
        return http.patiently("POST", path + "/wakes:take", request, Wakes.class, request.waitFor())
                .wakes();
    }

    /** Ends the takes of a name that wait, with nothing taken. */
    void leave(String taker) {
        http.once("POST", path + "/wakes:leave", new LeaveRequest(taker), JsonNode.class);
    }

    /**
     * Gives a verdict on a wake in hand.
     *
     * @throws RequestRefusedException of the kind {@code wake-not-held} if it is not in hand any more
     */
    public Settled settle(Wake wake, Verdict verdict) {
        Object answer = settleAll(List.of(verdict.on(wake))).get(0);
        if (answer instanceof RequestRefusedException refused) {
            throw refused;
        }
        return (Settled) answer;
    }

    /**
     * Gives verdicts on wakes in hand, each as {@link Verdict#on} makes it, in one request.
     *
     * @param verdicts 1 to 1,000
     * @return for each a {@link Settled} or a {@link RequestRefusedException}
     */
    public List<Object> settleAll(List<WakeVerdict> verdicts) {
        try {
            JsonNode answers = http.once("POST", path + "/verdicts", verdicts, JsonNode.class);
            List<Object> each = new ArrayList<>(verdicts.size());
            answers.forEach(answer -> each.add(Http.element(answer, Settled.class)));
            return each;
        } catch (RequestRefusedException e) {
            List<Problem> errors = e.problem().errors();
            if (errors == null || errors.size() != verdicts.size()) {
                throw e;
            }
            return errors.stream()
                    .map(problem -> (Object) new RequestRefusedException(problem))
                    .toList();
        }
    }

    /**
     * Keeps wakes in hand for longer.
     *
     * @param lease from now, 100 ms to 12 h; absent means the subscription's lease
     * @return which wakes are still in hand
     */
    public Extended extend(List<String> wakes, @Nullable Duration lease) {
        return http.repeatedly("POST", path + "/wakes:extend", new ExtendRequest(wakes, lease), Extended.class);
    }

    /**
     * Wakes that were given up, with the reason, the oldest first.
     *
     * @param after {@link DeadLetterPage#next} of the page before; absent for the first
     */
    public DeadLetterPage deadLetters(@Nullable String after) {
        return http.repeatedly(
                "GET", path + "/dead-letters?after=" + (after == null ? "0" : after), null, DeadLetterPage.class);
    }

    /** Has dead letters delivered again, with all their attempts; how many. */
    public long revive(List<String> wakes) {
        return wakes.isEmpty() ? 0 : reviveAny(wakes);
    }

    /** Has all dead letters delivered again, with all their attempts; how many. */
    public long reviveAll() {
        return reviveAny(List.of());
    }

    private long reviveAny(List<String> wakes) {
        return http.repeatedly("POST", path + "/dead-letters:revive", new ReviveRequest(wakes), Revived.class)
                .revived();
    }
}
