package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The duty that follows from a match, handed over: the subscriber is owed this fact until it gives a verdict.
 *
 * @param id the same in every attempt
 * @param kind whether the fact is what the subscriber is interested in, or takes back one that woke it before
 * @param retracts the fact that woke the subscriber before and no longer holds; absent for a wake of the kind fact
 * @param attempt counts from 1
 * @param score the inner product of the fact's embedding with the interest's, -1 to 1; of the fact that is taken back
 *     for a wake of the kind retracted
 * @param threshold the lowest score that wakes, by the version that decided
 * @param part which part of the interest the fact reaches, counted from 1; absent where the interest has one part
 * @param version of the subscription that decided
 * @param replay whether the fact is past and delivered again by a replay
 * @param run the id of that replay; absent for a wake of the present
 * @param leaseUntil when the wake is due again if there is no verdict
 * @param fact what is the case now; for a wake of the kind retracted the retraction, or the fact that superseded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Wake(
        String id,
        Kind kind,
        @Nullable FactId retracts,
        int attempt,
        double score,
        double threshold,
        @Nullable Integer part,
        int version,
        boolean replay,
        @Nullable String run,
        Instant leaseUntil,
        Fact fact) {

    /** What a wake may be about. */
    public enum Kind {
        /** A fact that concerns the subscription. */
        @JsonProperty("fact")
        FACT,
        /** A fact that woke the subscription before no longer holds. */
        @JsonProperty("retracted")
        RETRACTED
    }

    public Wake {
        kind = kind == null ? Kind.FACT : kind;
    }

    /** A wake of the kind fact. */
    public Wake(
            String id,
            int attempt,
            double score,
            double threshold,
            int version,
            boolean replay,
            Instant leaseUntil,
            Fact fact) {
        this(id, Kind.FACT, null, attempt, score, threshold, null, version, replay, null, leaseUntil, fact);
    }

    /** Whether it tells that a fact which woke the subscription before no longer holds. */
    @JsonIgnore
    public boolean isRetraction() {
        return kind == Kind.RETRACTED;
    }
}
