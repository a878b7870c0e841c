package io.thoughtbus.server.delivery;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events to one reader, written without ever blocking a thread: what the reader does not take yet waits
 * here, and its writer must not let too much wait.
 */
final class EventStream implements WriteListener {
    private final Runnable whenClosed;
    private final Deque<byte[]> unsent = new ArrayDeque<>();
    private @Nullable AsyncContext context;
    private @Nullable ServletOutputStream out;
    private boolean writable;
    private boolean unflushed;
    private boolean closed;

    /**
     * A stream that has not started; events may be sent already.
     *
     * @param whenClosed called once, by whichever side ends it
     */
    EventStream(Runnable whenClosed) {
        this.whenClosed = whenClosed;
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

    /** Sends an event or a comment; false if the reader is gone. */
    synchronized boolean send(String event) {
        if (closed) {
            return false;
        }
        unsent.addLast(event.getBytes(StandardCharsets.UTF_8));
        drain();
        return !closed;
    }

    /** Whether the reader has taken all there was. */
    synchronized boolean isDrained() {
        return unsent.isEmpty() && !unflushed;
    }

    /** Ends the stream from this side. */
    void close() {
        if (end() && context != null) {
            context.complete();
        }
    }

    @Override
    public synchronized void onWritePossible() {
        writable = true;
        drain();
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    private void drain() {
        try {
            while (out != null && writable && !isDrained()) {
                unflushed = !unsent.isEmpty();
                if (unflushed) {
                    out.write(unsent.removeFirst());
                } else {
                    out.flush();
                }
                writable = out.isReady();
            }
        } catch (IOException | IllegalStateException e) {
            writable = false;
            close();
        }
    }

    private synchronized boolean markClosed() {
        boolean first = !closed;
        closed = true;
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
