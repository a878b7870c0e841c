package io.thoughtbus.server.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;

/** Finds out whether facts may be published as far as their keys and causes tell, while the model is at work. */
@Component
final class Admission implements AutoCloseable {
    private static final int MOST_AT_ONCE = 16;

    private final RedisClient redis;
    private final Descents descents;
    private final Supersessions supersessions;
    private final RedisDescendants descendants;
    private final RedisClaims claims;
    private final Counter tooDeep;
    private final Counter tooMany;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, MOST_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Admission::thread, new CallerRunsPolicy());

    Admission(
            RedisClient redis,
            Descents descents,
            Supersessions supersessions,
            RedisDescendants descendants,
            RedisClaims claims,
            MeterRegistry meters) {
        this.redis = redis;
        this.descents = descents;
        this.supersessions = supersessions;
        this.descendants = descendants;
        this.claims = claims;
        this.tooDeep = refusals(meters, "depth");
        this.tooMany = refusals(meters, "descendants");
    }

    /**
     * Begins to find out, and returns what to wait on: for each draft where it stands in a chain of causes, or why it is
     * refused.
     */
    Supplier<List<Object>> begin(String namespace, List<FactDraft> drafts) {
        if (drafts.stream()
                .allMatch(draft -> draft.key() == null && draft.cause() == null && draft.supersedes() == null)) {
            return () -> Collections.nCopies(drafts.size(), Descent.NONE);
        }
        CompletableFuture<List<Object>> admitted =
                CompletableFuture.supplyAsync(() -> admitted(namespace, drafts), threads);
        return () -> {
            try {
                return admitted.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        };
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /** What is refused so far claims no key and counts nowhere; the rest does both in one way to Redis. */
    private List<Object> admitted(String namespace, List<FactDraft> drafts) {
        List<Object> inChains = descents.of(namespace, drafts);
        inChains.stream().filter(ProblemException.class::isInstance).forEach(refusal -> tooDeep.increment());
        List<Object> answers = new ArrayList<>(supersessions.refuse(namespace, drafts, inChains));
        Map<FactId, List<Integer>> families = new LinkedHashMap<>();
        Map<Integer, BooleanSupplier> claimed = new LinkedHashMap<>();
        Map<FactId, Supplier<RedisDescendants.Counted>> counted = new LinkedHashMap<>();
        try (Pipeline pipeline = redis.pipelined()) {
            for (int i = 0; i < drafts.size(); i++) {
                if (answers.get(i) instanceof Descent descent) {
                    if (drafts.get(i).key() != null) {
                        claimed.put(i, claims.queue(pipeline, namespace, drafts.get(i)));
                    }
                    if (descent.root() != null) {
                        families.computeIfAbsent(descent.root(), root -> new ArrayList<>())
                                .add(i);
                    }
                }
            }
            families.forEach((root, places) -> counted.put(
                    root,
                    descendants.queue(
                            pipeline,
                            namespace,
                            root,
                            places.stream().map(drafts::get).toList())));
        }
        counted.forEach((root, count) -> refuse(answers, root, families.getOrDefault(root, List.of()), count.get()));
        claimed.forEach((place, isOurs) -> {
            if (!isOurs.getAsBoolean()) {
                answers.set(place, keyReused(drafts.get(place)));
            }
        });
        return answers;
    }

    private void refuse(List<Object> answers, FactId root, List<Integer> places, RedisDescendants.Counted counted) {
        for (int i = 0; i < places.size(); i++) {
            if (!counted.counts().get(i)) {
                tooMany.increment();
                answers.set(places.get(i), tooMany(root, counted.left()));
            }
        }
    }

    private ProblemException tooMany(FactId root, Duration left) {
        return new ProblemException(
                ProblemType.TOO_MANY_DESCENDANTS,
                "cause belongs to the descendants of " + root + ", of which there may be " + descendants.most()
                        + " a day; further ones are taken in " + Duration.ofSeconds(left.toSeconds() + 1),
                "cause",
                left);
    }

    private static ProblemException keyReused(FactDraft draft) {
        return new ProblemException(
                ProblemType.KEY_REUSED, "the key " + draft.key() + " was used for a fact with another body", "key");
    }

    private static Counter refusals(MeterRegistry meters, String bound) {
        return Counter.builder("thoughtbus.chains.refused")
                .description("facts refused because of the chain of causes that they would have continued")
                .tag("bound", bound)
                .register(meters);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "admission");
        thread.setDaemon(true);
        return thread;
    }
}
