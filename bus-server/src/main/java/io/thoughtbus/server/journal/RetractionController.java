package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.protocol.RetractionDraft;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The door for publishers that take back what they said. */
@RestController
final class RetractionController {
    private static final RetractionDraft PLAIN = new RetractionDraft(null, null, null);

    private final Retractions retractions;

    RetractionController(Retractions retractions) {
        this.retractions = retractions;
    }

    @PostMapping("/v1/{namespace}/facts/{id}:retract")
    @ResponseStatus(HttpStatus.CREATED)
    Published retract(
            @PathVariable String namespace,
            @PathVariable String id,
            @RequestParam(defaultValue = "accepted") String durability,
            @RequestBody(required = false) @Nullable RetractionDraft retraction) {
        return retractions.retract(
                Fields.namespace(namespace),
                FactId.parse(id),
                retraction == null ? PLAIN : retraction,
                Durability.parse(durability));
    }
}
