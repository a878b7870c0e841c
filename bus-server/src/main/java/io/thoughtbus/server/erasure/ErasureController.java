package io.thoughtbus.server.erasure;

import io.thoughtbus.protocol.Erasure;
import io.thoughtbus.protocol.ErasureDraft;
import io.thoughtbus.protocol.ErasurePage;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Limits;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The door for those who must have facts forgotten. */
@RestController
final class ErasureController {
    private final Erasures erasures;

    ErasureController(Erasures erasures) {
        this.erasures = erasures;
    }

    @PostMapping("/v1/{namespace}/facts:erase")
    ResponseEntity<Erasure> erase(@PathVariable String namespace, @RequestBody ErasureDraft draft) {
        Erasure erasure = erasures.erase(Fields.namespace(namespace), draft);
        boolean isDone = erasure.state() == Erasure.State.DONE;
        return ResponseEntity.status(isDone ? HttpStatus.CREATED : HttpStatus.ACCEPTED)
                .location(URI.create("/v1/" + namespace + "/erasures/" + erasure.id()))
                .body(erasure);
    }

    @GetMapping("/v1/{namespace}/erasures")
    ErasurePage list(
            @PathVariable String namespace,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "100") int limit) {
        return erasures.list(
                Fields.namespace(namespace),
                Fields.within("after", after, 0, Integer.MAX_VALUE),
                Fields.within("limit", limit, 1, Limits.PAGE));
    }

    @GetMapping("/v1/{namespace}/erasures/{id}")
    Erasure show(
            @PathVariable String namespace,
            @PathVariable String id,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "100") int limit) {
        return erasures.show(
                new ErasureRef(Fields.namespace(namespace), Fields.id("id", id)),
                Fields.within("after", after, 0, Integer.MAX_VALUE),
                Fields.within("limit", limit, 1, Limits.PAGE));
    }
}
