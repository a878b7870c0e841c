package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fact that the bus has accepted; immutable from then on.
 *
 * @param id its position in the journal
 * @param publisher who stated it; {@code anonymous} if nobody said
 * @param acceptedAt when the bus took it, by the clock of its Redis
 * @param expiresAt when live memory forgets it; the journal keeps it for replays
 * @param cause the fact that led to it
 * @param depth how long the chain of causes before it is: 0 without a cause
 * @param root the first fact of that chain; absent without a cause
 * @param supersedes the fact in whose place it stands; absent if there is none
 * @param retracts the fact that it says no longer holds; then it is a retraction and states nothing else
 * @param model the model that made its embedding
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fact(
        FactId id,
        String text,
        @Nullable String subject,
        Map<String, Object> attributes,
        String publisher,
        @Nullable String key,
        Instant acceptedAt,
        Instant occurredAt,
        Instant expiresAt,
        @Nullable FactId cause,
        int depth,
        @Nullable FactId root,
        @Nullable FactId supersedes,
        @Nullable FactId retracts,
        String model) {

    public Fact {
        attributes = Attributes.checked(attributes);
    }

    /** A fact that takes no other back. */
    public Fact(
            FactId id,
            String text,
            @Nullable String subject,
            Map<String, Object> attributes,
            String publisher,
            @Nullable String key,
            Instant acceptedAt,
            Instant occurredAt,
            Instant expiresAt,
            @Nullable FactId cause,
            int depth,
            @Nullable FactId root,
            String model) {
        this(
                id,
                text,
                subject,
                attributes,
                publisher,
                key,
                acceptedAt,
                occurredAt,
                expiresAt,
                cause,
                depth,
                root,
                null,
                null,
                model);
    }

    /** Whether it only says that another fact no longer holds. */
    @JsonIgnore
    public boolean isRetraction() {
        return retracts != null;
    }

    /** The fact that no longer holds because of this one, retracted or superseded; absent if there is none. */
    public @Nullable FactId withdraws() {
        return retracts == null ? supersedes : retracts;
    }
}
