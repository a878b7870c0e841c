package io.thoughtbus.client;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.Fields;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link ThoughtBus} before it is used. */
public final class ThoughtBusBuilder {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    private final URI base;
    private @Nullable String publisher;
    private Durability durability = Durability.ACCEPTED;
    private Duration timeout = Duration.ofSeconds(30);
    private BusListener listener = BusListener.logging();

    ThoughtBusBuilder(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("^/|/$", "");
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "the address of a bus is like http://localhost:8080/shop but was " + uri);
        }
        this.base = uri.resolve("/v1/" + Fields.namespace(path));
    }

    /** Who states the facts that do not say so themselves. */
    public ThoughtBusBuilder publisher(String name) {
        this.publisher = Fields.id("publisher", name);
        return this;
    }

    /** What a published fact must survive before the bus answers; usually {@code accepted}, which the answer exceeds. */
    public ThoughtBusBuilder durability(Durability level) {
        this.durability = Objects.requireNonNull(level, "level");
        return this;
    }

    /** How long one call may take with all its tries, 100 ms to 10 min; usually 30 s. */
    public ThoughtBusBuilder timeout(Duration longest) {
        this.timeout = Fields.within("timeout", longest, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        return this;
    }

    /** Who hears what happens in the background; usually the log. */
    public ThoughtBusBuilder listener(BusListener heard) {
        this.listener = Objects.requireNonNull(heard, "heard");
        return this;
    }

    /** The bus, ready for use. */
    public ThoughtBus connect() {
        return new ThoughtBus(new Http(base, timeout), publisher, durability, listener);
    }
}
