package io.thoughtbus.server.redis;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the bus keeps what must last.
 *
 * @param dataDir the directory of the bus' own Redis; usually {@code ~/.local/share/thought-bus}
 */
@ConfigurationProperties("thoughtbus")
public record StorageProperties(@Nullable Path dataDir) {
    /** The directory in use. */
    public Path directory() {
        return dataDir == null ? UserDirectories.data() : dataDir;
    }
}
