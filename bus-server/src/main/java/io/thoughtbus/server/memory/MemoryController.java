package io.thoughtbus.server.memory;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.FactPage;
import io.thoughtbus.protocol.FactSearch;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.FoundFacts;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.PastFacts;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The door to live memory. */
@RestController
final class MemoryController {
    private final Memory memory;
    private final PastMemory past;

    MemoryController(Memory memory, PastMemory past) {
        this.memory = memory;
        this.past = past;
    }

    @GetMapping("/v1/{namespace}/facts/{id}")
    Fact fact(@PathVariable String namespace, @PathVariable String id) {
        return memory.find(Fields.namespace(namespace), FactId.parse(id))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.FACT_NOT_FOUND,
                        "there is no fact " + id
                                + ", or it no longer holds: its lifetime has ended, or it was taken back"));
    }

    @GetMapping("/v1/{namespace}/facts")
    FactPage facts(
            @PathVariable String namespace,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        return memory.list(
                Fields.namespace(namespace),
                Fields.optionalId("subject", subject),
                after == null ? null : FactId.parse("after", after),
                Fields.within("limit", limit, 1, Limits.PAGE));
    }

    @GetMapping(path = "/v1/{namespace}/facts", params = "asOf")
    PastFacts factsAsOf(
            @PathVariable String namespace,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam String asOf,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        return past.asOf(
                Fields.namespace(namespace),
                Fields.id("subject", subject),
                instant(asOf),
                after == null ? null : FactId.parse("after", after),
                Fields.within("limit", limit, 1, Limits.PAGE));
    }

    private static Instant instant(String asOf) {
        try {
            return Instant.parse(asOf);
        } catch (DateTimeParseException e) {
            throw new InvalidFieldException("asOf", "must be an instant such as 2026-11-23T10:15:30Z");
        }
    }

    @PostMapping("/v1/{namespace}/facts:search")
    FoundFacts search(@PathVariable String namespace, @RequestBody FactSearch search) {
        return memory.search(Fields.namespace(namespace), search);
    }
}
