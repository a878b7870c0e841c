package io.thoughtbus.server.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is preloaded into a {@link RedisServer} with a disk in hand: {@code src/test/c/disk.c}, compiled. */
final class DiskLibrary {
    private static final Path SOURCE = Path.of("src/test/c/disk.c");

    private DiskLibrary() {}

    /** The library, compiled at the first call in this JVM. */
    static Path path() {
        return Once.LIBRARY;
    }

    /**
     * Compiles the library.
     *
     * @throws IllegalStateException with what is to be installed, if there is no working compiler
     */
    static Path compile(String compiler, Path directory) {
        Path library = directory.resolve("libdisk.so");
        Path said = directory.resolve("cc.log");
        try {
            int status = new ProcessBuilder(
                            compiler,
                            "-O2",
                            "-shared",
                            "-fPIC",
                            "-o",
                            library.toString(),
                            SOURCE.toAbsolutePath().toString(),
                            "-ldl")
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw missing(compiler + " cannot compile " + SOURCE + ":\n" + Files.readString(said), null);
            }
            return library;
        } catch (IOException e) {
            throw missing("there is no C compiler " + compiler + " on the PATH", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static IllegalStateException missing(String what, @Nullable IOException cause) {
        return new IllegalStateException(
                what + "\nTests that cut the power or fill the disk of Redis need one: "
                        + "install it with 'apt-get install gcc libc6-dev'",
                cause);
    }

    private static final class Once {
        static final Path LIBRARY = compiled();

        private static Path compiled() {
            try {
                Path directory = Files.createTempDirectory("thought-bus-disk");
                Path library = compile("cc", directory);
                for (Path file : new Path[] {directory, library, directory.resolve("cc.log")}) {
                    file.toFile().deleteOnExit();
                }
                return library;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
