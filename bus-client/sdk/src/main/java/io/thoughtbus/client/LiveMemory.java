package io.thoughtbus.client;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.FactPage;
import io.thoughtbus.protocol.FactSearch;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.FoundFacts;
import io.thoughtbus.protocol.PastFacts;
import io.thoughtbus.protocol.ScoredFact;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The facts whose lifetime has not ended: by id, by subject and by meaning. */
public final class LiveMemory {
    private final Http http;

    LiveMemory(Http http) {
        this.http = http;
    }

    /** A fact, if it is alive. */
    public Optional<Fact> find(FactId id) {
        try {
            return Optional.of(http.repeatedly("GET", "/facts/" + id, null, Fact.class));
        } catch (RequestRefusedException e) {
            if (e.is("fact-not-found")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The live facts about a subject, oldest first.
     *
     * @param after {@link FactPage#next} of the page before; absent for the first
     */
    public FactPage about(String subject, @Nullable FactId after) {
        return http.repeatedly(
                "GET",
                "/facts?subject=" + Fields.id("subject", subject) + (after == null ? "" : "&after=" + after),
                null,
                FactPage.class);
    }

    /**
     * The facts about a subject that were alive at a time, oldest first, as far as the journal goes back.
     *
     * @param after {@link PastFacts#next} of the page before; absent for the first
     */
    public PastFacts asOf(String subject, Instant time, @Nullable FactId after) {
        return http.repeatedly(
                "GET",
                "/facts?subject=" + Fields.id("subject", subject) + "&asOf=" + Objects.requireNonNull(time, "time")
                        + (after == null ? "" : "&after=" + after),
                null,
                PastFacts.class);
    }

    /** The live facts that mean what is asked for, nearest first. */
    public List<ScoredFact> search(FactSearch search) {
        return http.repeatedly("POST", "/facts:search", search, FoundFacts.class)
                .facts();
    }

    /** The ten live facts nearest to a text. */
    public List<ScoredFact> search(String text) {
        return search(FactSearch.of(text));
    }
}
