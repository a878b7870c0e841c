package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.DeadLetterPage;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.ReviveRequest;
import io.thoughtbus.protocol.Revived;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The door to wakes that were given up. */
@RestController
@RequestMapping("/v1/{namespace}/subscriptions/{id}")
final class DeadLetterController {
    private final DeadLetters deadLetters;

    DeadLetterController(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    @GetMapping("/dead-letters")
    DeadLetterPage list(
            @PathVariable String namespace,
            @PathVariable String id,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "100") int limit) {
        return deadLetters.list(
                DeliveryController.ref(namespace, id),
                Fields.within("after", after, 0, Integer.MAX_VALUE),
                Fields.within("limit", limit, 1, Limits.PAGE));
    }

    @PostMapping("/dead-letters:revive")
    Revived revive(@PathVariable String namespace, @PathVariable String id, @RequestBody ReviveRequest request) {
        return deadLetters.revive(DeliveryController.ref(namespace, id), request.wakes());
    }
}
