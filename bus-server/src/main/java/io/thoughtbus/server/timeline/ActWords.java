package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.TimelineEntry.What;
import io.thoughtbus.server.audit.WakeAct;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What became of a wake, in a few words. */
final class ActWords {
    private ActWords() {}

    /** As what it is told; empty for what a timeline does not tell. */
    static Optional<What> what(WakeAct act) {
        return Optional.ofNullable(
                switch (act.kind()) {
                    case "answer" -> What.ANSWERED;
                    case "delivery" -> What.DELIVERED;
                    case "return" -> What.RETURNED;
                    case "extension" -> What.EXTENDED;
                    case "verdict" -> What.VERDICT;
                    case "death" -> What.DEAD_LETTER;
                    case "revival" -> What.REVIVED;
                    default -> null;
                });
    }

    static String of(WakeAct act) {
        String replay = act.wake().replay();
        return words(act.kind(), act.body()) + (replay == null ? "" : ", of replay " + replay);
    }

    private static String words(String kind, JsonNode body) {
        String attempt = "attempt " + body.path("attempt").asInt();
        return switch (kind) {
            case "answer" -> answer(body);
            case "delivery" -> attempt + after(body);
            case "return" -> attempt + ", taken back before anybody saw it";
            case "extension" ->
                attempt + ", until "
                        + Instant.ofEpochMilli(body.path("leaseUntil").asLong());
            case "verdict" -> body.path("verdict").asString() + ", " + attempt + said(": ", body) + judged(body);
            case "death" ->
                "given up after attempt " + body.path("attempts").asInt() + ": "
                        + body.path("cause").asString() + said(", ", body);
            default -> "owed again with all its attempts";
        };
    }

    /** Why there is another attempt. */
    private static String after(JsonNode body) {
        return switch (body.path("after").asString("")) {
            case "lease" -> ", the lease of the one before having ended without a verdict";
            case "rest" -> ", due again";
            case "stream" -> ", handed over again to a stream that came back";
            default -> "";
        };
    }

    private static String answer(JsonNode body) {
        String by = body.has("judge")
                ? " by " + body.path("judge").asString() + " with probability "
                        + body.path("probability").asDouble()
                : "";
        return body.path("outcome").asString()
                + by
                + (body.path("owed").asBoolean() ? ", so it wakes" : ", so it does not wake");
    }

    private static String said(String before, JsonNode body) {
        String reason = body.path("reason").asString("");
        return reason.isEmpty() ? "" : before + reason;
    }

    private static String judged(JsonNode body) {
        return body.has("relevant")
                ? body.path("relevant").asBoolean() ? ", judged relevant" : ", judged irrelevant"
                : "";
    }
}
