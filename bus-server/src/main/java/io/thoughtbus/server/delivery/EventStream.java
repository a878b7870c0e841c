package io.thoughtbus.server.delivery;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events to one reader, written without ever blocking a thread: what the reader does not take yet waits
 * here, and its writer must not let too much wait.
 */
final class EventStream implements WriteListener {
    private final Unsent all;
    private final Runnable whenTaken;
    private final Runnable whenClosed;
    private final Deque<byte[]> unsent = new ArrayDeque<>();
    private @Nullable AsyncContext context;
    private @Nullable ServletOutputStream out;
    private boolean writable;
    private boolean unflushed;
    private boolean closed;
    private volatile boolean drained = true;
    private volatile long lastTaken;

    /**
     * A stream that has not started; events may be sent already.
     *
     * @param all counts what waits here, with what waits in all others
     * @param whenTaken called when a reader that was behind has taken all there was
     * @param whenClosed called once, by whichever side ends it
     */
    EventStream(Unsent all, Runnable whenTaken, Runnable whenClosed) {
        this.all = all;
        this.whenTaken = whenTaken;
        this.whenClosed = whenClosed;
        this.lastTaken = all.now();
    }

    /** Begins to write. */
    void start(AsyncContext started) throws IOException {
        started.setTimeout(0);
        started.addListener(new Ends());
        ServletOutputStream stream = started.getResponse().getOutputStream();
        synchronized (this) {
            context = started;
            out = stream;
        }
        stream.setWriteListener(this);
    }

    /** Sends events or comments; false if the reader is gone. */
    synchronized boolean send(List<String> events) {
        if (closed) {
            return false;
        }
        if (drained) {
            lastTaken = all.now();
        }
        for (String event : events) {
            byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
            unsent.addLast(bytes);
            all.add(bytes.length);
        }
        drain();
        return !closed;
    }

    /** Whether the reader has taken all there was. */
    boolean isDrained() {
        return drained;
    }

    /** For how long the reader has taken nothing of what there is; zero if there is nothing. */
    Duration behind() {
        return drained ? Duration.ZERO : Duration.ofNanos(all.now() - lastTaken);
    }

    /** Ends the stream from this side. */
    void close() {
        if (end() && context != null) {
            context.complete();
        }
    }

    @Override
    public void onWritePossible() {
        boolean tookAll;
        synchronized (this) {
            writable = true;
            lastTaken = all.now();
            drain();
            tookAll = drained;
        }
        if (tookAll) {
            whenTaken.run();
        }
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    private void drain() {
        try {
            while (out != null && writable && isAnythingLeft()) {
                unflushed = !unsent.isEmpty();
                if (unflushed) {
                    byte[] next = unsent.removeFirst();
                    all.add(-next.length);
                    out.write(next);
                } else {
                    out.flush();
                }
                writable = out.isReady();
            }
        } catch (IOException | IllegalStateException e) {
            writable = false;
            close();
        }
        drained = !isAnythingLeft();
    }

    private boolean isAnythingLeft() {
        return !unsent.isEmpty() || unflushed;
    }

    private synchronized boolean markClosed() {
        boolean first = !closed;
        closed = true;
        unsent.forEach(event -> all.add(-event.length));
        unsent.clear();
        return first;
    }

    private boolean end() {
        if (!markClosed()) {
            return false;
        }
        whenClosed.run();
        return true;
    }

    /** The container says that the reader is gone. */
    private final class Ends implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            end();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            close();
        }

        @Override
        public void onError(AsyncEvent event) {
            close();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
