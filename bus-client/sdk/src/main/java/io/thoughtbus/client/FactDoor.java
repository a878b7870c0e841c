package io.thoughtbus.client;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Problem;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.protocol.RetractionDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Publishes facts. Every fact travels with a key, so that trying again can never publish it twice. */
final class FactDoor {
    private final Http http;
    private final @Nullable String publisher;
    private final Durability durability;

    FactDoor(Http http, @Nullable String publisher, Durability durability) {
        this.http = http;
        this.publisher = publisher;
        this.durability = durability;
    }

    Published publish(FactDraft fact) {
        return http.repeatedly("POST", path(), complete(fact), Published.class);
    }

    /** For each fact a {@link Published} or a {@link RequestRefusedException}. */
    List<Object> publishAll(List<FactDraft> facts) {
        try {
            JsonNode answers = http.repeatedly(
                    "POST", path(), facts.stream().map(this::complete).toList(), JsonNode.class);
            List<Object> each = new ArrayList<>(facts.size());
            answers.forEach(answer -> each.add(Http.element(answer, Published.class)));
            return each;
        } catch (RequestRefusedException e) {
            List<Problem> errors = e.problem().errors();
            if (errors == null || errors.size() != facts.size()) {
                throw e;
            }
            return errors.stream()
                    .map(problem -> (Object) new RequestRefusedException(problem))
                    .toList();
        }
    }

    Published retract(FactId fact, RetractionDraft retraction) {
        RetractionDraft signed = publisher == null || retraction.publisher() != null
                ? retraction
                : new RetractionDraft(retraction.reason(), publisher, retraction.key());
        return http.repeatedly("POST", "/facts/" + fact + ":retract?durability=" + durability, signed, Published.class);
    }

    private String path() {
        return "/facts?durability=" + durability;
    }

    private FactDraft complete(FactDraft fact) {
        FactDraft signed = publisher == null || fact.publisher() != null ? fact : fact.by(publisher);
        return signed.key() == null ? signed.withKey(UUID.randomUUID().toString()) : signed;
    }
}
