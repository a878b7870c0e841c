package io.thoughtbus.server.asking;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.server.delivery.QuestionBell;
import io.thoughtbus.server.delivery.RedisQuestions;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.loop.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Asks about wakes in doubt, one batch of each namespace after the other; on every server, each with questions of its own. */
final class AskingLoop implements Loop {
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Looking takes at most a tenth of the time, however many subscriptions there are to look at. */
    private static final int REST_FOR_EACH_LOOK = 9;

    private final RedisQuestions questions;
    private final QuestionBell bell;
    private final Asker asker;
    private final Ticker ticker;
    private Duration look = Duration.ZERO;

    AskingLoop(RedisQuestions questions, QuestionBell bell, Asker asker, Ticker ticker) {
        this.questions = questions;
        this.bell = bell;
        this.asker = asker;
        this.ticker = ticker;
    }

    @Override
    public String name() {
        return "asking";
    }

    @Override
    public Duration rest() {
        Duration rest = look.multipliedBy(REST_FOR_EACH_LOOK);
        return rest.compareTo(LOOK) > 0 ? LOOK : rest;
    }

    @Override
    public int doWork() throws InterruptedException {
        bell.await(LOOK);
        long started = ticker.read();
        List<SubscriptionRef> found = new ArrayList<>(questions.due(questions.asking()));
        look = Duration.ofNanos(ticker.read() - started);
        Collections.shuffle(found);
        Map<String, List<SubscriptionRef>> byNamespace =
                found.stream().collect(Collectors.groupingBy(SubscriptionRef::namespace));
        AtomicInteger looked = new AtomicInteger();
        Round.of(byNamespace.entrySet(), each -> looked.addAndGet(asker.ask(each.getKey(), each.getValue())));
        if (looked.get() > 0) {
            bell.ring();
        }
        return 0;
    }
}
