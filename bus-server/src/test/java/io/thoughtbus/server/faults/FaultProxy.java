package io.thoughtbus.server.faults;

import io.thoughtbus.server.faults.Toxics.Flow;
import io.thoughtbus.server.redis.RedisAddress;
import io.thoughtbus.server.redis.RedisServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network between clients and their Redis that can be made bad, and that knows RESP. Faults of the network are named as
 * in Toxiproxy, act on all connections, and add up until {@link #heal}. Faults of single commands are {@link Trigger}s:
 * while one waits, commands go to Redis one by one, each when all before it on its connection are answered. What follows
 * a subscription to a channel, {@code MONITOR} or {@code PSYNC} on a connection passes unread and meets no trigger.
 */
public final class FaultProxy implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FaultProxy.class);

    /** Further connections wait in the system's queue, where they are not answered. */
    private static final int MOST_CONNECTIONS = 512;

    private static final long LONGEST_END_MILLIS = 10_000;

    private final RedisAddress target;
    private final int port;
    private final Toxics toxics = new Toxics();
    private final Triggers triggers = new Triggers();
    private final Counters counters = new Counters();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final List<Socket> unanswered = new ArrayList<>();
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
    private ServerSocket door;
    private Thread acceptor;
    private boolean refusing;

    private FaultProxy(RedisAddress target, int port) {
        this.target = target;
        this.port = port;
        this.door = Sockets.listen(port);
        this.acceptor = acceptAt(door);
    }

    /** A proxy at a free port of this machine. */
    public static FaultProxy to(RedisAddress target) {
        return new FaultProxy(target, RedisServer.freePort());
    }

    /** Where clients connect, with the login of Redis. */
    public RedisAddress address() {
        return new RedisAddress("127.0.0.1", port, target.user(), target.password(), target.database(), false);
    }

    /** The port of {@link #address}. */
    public int port() {
        return port;
    }

    /** Its address for {@code thoughtbus.redis.uri}. */
    public String uri() {
        String user = target.user() == null ? "" : target.user();
        String login = target.password() == null ? "" : user + ":" + target.password() + "@";
        return "redis://" + login + "127.0.0.1:" + port + "/" + target.database();
    }

    /**
     * Makes bytes late, each way, by a time around this one. What comes together is late together.
     *
     * @param jitter how much more or less it may be
     */
    public void latency(Duration latency, Duration jitter) {
        toxics.delay(latency, jitter);
    }

    /** Lets so many bytes a second pass on each connection, each way. */
    public void bandwidth(long bytesPerSecond) {
        requirePositive("bytesPerSecond", bytesPerSecond);
        toxics.limit(bytesPerSecond);
    }

    /** Cuts what passes into slices of this many bytes, each in a packet of its own, with a pause after each. */
    public void slicer(int bytes, Duration pause) {
        requirePositive("bytes", bytes);
        toxics.slice(bytes, pause);
    }

    /** Loses all bytes that go one way, on connections that stay open; {@link #heal} resets those that lost some. */
    public void halfOpen(Direction lost) {
        toxics.set(lost, Flow.DROPPED);
    }

    /**
     * Silences all connections, both ways, and answers no new ones. What was under way arrives after {@link #heal}, as
     * TCP would see to, even from a client that has given up; connections made meanwhile are reset then.
     */
    public synchronized void partition() {
        for (Direction direction : Direction.values()) {
            toxics.set(direction, Flow.HELD);
        }
    }

    /** Refuses new connections; those that are open stay. */
    public synchronized void refuse() {
        refusing = true;
        closeDoor();
    }

    /** Resets all connections. Answers how many. */
    public int reset() {
        List<Link> open = List.copyOf(links);
        open.forEach(Link::reset);
        return open.size();
    }

    /** Makes the network good again. Triggers stay armed. */
    public synchronized void heal() {
        synchronized (unanswered) {
            toxics.heal();
            resetUnanswered();
        }
        links.stream().filter(Link::isLossy).forEach(Link::reset);
        if (refusing) {
            refusing = false;
            door = Sockets.listen(port);
            acceptor = acceptAt(door);
        }
    }

    /** As {@link #swallowReply(String, int)}, once. */
    public Trigger swallowReply(String name) {
        return swallowReply(name, 1);
    }

    /**
     * Throws the answers of a command's next runs away and closes its connections: it ran, and the client never hears.
     * An answer that is an error is no run.
     *
     * @param name a command, or a function that {@code FCALL} calls
     * @param times how many answers
     */
    public Trigger swallowReply(String name, int times) {
        return triggers.add(new Trigger(name, 1, times, Moment.AFTER_RAN, () -> {}));
    }

    /**
     * Does something the nth time, counted from now, that a command comes by, and then closes its connection.
     *
     * @param name a command, or a function that {@code FCALL} calls
     * @param action runs in a thread of the proxy; it may kill processes and use this proxy
     */
    public Trigger when(String name, int nth, Moment moment, Runnable action) {
        return triggers.add(new Trigger(name, nth, nth, moment, action));
    }

    /** How often something has happened since the start. */
    public long count(Counted counted) {
        return counters.count(counted);
    }

    /** How often a command, or a function that {@code FCALL} calls, was handed to Redis. */
    public long passed(String name) {
        return counters.countPassed(name);
    }

    /** How many connections are open. */
    public int connections() {
        return links.size();
    }

    /** Closes all connections and ends all threads. */
    @Override
    public synchronized void close() {
        refusing = false;
        closeDoor();
        resetUnanswered();
        List<Link> open = List.copyOf(links);
        open.forEach(Link::close);
        open.forEach(link -> link.join(LONGEST_END_MILLIS));
    }

    /** Whoever waits at the door keeps it open for the system, so that it is shut only when he has left. */
    private void closeDoor() {
        Sockets.close(door);
        acceptor.interrupt();
        Threads.join(acceptor, LONGEST_END_MILLIS);
    }

    private Thread acceptAt(ServerSocket at) {
        Thread thread = Threads.daemon("fault-proxy-" + port + "-accept", () -> accept(at));
        thread.start();
        return thread;
    }

    private void accept(ServerSocket at) {
        try {
            while (true) {
                places.acquire();
                receive(accepted(at));
            }
        } catch (IOException | InterruptedException e) {
            log.debug("The door at {} is closed", port, e);
        }
    }

    private Socket accepted(ServerSocket at) throws IOException {
        try {
            return at.accept();
        } catch (IOException e) {
            places.release();
            throw e;
        }
    }

    private void receive(Socket client) {
        counters.add(Counted.CONNECTIONS, 1);
        if (leavesUnanswered(client)) {
            return;
        }
        try {
            client.setTcpNoDelay(true);
            open(client, Sockets.connect(new InetSocketAddress(target.host(), target.port())));
        } catch (IOException e) {
            log.debug("There is no Redis for a client at {}", port, e);
            Sockets.reset(client);
            places.release();
        }
    }

    private boolean leavesUnanswered(Socket client) {
        synchronized (unanswered) {
            boolean isPartitioned = toxics.flow(Direction.TO_REDIS) == Flow.HELD;
            if (isPartitioned) {
                counters.add(Counted.UNANSWERED_CONNECTIONS, 1);
                unanswered.add(client);
            }
            return isPartitioned;
        }
    }

    private void resetUnanswered() {
        synchronized (unanswered) {
            unanswered.forEach(Sockets::reset);
            places.release(unanswered.size());
            unanswered.clear();
        }
    }

    private void open(Socket client, Socket redis) throws IOException {
        String name = "fault-proxy-" + port + "-" + counters.count(Counted.CONNECTIONS);
        Link link = new Link(name, client, redis, toxics, triggers, counters, this::ended);
        links.add(link);
        link.start();
    }

    private void ended(Link link) {
        links.remove(link);
        places.release();
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 but was " + value);
        }
    }
}
