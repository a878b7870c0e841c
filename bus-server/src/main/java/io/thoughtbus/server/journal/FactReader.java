package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.server.web.Batches;
import io.thoughtbus.server.web.JsonProblems;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads facts from JSON; what is not well-formed is refused as a whole, a fact that is not allowed alone. */
@Component
final class FactReader {
    private final JsonMapper json;
    private final ObjectReader elements;

    FactReader(JsonMapper json) {
        this.json = json;
        this.elements = json.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * One fact or an array of facts.
     *
     * @throws ProblemException if the body is neither
     */
    Body read(InputStream stream) {
        try (JsonParser parser = json.createParser(stream)) {
            JsonToken first = parser.nextToken();
            List<Object> facts = new ArrayList<>();
            if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    facts.add(next(parser));
                    Fields.within("the array's length", facts.size(), 1, Limits.BATCH);
                }
                Fields.within("the array's length", facts.size(), 1, Limits.BATCH);
            } else if (first == JsonToken.START_OBJECT) {
                facts.add(next(parser));
            } else {
                throw new ProblemException(ProblemType.MALFORMED_JSON, "the body must be a fact or an array of facts");
            }
            if (parser.nextToken() != null) {
                throw new ProblemException(ProblemType.MALFORMED_JSON, "the body goes on after its end");
            }
            return new Body(facts, first == JsonToken.START_ARRAY);
        } catch (JacksonException e) {
            throw JsonProblems.of(e);
        }
    }

    /** One fact; a {@link ProblemException} if it is none. */
    Object readLine(byte[] line) {
        try {
            return Batches.read(json, json.readTree(line), FactDraft.class);
        } catch (JacksonException e) {
            return JsonProblems.of(e);
        }
    }

    private Object next(JsonParser parser) {
        long start = parser.currentTokenLocation().getByteOffset();
        JsonNode node = elements.readValue(parser);
        long size = parser.currentLocation().getByteOffset() - start;
        if (size > Limits.FACT_BYTES) {
            return tooLarge();
        }
        return Batches.read(json, node, FactDraft.class);
    }

    static ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.TOO_LARGE, "a fact may hold at most " + Limits.FACT_BYTES + " bytes of JSON");
    }

    /**
     * What a body held.
     *
     * @param facts {@link FactDraft}s, and {@link ProblemException}s in the places of what is not allowed
     * @param isArray whether they came as an array
     */
    record Body(List<Object> facts, boolean isArray) {}
}
