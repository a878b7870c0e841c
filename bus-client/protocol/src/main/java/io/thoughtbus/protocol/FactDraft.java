package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fact as its publisher states it.
 *
 * @param text what is the case, in plain words: 1 to 8,192 characters
 * @param subject whom or what it is about; facts of one subject keep their order
 * @param attributes at most 64 named texts, numbers and truth values, for filters
 * @param key makes the publication repeatable: one fact for each publisher and key
 * @param publisher who states it; absent means {@code anonymous}
 * @param ttl how long it is remembered, 1 s to 366 days; absent means the namespace's default
 * @param occurredAt when it became the case; absent means when it was accepted
 * @param cause the fact that led to this one; in JSON the id of a wake stands for its fact
 * @param supersedes the fact that this one replaces: from then on that one no longer holds; it must have the same subject
 * @param vector the text's embedding, if the publisher made it; needs {@code model}
 * @param model the id of the model that made the vector
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FactDraft(
        String text,
        @Nullable String subject,
        Map<String, Object> attributes,
        @Nullable String key,
        @Nullable String publisher,
        @Nullable Duration ttl,
        @Nullable Instant occurredAt,
        @Nullable FactId cause,
        @Nullable FactId supersedes,
        @Nullable Vector vector,
        @Nullable String model) {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    public FactDraft {
        Fields.text("text", text);
        Fields.optionalId("subject", subject);
        attributes = Attributes.checked(attributes);
        Fields.optionalId("key", key);
        Fields.optionalId("publisher", publisher);
        if (ttl != null) {
            Fields.within("ttl", ttl, Duration.ofSeconds(1), Limits.LIFETIME);
        }
        if (occurredAt != null && (occurredAt.isBefore(EARLIEST) || occurredAt.isAfter(LATEST))) {
            throw new InvalidFieldException("occurredAt", "must be within the years 1 to 9999");
        }
        if (vector != null && model == null) {
            throw new InvalidFieldException("model", "is required with a vector: the id of the model that made it");
        }
        if (model != null && vector == null) {
            throw new InvalidFieldException("vector", "is required with a model");
        }
    }

    /** A fact that is nothing but its text. */
    public static FactDraft of(String text) {
        return new FactDraft(text, null, Map.of(), null, null, null, null, null, null, null, null);
    }

    /** The same fact about this subject. */
    public FactDraft about(String subject) {
        return new FactDraft(
                text, subject, attributes, key, publisher, ttl, occurredAt, cause, supersedes, vector, model);
    }

    /** The same fact with these attributes and no others. */
    public FactDraft withAttributes(Map<String, ?> attributes) {
        return new FactDraft(
                text,
                subject,
                Map.copyOf(attributes),
                key,
                publisher,
                ttl,
                occurredAt,
                cause,
                supersedes,
                vector,
                model);
    }

    /** The same fact under this idempotency key. */
    public FactDraft withKey(String key) {
        return new FactDraft(
                text, subject, attributes, key, publisher, ttl, occurredAt, cause, supersedes, vector, model);
    }

    /** The same fact stated by this publisher. */
    public FactDraft by(String publisher) {
        return new FactDraft(
                text, subject, attributes, key, publisher, ttl, occurredAt, cause, supersedes, vector, model);
    }

    /** The same fact, remembered for this long. */
    public FactDraft withTtl(Duration ttl) {
        return new FactDraft(
                text, subject, attributes, key, publisher, ttl, occurredAt, cause, supersedes, vector, model);
    }

    /** The same fact, which became the case at this time. */
    public FactDraft occurredAt(Instant occurredAt) {
        return new FactDraft(
                text, subject, attributes, key, publisher, ttl, occurredAt, cause, supersedes, vector, model);
    }

    /** The same fact, following from what this wake tells. */
    public FactDraft causedBy(Wake wake) {
        return causedBy(wake.fact().id());
    }

    /** The same fact, following from another. */
    public FactDraft causedBy(FactId cause) {
        return new FactDraft(
                text, subject, attributes, key, publisher, ttl, occurredAt, cause, supersedes, vector, model);
    }

    /** The same fact in the place of another, which no longer holds from then on; both must have the same subject. */
    public FactDraft superseding(FactId supersedes) {
        return new FactDraft(
                text, subject, attributes, key, publisher, ttl, occurredAt, cause, supersedes, vector, model);
    }

    /** The same fact with its embedding, made by this model. */
    public FactDraft withVector(Vector vector, String model) {
        return new FactDraft(
                text, subject, attributes, key, publisher, ttl, occurredAt, cause, supersedes, vector, model);
    }
}
