package io.thoughtbus.client;

import io.thoughtbus.protocol.Comparison;
import io.thoughtbus.protocol.ComparisonDraft;
import io.thoughtbus.protocol.Drift;
import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.Erasure;
import io.thoughtbus.protocol.ErasureDraft;
import io.thoughtbus.protocol.ExplainRequest;
import io.thoughtbus.protocol.Explanations;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.Preview;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayDraft;
import io.thoughtbus.protocol.RetractionDraft;
import io.thoughtbus.protocol.Subscription;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.SubscriptionPage;
import io.thoughtbus.protocol.Suggestion;
import io.thoughtbus.protocol.Timeline;
import io.thoughtbus.protocol.TimelineQuery;
import io.thoughtbus.protocol.Wake;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A namespace of a bus: where facts are published and subscribers are woken by meaning. Safe for use by many threads;
 * make one and share it.
 *
 * <pre>{@code
 * try (ThoughtBus bus = ThoughtBus.connect("http://localhost:8080/shop")) {
 *     bus.subscribe(
 *             "military-discount",
 *             SubscriptionDraft.of("discount-agent", "a customer is a member of the armed forces"),
 *             wake -> {
 *                 System.out.println(wake.fact().subject() + " gets 10 % off: " + wake.fact().text());
 *                 return Verdict.done();
 *             });
 *     bus.publish(FactDraft.of("User 123 serves in the Military").about("user-123"));
 *     System.in.read(); // awake until Enter
 * }
 * }</pre>
 *
 * <p>Calls that fail because the bus is away or busy are tried again by themselves for half a minute where that can do
 * no harm; then they throw {@link BusUnavailableException}. What the bus refuses throws
 * {@link RequestRefusedException}, and what it would surely refuse is an {@link IllegalArgumentException} here already.
 */
public final class ThoughtBus implements AutoCloseable {
    private static final int SENDERS = 4;

    private final Http http;
    private final FactDoor door;
    private final BusListener listener;
    private final List<BatchSender> senders;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    ThoughtBus(Http http, @Nullable String publisher, Durability durability, BusListener listener) {
        this.http = http;
        this.door = new FactDoor(http, publisher, durability);
        this.listener = new SteadyListener(listener);
        this.senders = IntStream.range(0, SENDERS)
                .mapToObj(i -> new BatchSender(door, "thought-bus-publisher-" + i))
                .toList();
    }

    /**
     * The bus at an address whose path is the namespace, such as {@code http://localhost:8080/shop}. Nothing is sent
     * yet.
     */
    public static ThoughtBus connect(String uri) {
        return connect(URI.create(Objects.requireNonNull(uri, "uri")));
    }

    /** As {@link #connect(String)}. */
    public static ThoughtBus connect(URI uri) {
        return builder(uri).connect();
    }

    /** A bus with other settings than the usual. */
    public static ThoughtBusBuilder builder(URI uri) {
        return new ThoughtBusBuilder(Objects.requireNonNull(uri, "uri"));
    }

    /** Publishes a fact that is nothing but its text, and waits until the bus has it. */
    public Published publish(String text) {
        return publish(FactDraft.of(text));
    }

    /** Publishes a fact, and waits until the bus has it. */
    public Published publish(FactDraft fact) {
        return door.publish(Objects.requireNonNull(fact, "fact"));
    }

    /**
     * Publishes a fact when there is time, together with others. Facts of one subject keep the order of these calls.
     *
     * @return completed when the bus has it, or exceptionally with a {@link BusException}; waits while 10,000 facts wait
     */
    public CompletableFuture<Published> publishAsync(FactDraft fact) {
        int hash =
                fact.subject() == null ? next.getAndIncrement() : fact.subject().hashCode();
        return senders.get(Math.floorMod(hash, SENDERS)).send(fact);
    }

    /**
     * Publishes up to 1,000 facts in one request.
     *
     * @return in their order, for each a {@link Published} or the {@link RequestRefusedException} that it alone met
     */
    public List<Object> publishAll(List<FactDraft> facts) {
        return door.publishAll(List.copyOf(facts));
    }

