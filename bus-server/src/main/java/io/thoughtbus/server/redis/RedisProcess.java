package io.thoughtbus.server.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One run of an embedded Redis. A small shell stands between: it ends Redis in good order when this process is gone,
 * even if it was killed, and a session of its own keeps the terminal's Ctrl-C from reaching Redis before the bus.
 */
final class RedisProcess {
    private static final Logger log = LoggerFactory.getLogger(RedisProcess.class);
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration PROGRESS = Duration.ofSeconds(2);
    private static final Duration LONGEST_LOADING = Duration.ofMinutes(30);
    private static final int PASSWORD_BYTES = 24;

    private static final String KEEPER = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            redis=$!
            { cat <&3 >/dev/null; kill -TERM $redis 2>/dev/null; } &
            watcher=$!
            exec 3<&-
            wait $redis
            status=$?
            kill $watcher 2>/dev/null
            exit $status
            """;

    private final Process keeper;
    private final RedisDirectory directory;
    private final RedisAddress address;
    private final ProcessHandle redis;

    private RedisProcess(Process keeper, RedisDirectory directory, RedisAddress address) {
        this.keeper = keeper;
        this.directory = directory;
        this.address = address;
        this.redis = awaitAnswer();
    }

    /** Starts a Redis on this port with a new password, and waits until it answers. */
    static RedisProcess start(
            RedisInstallation installation, RedisDirectory directory, EmbeddedRedis.Persistence persistence, int port) {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return restart(installation, directory, persistence, RedisAddress.local(port, password));
    }

    /** Starts a Redis at this address, and waits until it answers. */
    static RedisProcess restart(
            RedisInstallation installation,
            RedisDirectory directory,
            EmbeddedRedis.Persistence persistence,
            RedisAddress address) {
        directory.cutTornTail();
        directory.configure(installation, persistence, address.port(), String.valueOf(address.password()));
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(List.of("/bin/sh", "-c", KEEPER, "redis-keeper"));
        command.addAll(List.of(
                installation.executable().toString(), directory.configuration().toString()));
        try {
            Files.deleteIfExists(directory.pidFile());
            Process keeper = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(
                            ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
                    .start();
            return new RedisProcess(keeper, directory, address);
        } catch (IOException e) {
            throw new UnsuitableRedisException(
                    installation.executable() + " could not be started: " + e.getMessage(),
                    "Name another one with --thoughtbus.redis.executable, or use a Redis of your own with "
                            + "--thoughtbus.redis.uri=redis://host:6379.",
                    e);
        }
    }

    RedisAddress address() {
        return address;
    }

    ProcessHandle redis() {
        return redis;
    }

    /** Waits until it has ended. Should its keeper end before it, it is ended too: two must not share a directory. */
    void awaitEnd() throws InterruptedException {
        keeper.waitFor();
        closeInput();
        if (redis.isAlive()) {
            RedisDirectory.end(redis);
        }
    }

    /** Ends it in good order. */
    void stop() {
        RedisDirectory.end(redis);
        closeInput();
    }

    private ProcessHandle awaitAnswer() {
        long started = System.nanoTime();
        long told = started;
        while (System.nanoTime() - started < LONGEST_LOADING.toNanos()) {
            String state = ask();
            if (state.equals("PONG")) {
                return directory.running().orElseThrow(() -> failed("it wrote no " + directory.pidFile()));
            }
            if (System.nanoTime() - told > PROGRESS.toNanos()) {
                told = System.nanoTime();
                log.info("… waiting for Redis: {}", state);
            }
            try {
                if (keeper.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw failed("it ended with " + keeper.exitValue());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closeInput();
                throw failed("interrupted while it started");
            }
        }
        closeInput();
        throw failed("it did not finish loading within " + LONGEST_LOADING);
    }

    private String ask() {
        try (Connection connection = new Connection(address.hostAndPort(), address.clientConfig())) {
            connection.sendCommand(Protocol.Command.PING);
            return connection.getStatusCodeReply();
        } catch (JedisException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private UnsuitableRedisException failed(String how) {
        closeInput();
        return new UnsuitableRedisException(
                "the embedded Redis does not start: " + how + "\n" + directory.lastWords(),
                "Mend what " + directory.log() + " tells, or use a Redis of your own with "
                        + "--thoughtbus.redis.uri=redis://host:6379.");
    }

    private void closeInput() {
        try {
            keeper.getOutputStream().close();
        } catch (IOException e) {
            log.debug("The keeper's input was closed already", e);
        }
    }
}
