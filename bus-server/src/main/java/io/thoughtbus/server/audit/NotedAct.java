package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.LedgerRecord;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.delivery.WakeId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An act as a trail holds it until the ledger has taken it.
 *
 * @param number tells it from all others of its trail, and is larger than those before it
 * @param act what was done
 */
record NotedAct(String number, JsonNode act) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static NotedAct parse(byte[] stored) {
        String text = new String(stored, StandardCharsets.UTF_8);
        int bar = text.indexOf('|');
        return new NotedAct(text.substring(0, bar), JSON.readTree(text.substring(bar + 1)));
    }

    boolean isAfter(String taken) {
        return new StreamEntryID(number).compareTo(new StreamEntryID(taken)) > 0;
    }

    /** The fact of the wake that it is about, if it is about one. */
    Optional<FactId> fact() {
        return WakeId.parse(act.path("wake").asString("")).map(WakeId::fact);
    }

    /** The record of an act of a namespace. */
    LedgerRecord ofNamespace() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (act.has("body")) {
            body.set("act", JSON.readTree(act.get("body").asString()));
        }
        if (act.has("untold")) {
            body.set("untold", act.get("untold"));
        }
        return record(body, act.path("id").asString(""));
    }

    /** The record of what became of a wake. */
    LedgerRecord of(String subscription) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("subscription", subscription);
        act.properties().stream()
                .filter(field -> !field.getKey().equals("kind"))
                .forEach(field -> body.set(field.getKey(), field.getValue()));
        return record(body, act.path("wake").asString(subscription));
    }

    private LedgerRecord record(ObjectNode body, String id) {
        body.put("at", Instant.ofEpochMilli(act.path("at").asLong()).toString());
        return new LedgerRecord(act.path("kind").asString(), id, body);
    }
}