    /**
     * Says that a fact no longer holds, or never did: it leaves live memory, and those whom it woke are told by a wake
     * with {@link Wake#isRetraction()}. A fact that was retracted before is answered with its first retraction.
     */
    public Published retract(FactId fact, RetractionDraft retraction) {
        return door.retract(Objects.requireNonNull(fact, "fact"), Objects.requireNonNull(retraction, "retraction"));
    }

    /**
     * Has the bus forget facts, and returns their record as soon as they are gone, or after two seconds: then the bus goes
     * on by itself, and {@link #erasure} tells how far it is.
     */
    public Erasure erase(ErasureDraft draft) {
        return http.repeatedly("POST", "/facts:erase", Objects.requireNonNull(draft, "draft"), Erasure.class);
    }

    /**
     * The record of an erasure, if there is one, with the ids of some facts that it erased.
     *
     * @param after {@link Erasure#next} of the page before; absent for the first
     */
    public Optional<Erasure> erasure(String id, @Nullable String after) {
        try {
            String path = "/erasures/" + Fields.id("id", id) + "?limit=1000&after=" + (after == null ? "0" : after);
            return Optional.of(http.repeatedly("GET", path, null, Erasure.class));
        } catch (RequestRefusedException e) {
            if (e.is("erasure-not-found")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Declares a subscription and works on its wakes one at a time until closed. The same declaration again, after a
     * restart for example, changes nothing and goes on where the last one stopped.
     */
    public Subscriber subscribe(String id, SubscriptionDraft draft, WakeHandler handler) {
        return subscribe(id, draft, 1, handler);
    }

    /**
     * As {@link #subscribe(String, SubscriptionDraft, WakeHandler)}, working on several wakes at a time.
     *
     * @param concurrency how many, 1 to 256
     */
    public Subscriber subscribe(String id, SubscriptionDraft draft, int concurrency, WakeHandler handler) {
        Fields.within("concurrency", concurrency, 1, 256);
        Objects.requireNonNull(handler, "handler");
        Subscriber subscriber = new Subscriber(declare(id, draft), inbox(id), handler, concurrency, listener);
        subscribers.add(subscriber);
        return subscriber;
    }

    /**
     * As {@link #subscribe(String, SubscriptionDraft, int, WakeHandler)}, with another handler for the wakes that replays
     * deliver again, so that the side effects of the first time need not be repeated. {@link Wake#run} tells which replay.
     */
    public Subscriber subscribe(
            String id, SubscriptionDraft draft, int concurrency, WakeHandler handler, WakeHandler replayed) {
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(replayed, "replayed");
        return subscribe(id, draft, concurrency, wake -> (wake.replay() ? replayed : handler).handle(wake));
    }

    /** Declares a subscription or changes it, and returns when every fact accepted from now on is decided by it. */
    public Subscription declare(String id, SubscriptionDraft draft) {
        return http.repeatedly("PUT", path(id), Objects.requireNonNull(draft, "draft"), Subscription.class);
    }

    /** As {@link #declare}, also if the interest fails its own tests; the notes of the answer name those that fail. */
    public Subscription declareDespiteTests(String id, SubscriptionDraft draft) {
        return http.repeatedly(
                "PUT", path(id) + "?force=true", Objects.requireNonNull(draft, "draft"), Subscription.class);
    }

    /**
     * What a subscription would do if it were declared so, judged by its tests and by the newest facts; nothing is changed.
     *
     * @param facts how many of the newest facts to look at, at most 10,000
     */
    public Preview preview(String id, SubscriptionDraft draft, int facts) {
        Fields.within("facts", facts, 0, Limits.PREVIEW_FACTS);
        return http.repeatedly(
                "POST", path(id) + ":preview?facts=" + facts, Objects.requireNonNull(draft, "draft"), Preview.class);
    }

    /** What a subscription might be changed to, by what its subscriber judged. */
    public Suggestion suggestion(String id) {
        return http.repeatedly("GET", path(id) + "/suggestion", null, Suggestion.class);
    }

    /** How a subscription does with the facts that come now. */
    public Drift drift(String id) {
        return http.repeatedly("GET", path(id) + "/drift", null, Drift.class);
    }

    /** A subscription, if it is there. */
    public Optional<Subscription> subscription(String id) {
        try {
            return Optional.of(http.repeatedly("GET", path(id), null, Subscription.class));
        } catch (RequestRefusedException e) {
            if (e.is("subscription-not-found")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The subscriptions of the namespace, in the order of their ids.
     *
     * @param after {@link SubscriptionPage#next} of the page before; absent for the first
     */
    public SubscriptionPage subscriptions(@Nullable String after) {
        return http.repeatedly(
                "GET", "/subscriptions?after=" + (after == null ? "0" : after), null, SubscriptionPage.class);
    }

    /** The subscriptions nearest to being woken by a text, the nearest first. */
    public List<Subscription> subscriptionsAbout(String text) {
        String query = URLEncoder.encode(Fields.text("text", text), StandardCharsets.UTF_8);
        return http.repeatedly("GET", "/subscriptions?limit=10&about=" + query, null, SubscriptionPage.class)
                .subscriptions();
    }

    /** Deletes a subscription with its wakes, dead letters and replays; whether there was one. */
    public boolean delete(String id) {
        try {
            http.repeatedly("DELETE", path(id), null, JsonNode.class);
            return true;
        } catch (RequestRefusedException e) {
            if (e.is("subscription-not-found")) {
                return false;
            }
            throw e;
        }
    }

    /** The wakes of a subscription, to be taken by hand. */
    public Inbox inbox(String subscription) {
        return new Inbox(http, subscription);
    }

    /** The facts whose lifetime has not ended. */
    public LiveMemory memory() {
        return new LiveMemory(http);
    }

    /** The ledger of the namespace: what happened in it, with what proves that. */
    public Ledger ledger() {
        return new Ledger(http);
    }

    /** Matches a range of the past again for one subscription: tells what would wake it, or delivers it again. */
    public ReplayRun replay(String subscription, ReplayDraft draft) {
        Replay started = http.once(
                "POST", path(subscription) + "/replays", Objects.requireNonNull(draft, "draft"), Replay.class);
        return new ReplayRun(http, subscription, started.id());
    }

    /** Matches a range of the past again for the whole namespace, and compares the result with what was recorded. */
    public ComparisonRun replay(ComparisonDraft draft) {
        Comparison started = http.once("POST", "/replays", Objects.requireNonNull(draft, "draft"), Comparison.class);
        return new ComparisonRun(http, started.id());
    }

    /** A replay of the namespace that was started before, by anybody; whether it is remembered shows when it is used. */
    public ComparisonRun replay(String id) {
        return new ComparisonRun(http, Fields.id("id", id));
    }

    /** Whom a statement or a fact wakes, whom it nearly does, and why. */
    public Explanations explain(ExplainRequest request) {
        return http.repeatedly("POST", "/explain", Objects.requireNonNull(request, "request"), Explanations.class);
    }

    /** What happened to a fact, a subject, a subscription or a chain of causes. */
    public Timeline timeline(TimelineQuery query) {
        StringBuilder path = new StringBuilder("/timeline?limit=" + query.limit());
        append(path, "fact", query.fact());
        append(path, "subject", query.subject());
        append(path, "subscription", query.subscription());
        append(path, "cause", query.cause());
        append(path, "after", query.after());
        return http.repeatedly("GET", path.toString(), null, Timeline.class);
    }

    private static void append(StringBuilder path, String name, @Nullable Object value) {
        if (value != null) {
            path.append('&').append(name).append('=').append(value);
        }
    }

    /** Publishes what is queued, lets the subscribers finish what they have in hand, and returns. */
    @Override
    public void close() {
        subscribers.parallelStream().forEach(Subscriber::close);
        senders.parallelStream().forEach(BatchSender::close);
    }

    private static String path(String subscription) {
        return "/subscriptions/" + Fields.id("id", subscription);
    }
}
