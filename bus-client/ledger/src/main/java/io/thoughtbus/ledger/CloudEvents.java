package io.thoughtbus.ledger;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The lines of an export as CloudEvents 1.0 in JSON: each line is the data of one event, and says all that the event says. */
public final class CloudEvents {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TYPE = "io.thoughtbus.ledger.";
    private static final String FIRST = "{\"data\":";

    private CloudEvents() {}

    /**
     * The event for a line.
     *
     * @param origin the ledger it is from
     */
    public static String wrap(String line, String origin) {
        JsonNode data = JSON.readTree(line);
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.set("data", data);
        event.put("datacontenttype", "application/json");
        event.put("source", origin);
        event.put("specversion", "1.0");
        if (data.has("section")) {
            event.put("type", TYPE + "section")
                    .put("id", "section-" + data.at("/section/from").asLong());
        } else if (data.has("selection")) {
            event.put("type", TYPE + "selection")
                    .put("id", "selection-" + data.at("/selection/from").asLong());
        } else if (data.has("selected")) {
            event.put("type", TYPE + "selected")
                    .put("id", "selected-" + data.at("/selected/from").asLong());
        } else if (data.has("tile")) {
            event.put("type", TYPE + "tile")
                    .put("id", "tile-" + data.at("/tile/index").asLong());
        } else {
            tell(event.put("id", Long.toString(data.path("leaf").asLong())), data.path("record"));
        }
        return LedgerRecord.text(LedgerRecord.canonical(event));
    }

    static boolean isEvent(String line) {
        return line.startsWith(FIRST);
    }

    /**
     * The line that an event was made of.
     *
     * @throws IllegalArgumentException if the event says anything else than its line does
     */
    static String unwrap(String event, String origin) {
        try {
            JsonNode data = JSON.readTree(event).path("data");
            String line = LedgerRecord.text(LedgerRecord.canonical(data));
            if (!wrap(line, origin).equals(event)) {
                throw new IllegalArgumentException("the event around the record was altered");
            }
            return line;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("it is no event of an export: " + e.getMessage(), e);
        }
    }

    private static void tell(ObjectNode event, JsonNode record) {
        event.put("type", TYPE + (record.has("kind") ? record.get("kind").asString() : "withheld"));
        if (record.has("id")) {
            event.put("subject", record.get("id").asString());
        }
        if (record.at("/body/at").isString()) {
            event.put("time", record.at("/body/at").asString());
        }
    }
}
