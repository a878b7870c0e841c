package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.BusProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One bus server of a run, which comes back at the same port whatever happens to its process. */
final class Server implements AutoCloseable {
    private static final String HEAP = "-Xmx256m";

    private final Path directory;
    private final String redisUri;
    private final int port;
    private volatile BusProcess process;

    private Server(Path directory, String redisUri) {
        this.directory = directory;
        this.redisUri = redisUri;
        this.port = BusProcess.freePort();
        this.process = BusProcess.launch(directory, port, arguments());
    }

    /** Launches a server on a Redis and does not wait. */
    static Server launch(Path directory, String redisUri) {
        return new Server(directory, redisUri);
    }

    String uri(String namespace) {
        return "http://localhost:" + port + "/" + namespace;
    }

    int port() {
        return port;
    }

    BusProcess process() {
        return process;
    }

    void awaitHealthy() {
        process.awaitHealthy();
    }

    /** Ends it as by {@code kill -9}. */
    void kill() {
        process.kill();
    }

    /** Starts a new process and waits until it is healthy. */
    void restart() {
        process = BusProcess.start(directory, port, arguments());
    }

    /** Ends it in good order and starts it again. */
    void roll() {
        process.close();
        restart();
    }

    /** Stops its process for a while, as an overloaded machine would. */
    void pause(Duration duration) {
        signal("-STOP");
        try {
            assertThat(process.process().waitFor(duration.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            signal("-CONT");
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private String[] arguments() {
        return new String[] {HEAP, "--thoughtbus.redis.uri=" + redisUri};
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder(
                            "kill", signal, Long.toString(process.process().pid()))
                    .start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
