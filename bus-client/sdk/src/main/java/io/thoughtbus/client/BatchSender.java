package io.thoughtbus.client;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.Published;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Publishes facts in batches that grow with the load: while one batch is under way, what comes meanwhile makes the
 * next. A sender keeps its facts' order.
 */
final class BatchSender implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_TOGETHER = 128;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(30);

    private final FactDoor door;
    private final BlockingQueue<Pending> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closing;

    BatchSender(FactDoor door, String name) {
        this.door = door;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Queues a fact; waits while too many are queued. */
    CompletableFuture<Published> send(FactDraft fact) {
        if (closing) {
            throw new IllegalStateException("the client is closed");
        }
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
        Pending pending = new Pending(fact, new CompletableFuture<>());
        try {
            waiting.put(pending);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pending.answer()
                    .completeExceptionally(
                            new BusUnavailableException("interrupted while waiting to publish", Duration.ZERO, e));
        }
        if (closing && !thread.isAlive()) {
            failWaiting();
        }
        return pending.answer();
    }

    /** Sends what is queued, and then no more. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(LONGEST_DRAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                Pending first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Pending> batch = new ArrayList<>(List.of(first));
                    waiting.drainTo(batch, MOST_TOGETHER - 1);
                    send(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failWaiting();
    }

    private void failWaiting() {
        List<Pending> left = new ArrayList<>();
        waiting.drainTo(left);
        left.forEach(pending -> pending.answer()
                .completeExceptionally(new BusUnavailableException("the client was closed", Duration.ZERO, null)));
    }

    private void send(List<Pending> batch) {
        try {
            List<Object> answers =
                    door.publishAll(batch.stream().map(Pending::fact).toList());
            for (int i = 0; i < batch.size(); i++) {
                if (answers.get(i) instanceof Published published) {
                    batch.get(i).answer().complete(published);
                } else {
                    batch.get(i).answer().completeExceptionally((BusException) answers.get(i));
                }
            }
        } catch (RuntimeException e) {
            batch.forEach(pending -> pending.answer().completeExceptionally(e));
        }
    }

    private record Pending(FactDraft fact, CompletableFuture<Published> answer) {}
}
