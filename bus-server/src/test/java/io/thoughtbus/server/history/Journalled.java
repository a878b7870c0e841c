package io.thoughtbus.server.history;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import org.jspecify.annotations.Nullable;

/** A fact that was found in the journal when all was quiet. */
public record Journalled(
        FactId id,
        String publisher,
        @Nullable String key,
        @Nullable String subject,
        String text) {

    /** What the bus tells of a fact. */
    public static Journalled of(Fact fact) {
        return new Journalled(fact.id(), fact.publisher(), fact.key(), fact.subject(), fact.text());
    }

    FactName name() {
        return FactName.of(publisher, key, text);
    }

    Statement statement() {
        return new Statement(name(), subject, text);
    }

    @Override
    public String toString() {
        return id + " " + statement();
    }
}
