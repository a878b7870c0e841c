package io.thoughtbus.server.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real redis-server with the search and JSON modules, in a process of its own, to be killed, paused and started again
 * by a test. Unlike {@link EmbeddedRedis} it never comes back by itself. It ends with the JVM.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_END = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(5);

    /** Below the ports that Linux gives to outgoing connections, so that none takes it while Redis is away. */
    private static final int LOWEST_PORT = 20_000;

    private static final int HIGHEST_PORT = 32_000;
    private static final int PORTS_TRIED = 100;

    private final RedisInstallation installation;
    private final Path path;
    private final RedisDirectory directory;
    private final RedisSettings settings;
    private final RedisAddress address;
    private final Thread lastResort;
    private volatile Process process;
    private volatile ProcessHandle redis;

    private RedisServer(RedisInstallation installation, Path path, RedisSettings settings) {
        this.installation = installation;
        this.path = path;
        this.directory = new RedisDirectory(path);
        this.settings = settings;
        this.address = settings.address();
        this.process = launch();
        this.redis = awaitAnswer();
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
            Path path = Files.createDirectories(directory).toRealPath();
            return new RedisServer(RedisFinder.forThisMachine(null).find(), path, settings.placed());
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
        return address;
    }

    /** The port of {@link #address}. */
    public int port() {
        return address.port();
    }

    /** Its address for {@code thoughtbus.redis.uri}. */
    public String uri() {
        return "redis://:" + address.password() + "@" + address.host() + ":" + address.port();
    }

    /** The process of the last start; it may have ended. */
    public ProcessHandle processHandle() {
        return redis;
    }

    /** What it has written to its log, in all its lives. */
    public String log() {
        try {
            return Files.readString(directory.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new client to look inside; to be closed by who asks. */
    public RedisClient client() {
        return new RedisClients(address).shared(8);
    }

    /** Kills it as by {@code kill -9} and waits until it is gone; nothing happens if it was. */
    public synchronized void kill() {
        redis.destroyForcibly();
        process.destroyForcibly();
        awaitEnd();
    }

    /**
     * Waits until it has ended by itself.
     *
     * @throws IllegalStateException if it has not within half a minute
     */
    public void awaitEnd() {
        try {
            if (!process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS) || redis.isAlive()) {
                throw new IllegalStateException("Redis (process " + redis.pid() + ") does not end:\n" + lastWords());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Starts it again at the same port in the same directory, and waits until it has loaded its files.
     *
     * @return how long that took
     * @throws IllegalStateException if it still runs; or with the end of its log, if it does not start
     */
    public synchronized Duration restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("Redis (process " + redis.pid() + ") still runs: kill it first");
        }
        long started = System.nanoTime();
        process = launch();
        redis = awaitAnswer();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Stops it in its tracks, as by {@code SIGSTOP}: its sockets stay open and answer nothing. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() {
        signal("CONT");
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

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private Process launch() {
        Stream<String> own = Stream.of(
                "bind 127.0.0.1",
                "protected-mode yes",
                "dir \"" + path + '"',
                "logfile \"" + directory.log() + '"',
                "pidfile \"" + directory.pidFile() + '"',
                "set-proc-title no");
        Stream<String> modules = installation.modules().stream().map(module -> "loadmodule \"" + module + '"');
        Stream<String> told = settings.directives().entrySet().stream()
                .map(directive -> directive.getKey() + " " + directive.getValue());
        try {
            Files.write(
                    directory.configuration(),
                    Stream.of(own, modules, told).flatMap(lines -> lines).toList());
            Files.deleteIfExists(directory.pidFile());
            ProcessBuilder builder = new ProcessBuilder(
                            installation.executable().toString(),
                            directory.configuration().toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(
                            ProcessBuilder.Redirect.appendTo(directory.log().toFile()));
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessHandle awaitAnswer() {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        try {
            while (!answers()) {
                if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException(
                            "Redis does not start: it ended with " + process.exitValue() + "\n" + lastWords());
                }
                if (System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new IllegalStateException("Redis does not answer in " + LONGEST_START + "\n" + lastWords());
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return directory
                .running()
                .orElseThrow(() -> new IllegalStateException("Redis wrote no " + directory.pidFile()));
    }

    private boolean answers() {
        try (Connection connection = new Connection(address.hostAndPort(), address.clientConfig())) {
            connection.sendCommand(Protocol.Command.PING);
            return connection.getStatusCodeReply().equals("PONG");
        } catch (JedisException e) {
            return false;
        }
    }

    private String lastWords() {
        return directory.lastWords();
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder(
                            "sh", "-c", "kill -" + name + " " + processHandle().pid())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("no signal " + name + " reached Redis: it has ended");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
