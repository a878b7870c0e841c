package io.thoughtbus.server.history;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Published;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A publication under way, to be told its outcome once. */
public final class Publishing {
    private final HistoryClock clock;
    private final String publisher;
    private final FactDraft fact;
    private final long invokedAt;
    private final AtomicReference<@Nullable Publication> completed = new AtomicReference<>();

    Publishing(HistoryClock clock, String publisher, FactDraft fact) {
        this.clock = clock;
        this.publisher = publisher;
        this.fact = fact;
        this.invokedAt = clock.now();
    }

    /** The bus has taken the fact, now or before. */
    public void accepted(Published answer) {
        complete(publication(clock.now(), Publication.Outcome.ACCEPTED, answer.id(), answer.durability(), ""));
    }

    /** The bus has said no, and why. */
    public void refused(String why) {
        complete(publication(clock.now(), Publication.Outcome.REFUSED, null, null, why));
    }

    /** The bus may have taken the fact or not. */
    public void unknown(Throwable cause) {
        complete(publication(clock.now(), Publication.Outcome.UNKNOWN, null, null, cause.toString()));
    }

    Publication toPublication() {
        Publication known = completed.get();
        return known == null
                ? publication(Seconds.NEVER, Publication.Outcome.UNKNOWN, null, null, "still under way")
                : known;
    }

    private void complete(Publication publication) {
        if (!completed.compareAndSet(null, publication)) {
            throw new IllegalStateException("the outcome has been told before: " + toPublication());
        }
    }

    private Publication publication(
            long completedAt,
            Publication.Outcome outcome,
            @Nullable FactId id,
            @Nullable Durability durability,
            String detail) {
        return new Publication(
                publisher,
                fact.key(),
                fact.subject(),
                fact.text(),
                invokedAt,
                completedAt,
                outcome,
                id,
                durability,
                detail);
    }
}
