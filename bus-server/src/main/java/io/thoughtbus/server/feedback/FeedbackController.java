package io.thoughtbus.server.feedback;

import io.thoughtbus.protocol.Drift;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Suggestion;
import io.thoughtbus.server.delivery.SubscriptionRef;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The door for those who tend their subscriptions. */
@RestController
@RequestMapping("/v1/{namespace}/subscriptions/{id}")
final class FeedbackController {
    private final Suggestions suggestions;
    private final Drifts drifts;

    FeedbackController(Suggestions suggestions, Drifts drifts) {
        this.suggestions = suggestions;
        this.drifts = drifts;
    }

    @GetMapping("/suggestion")
    Suggestion suggestion(@PathVariable String namespace, @PathVariable String id) {
        return suggestions.suggest(ref(namespace, id));
    }

    @GetMapping("/drift")
    Drift drift(@PathVariable String namespace, @PathVariable String id) {
        return drifts.drift(ref(namespace, id));
    }

    private static SubscriptionRef ref(String namespace, String id) {
        return new SubscriptionRef(Fields.namespace(namespace), Fields.id("id", id));
    }
}
