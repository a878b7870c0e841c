package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.Preview;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.judge.BoundedJudge;
import io.thoughtbus.server.outlook.Outlooks;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The door for those who want to know what would happen if. */
@RestController
final class PreviewController {
    private final SubscriptionRegistry registry;
    private final Outlooks outlooks;
    private final BoundedJudge secondStage;

    PreviewController(SubscriptionRegistry registry, Outlooks outlooks, BoundedJudge secondStage) {
        this.registry = registry;
        this.outlooks = outlooks;
        this.secondStage = secondStage;
    }

    @PostMapping("/v1/{namespace}/subscriptions/{id}:preview")
    Preview preview(
            @PathVariable String namespace,
            @PathVariable String id,
            @RequestParam(defaultValue = "1000") int facts,
            @RequestBody SubscriptionDraft draft) {
        Fields.within("facts", facts, 0, Limits.PREVIEW_FACTS);
        secondStage.requireFor(draft);
        return outlooks.preview(
                Fields.namespace(namespace),
                Fields.id("id", id),
                draft,
                registry.find(namespace, id).map(StoredSubscription::interest),
                facts);
    }
}
