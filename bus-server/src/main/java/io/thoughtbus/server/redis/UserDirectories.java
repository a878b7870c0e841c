package io.thoughtbus.server.redis;

import java.nio.file.Path;

/** Where programs keep a user's files, by the XDG Base Directory Specification. */
public final class UserDirectories {
    private static final String NAME = "thought-bus";

    private UserDirectories() {}

    /** What can be fetched or made again. */
    public static Path cache() {
        return directory("XDG_CACHE_HOME", ".cache");
    }

    /** What must not be lost. */
    public static Path data() {
        return directory("XDG_DATA_HOME", ".local/share");
    }

    private static Path directory(String variable, String usual) {
        String configured = System.getenv(variable);
        return configured != null && Path.of(configured).isAbsolute()
                ? Path.of(configured, NAME)
                : Path.of(System.getProperty("user.home"), usual, NAME);
    }
}
