package io.thoughtbus.server.audit;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.delivery.WakeId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is still there of a leaf's record. */
final class Held {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String kind;
    private final String id;
    private final byte[] salt;
    private final byte[] canonical;

    Held(String kind, String id, byte[] salt, byte[] canonical) {
        this.kind = kind;
        this.id = id;
        this.salt = salt;
        this.canonical = canonical;
    }

    byte[] salt() {
        return salt;
    }

    byte[] canonical() {
        return canonical;
    }

    /** The fact that it is of, whose matches it is, or about which a wake is that something became of. */
    Optional<FactId> fact() {
        if (isOfTheJournal()) {
            return Optional.of(FactId.parse(id));
        }
        return WakeId.parse(body().path("wake").asString("")).map(WakeId::fact);
    }

    /** Whether it says something of a subscription: a version, a match, or what became of a wake. */
    boolean concerns(String subscription) {
        JsonNode body = body();
        if (kind.equals(JournalRecords.MATCHES)) {
            return body.path("matches")
                    .valueStream()
                    .anyMatch(match -> subscription.equals(match.path(0).asString()));
        }
        return subscription.equals(body.path("subscription").asString(""))
                || (kind.startsWith(SubscriptionActs.DECLARED) && subscription.equals(id));
    }

    private boolean isOfTheJournal() {
        return kind.equals(JournalRecords.FACT) || kind.equals(JournalRecords.MATCHES);
    }

    private JsonNode body() {
        return JSON.readTree(new String(canonical, StandardCharsets.UTF_8)).path("body");
    }
}
