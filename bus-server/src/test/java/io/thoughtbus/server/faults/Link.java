package io.thoughtbus.server.faults;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection through a {@link FaultProxy}: two sockets, and a thread for each direction. */
final class Link {
    private static final Logger log = LoggerFactory.getLogger(Link.class);
    private static final int LONGEST_VALUE = 64 * 1024 * 1024;

    private final String name;
    private final Socket client;
    private final Socket redis;
    private final Triggers triggers;
    private final Counters counters;
    private final Replies replies = new Replies();
    private final Pipe toRedis;
    private final Pipe toClient;
    private final Thread asking;
    private final Thread answering;
    private final Consumer<Link> whenEnded;
    private volatile boolean listening;

    /** A link of two open sockets, to be {@link #start}ed. */
    Link(
            String name,
            Socket client,
            Socket redis,
            Toxics toxics,
            Triggers triggers,
            Counters counters,
            Consumer<Link> whenEnded)
            throws IOException {
        this.name = name;
        this.client = client;
        this.redis = redis;
        this.triggers = triggers;
        this.counters = counters;
        this.toRedis = new Pipe(Direction.TO_REDIS, toxics, counters, client.getInputStream(), redis.getOutputStream());
        this.toClient =
                new Pipe(Direction.TO_CLIENT, toxics, counters, redis.getInputStream(), client.getOutputStream());
        this.asking = Threads.daemon(name + "-to-redis", this::ask);
        this.answering = Threads.daemon(name + "-to-client", this::answer);
        this.whenEnded = whenEnded;
    }

    void start() {
        asking.start();
        answering.start();
    }

    /** Whether bytes were lost on it. */
    boolean isLossy() {
        return toRedis.isLossy() || toClient.isLossy();
    }

    /** Ends it so that both sides see a reset. */
    void reset() {
        counters.add(Counted.RESETS, 1);
        Sockets.reset(client);
        Sockets.reset(redis);
        end();
    }

    /** Ends it in good order. */
    void close() {
        Sockets.close(client);
        Sockets.close(redis);
        end();
    }

    /** Waits until its threads have ended, of which the caller may be one. */
    void join(long millis) {
        Threads.join(asking, millis);
        Threads.join(answering, millis);
    }

    private void end() {
        replies.end();
        toRedis.end();
        toClient.end();
    }

    private void ask() {
        attempt(this::passQuestions);
        attempt(() -> {
            toRedis.awaitOpen();
            redis.shutdownOutput();
        });
    }

    private void answer() {
        attempt(this::passAnswers);
        attempt(toClient::awaitOpen);
        close();
        whenEnded.accept(this);
    }

    private void attempt(Work work) {
        try {
            work.run();
        } catch (MalformedRespException e) {
            log.warn("{} speaks no RESP", this, e);
            counters.add(Counted.MALFORMED, 1);
            close();
        } catch (IOException e) {
            log.debug("{} has lost a side", this, e);
        }
    }

    private void passQuestions() throws IOException {
        RespReader questions = new RespReader(toRedis.in(), LONGEST_VALUE);
        boolean goesOn = true;
        while (goesOn && questions.awaitMore()) {
            if (listening) {
                toRedis.send(questions.chunk());
            } else {
                goesOn = passes(Request.of(questions.value()));
            }
        }
    }

    private boolean passes(Request request) throws IOException {
        if (request.endsTheDialogue()) {
            listening = true;
            send(request);
            return true;
        }
        Optional<Trigger> due = triggers.meet(request);
        if (due.isPresent()) {
            return !fires(due.get(), request);
        }
        if (triggers.areArmed()) {
            awaitAnswers();
        }
        replies.expect();
        send(request);
        return true;
    }

    private boolean fires(Trigger trigger, Request request) throws IOException {
        boolean fires = false;
        try {
            awaitAnswers();
            if (trigger.moment() == Moment.AFTER_RAN) {
                replies.expectWithheld();
                send(request);
                fires = awaitAnswers();
            } else {
                fires = true;
            }
        } finally {
            if (!fires) {
                trigger.missed();
            }
        }
        if (fires) {
            counters.add(trigger.moment() == Moment.BEFORE ? Counted.CUT_BEFORE : Counted.SWALLOWED_ANSWERS, 1);
            trigger.fire();
            close();
        }
        return fires;
    }

    private void send(Request request) throws IOException {
        counters.passed(request.name());
        toRedis.send(request.bytes());
    }

    /** Waits until Redis owes nothing. Answers whether the last answer was withheld. */
    private boolean awaitAnswers() throws IOException {
        toRedis.flush();
        return replies.awaitAll();
    }

    private void passAnswers() throws IOException {
        RespReader answers = new RespReader(toClient.in(), LONGEST_VALUE);
        try {
            while (answers.awaitMore()) {
                if (listening) {
                    toClient.send(answers.chunk());
                } else {
                    pass(answers.value());
                }
            }
        } finally {
            replies.end();
        }
    }

    private void pass(byte[] answer) throws IOException {
        boolean isPush = answer[0] == '>';
        if (isPush || replies.mayPass(answer)) {
            toClient.send(answer);
        }
        if (triggers.areArmed()) {
            toClient.flush();
        }
        if (!isPush) {
            replies.answered();
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private interface Work {
        void run() throws IOException;
    }
}
