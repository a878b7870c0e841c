package io.thoughtbus.server.memory;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.FactPage;
import io.thoughtbus.protocol.FactSearch;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.FoundFacts;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
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

    MemoryController(Memory memory) {
        this.memory = memory;
    }

    @GetMapping("/v1/{namespace}/facts/{id}")
    Fact fact(@PathVariable String namespace, @PathVariable String id) {
        return memory.find(Fields.namespace(namespace), FactId.parse(id))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.FACT_NOT_FOUND,
                        "there is no fact " + id + ", or its lifetime has ended; replays still reach it then"));
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

    @PostMapping("/v1/{namespace}/facts:search")
    FoundFacts search(@PathVariable String namespace, @RequestBody FactSearch search) {
        return memory.search(Fields.namespace(namespace), search);
    }
}
