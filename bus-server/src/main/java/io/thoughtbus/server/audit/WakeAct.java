package io.thoughtbus.server.audit;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.delivery.WakeId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something that became of a wake.
 *
 * @param kind what it was, as the ledger calls it
 * @param body all that was noted of it
 */
public record WakeAct(String kind, Instant at, String subscription, WakeId wake, JsonNode body) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The fact that the wake is about. */
    public FactId fact() {
        return wake.fact();
    }

    /** Reads a record; empty for one that is about no wake. */
    static Optional<WakeAct> of(byte[] canonical) {
        JsonNode record = JSON.readTree(new String(canonical, StandardCharsets.UTF_8));
        JsonNode body = record.path("body");
        return WakeId.parse(body.path("wake").asString(""))
                .map(wake -> new WakeAct(
                        record.path("kind").asString(),
                        Instant.parse(body.path("at").asString()),
                        body.path("subscription").asString(),
                        wake,
                        body));
    }
}
