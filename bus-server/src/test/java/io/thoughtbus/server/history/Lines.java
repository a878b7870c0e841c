package io.thoughtbus.server.history;

import java.util.List;
import java.util.stream.Collectors;

/** Several things below each other. */
final class Lines {
    private static final int MOST = 10;

    private Lines() {}

    static String of(List<?> things) {
        String first = things.stream().limit(MOST).map(String::valueOf).collect(Collectors.joining("\n"));
        return things.size() > MOST ? first + "\nand " + (things.size() - MOST) + " more" : first;
    }
}
