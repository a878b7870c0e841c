package io.thoughtbus.server.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import redis.clients.jedis.RedisClient;

/**
 * A real redis-server with the search and JSON modules, in a process of its own, to be killed, paused and started again
 * by a test. Unlike {@link EmbeddedRedis} it never comes back by itself. It ends with the JVM.
 */
public final class RedisServer implements AutoCloseable {
    /** Below the ports that Linux gives to outgoing connections, so that none takes it while Redis is away. */
    private static final int LOWEST_PORT = 20_000;

    private static final int HIGHEST_PORT = 32_000;
    private static final int PORTS_TRIED = 100;

    private final Path directory;
    private final RedisFiles files;
    private final RedisSettings settings;
    private final Thread lastResort;
    private volatile RedisRun run;

    private RedisServer(Path directory, RedisSettings settings) {
        this.directory = directory;
        this.files = new RedisFiles(directory);
        this.settings = settings;
        this.run = RedisRun.start(directory, settings);
        this.lastResort = new Thread(this::kill);
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /**
     * Starts a Redis whose files are in this directory, and waits until it has loaded them.
     *
     * @throws IllegalStateException with the end of its log, if it does not start
     */
    public static RedisServer start(Path directory, RedisSettings settings) {
        try {
            return new RedisServer(Files.createDirectories(directory).toRealPath(), settings.placed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that nobody listens at, and that the system gives to no outgoing connection. */
    public static int freePort() {
        return new Random()
                .ints(LOWEST_PORT, HIGHEST_PORT)
                .limit(PORTS_TRIED)
                .filter(RedisServer::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no port is free within [" + LOWEST_PORT + ", " + HIGHEST_PORT + ")"));
    }

    /** Where it listens; the same after every restart. */
    public RedisAddress address() {
        return settings.address();
    }

    /** The port of {@link #address}. */
    public int port() {
        return address().port();
    }

    /** Its address for {@code thoughtbus.redis.uri}. */
    public String uri() {
        return "redis://:" + address().password() + "@" + address().host() + ":" + port();
    }

    /** The process of the last start; it may have ended. */
    public ProcessHandle processHandle() {
        return run.redis();
    }

    /** What it has written to its log, in all its lives. */
    public String log() {
        try {
            return Files.readString(new RedisDirectory(directory).log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new client to look inside; to be closed by who asks. */
    public RedisClient client() {
        return new RedisClients(address()).shared(8);
    }

    /** The same, which a restart does not trouble: it asks for a sign of life each time, which a full disk refuses. */
    public RedisClient lastingClient() {
        return new RedisClients(address()).tested(8);
    }

    /** Kills it as by {@code kill -9} and waits until it is gone; nothing happens if it was. */
    public synchronized void kill() {
        run.kill();
    }

    /**
     * Waits until it has ended by itself.
     *
     * @throws IllegalStateException if it has not within half a minute
     */
    public void awaitEnd() {
        run.awaitEnd();
    }

    /**
     * Starts it again at the same port in the same directory, and waits until it has loaded its files.
     *
     * @return how long that took
     * @throws IllegalStateException if it still runs; or with the end of its log, if it does not start
     */
    public synchronized Duration restart() {
        requireEnded();
        long started = System.nanoTime();
        run = RedisRun.start(directory, settings);
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Stops it in its tracks, as by {@code SIGSTOP}: its sockets stay open and answer nothing. */
    public void pause() {
        run.signal("STOP");
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() {
        run.signal("CONT");
    }

    /**
     * Cuts its power: kills it, and takes from its files what no fsync had reached. A file that was never synced becomes
     * empty, whatever the system had made of it. Only a Redis with its disk in hand can lose power.
     *
     * @return how many bytes were taken
     */
    public synchronized long cutPower() {
        requireDiskInHand();
        kill();
        return files.forgetUnsynced();
    }

    /**
     * Gives it the append-only files of another in place of its own, as if that one's disk were put into it. Both must have
     * ended.
     */
    public synchronized void takeDiskOf(RedisServer other) {
        requireEnded();
        other.requireEnded();
        files.replaceBy(other.files);
    }

    /**
     * Fills its disk: its append-only files can grow by this many bytes more, and then writing fails for want of space.
     * With {@link RedisSettings.Fsync#ALWAYS} Redis ends at the first such failure, before it answers. Otherwise it has
     * answered already: it keeps what it could not write in memory, refuses further writes with {@code MISCONF}, and
     * writes when there is room again; a kill before that takes what was answered. What a rewrite of the file needs is
     * not refused. Only a Redis with its disk in hand can have a full one.
     */
    public void fillDisk(long bytesLeft) {
        requireDiskInHand();
        files.limit(bytesLeft);
    }

    /** Gives its disk room again. */
    public void freeDisk() {
        requireDiskInHand();
        files.unlimit();
    }

    /**
     * Tears what a dead Redis wrote last to its append-only file, at a random byte of the last {@code atMost}.
     *
     * @return how many bytes were taken; at least one
     */
    public synchronized long tear(Random random, int atMost) {
        requireEnded();
        return files.tear(random, atMost);
    }

    /**
     * Turns a random bit among the last bytes that a dead Redis wrote to its append-only file.
     *
     * @return the position of the byte that was changed
     */
    public synchronized long flipBit(Random random, int amongLast) {
        requireEnded();
        return files.flip(random, amongLast);
    }

    /** Kills it for good. */
    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException shuttingDown) {
            return;
        }
    }

    private void requireEnded() {
        if (run.isAlive()) {
            throw new IllegalStateException("Redis (process " + run.redis().pid() + ") still runs: kill it first");
        }
    }

    private void requireDiskInHand() {
        if (!settings.diskInHand()) {
            throw new IllegalStateException("this Redis has no disk in hand: start it with withDiskInHand()");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
