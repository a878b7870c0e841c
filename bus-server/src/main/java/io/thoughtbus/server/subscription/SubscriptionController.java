package io.thoughtbus.server.subscription;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.Subscription;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.SubscriptionPage;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.RedisModels;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The door for declaring what to be woken for. */
@RestController
@RequestMapping("/v1/{namespace}/subscriptions")
final class SubscriptionController {
    private final Subscriptions subscriptions;
    private final SubscriptionRegistry registry;
    private final Namespaces namespaces;
    private final RedisModels models;
    private final RedisInterestIndex index;
    private final Embedder embedder;

    SubscriptionController(
            Subscriptions subscriptions,
            SubscriptionRegistry registry,
            Namespaces namespaces,
            RedisModels models,
            RedisInterestIndex index,
            Embedder embedder) {
        this.subscriptions = subscriptions;
        this.registry = registry;
        this.namespaces = namespaces;
        this.models = models;
        this.index = index;
        this.embedder = embedder;
    }

    @PutMapping("/{id}")
    ResponseEntity<Subscription> put(
            @PathVariable String namespace,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestBody SubscriptionDraft draft) {
        Subscriptions.Declared declared =
                subscriptions.put(Fields.namespace(namespace), Fields.id("id", id), draft, force);
        return ResponseEntity.status(declared.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(declared.subscription().toSubscription(models));
    }

    @GetMapping("/{id}")
    Subscription get(@PathVariable String namespace, @PathVariable String id) {
        return subscriptions
                .require(Fields.namespace(namespace), Fields.id("id", id))
                .toSubscription(models);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String namespace, @PathVariable String id) {
        if (!subscriptions.delete(Fields.namespace(namespace), Fields.id("id", id))) {
            throw Subscriptions.notFound(id);
        }
    }

    @GetMapping
    SubscriptionPage list(
            @PathVariable String namespace,
            @RequestParam(required = false) @Nullable String subscriber,
            @RequestParam(required = false) @Nullable String about,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "100") int limit) {
        Fields.namespace(namespace);
        Fields.within("limit", limit, 1, Limits.PAGE);
        Fields.within("after", after, 0, Integer.MAX_VALUE / Limits.PAGE);
        Fields.optionalId("subscriber", subscriber);
        if (about != null) {
            return about(namespace, Fields.text("about", about), subscriber, limit);
        }
        SubscriptionRegistry.Listed listed = registry.list(namespace, subscriber, after, limit);
        return new SubscriptionPage(
                listed.subscriptions().stream()
                        .map(stored -> stored.toSubscription(models))
                        .toList(),
                listed.isLast() ? null : Integer.toString(after + 1));
    }

    private SubscriptionPage about(String namespace, String text, @Nullable String subscriber, int limit) {
        if (!namespaces.exists(namespace)) {
            return new SubscriptionPage(List.of(), null);
        }
        Embedding meaning = embedder.embed(text);
        int asked = limit;
        List<InterestRef> nearest;
        List<Subscription> found;
        do {
            asked *= 2;
            nearest = index.nearest(namespace, meaning, asked);
            found = inForce(namespace, nearest, subscriber, limit);
        } while (found.size() < limit && nearest.size() == asked);
        return new SubscriptionPage(found, null);
    }

    /** What the search found that is not superseded, at most so many, of one subscriber if one is given. */
    private List<Subscription> inForce(
            String namespace, List<InterestRef> found, @Nullable String subscriber, int most) {
        return found.stream()
                .map(ref -> registry.find(namespace, ref.subscription())
                        .filter(subscription -> subscription.revision() == ref.revision()))
                .flatMap(Optional::stream)
                .map(stored -> stored.toSubscription(models))
                .filter(each -> subscriber == null || each.subscriber().equals(subscriber))
                .limit(most)
                .toList();
    }
}
