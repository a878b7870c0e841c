package io.thoughtbus.server.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a client asks of Redis: an array of bulk strings. */
final class Request {
    private static final int WORDS_READ = 3;
    private static final Set<String> CALLS = Set.of("FCALL", "FCALL_RO");

    /** After these, answers come without a question, or none comes. */
    private static final Set<String> LISTENING = Set.of(
            "SUBSCRIBE",
            "PSUBSCRIBE",
            "SSUBSCRIBE",
            "UNSUBSCRIBE",
            "PUNSUBSCRIBE",
            "SUNSUBSCRIBE",
            "MONITOR",
            "SYNC",
            "PSYNC");

    private final byte[] bytes;
    private final List<String> words;

    private Request(byte[] bytes, List<String> words) {
        this.bytes = bytes;
        this.words = words;
    }

    /**
     * The request that these bytes are.
     *
     * @throws MalformedRespException if they are a RESP value of another kind
     */
    static Request of(byte[] bytes) throws MalformedRespException {
        List<String> words = new ArrayList<>();
        int at = endOfLine(bytes, 0);
        while (at < bytes.length && words.size() < WORDS_READ && bytes[at] == '$') {
            int start = endOfLine(bytes, at);
            int length = Integer.parseInt(new String(bytes, at + 1, start - at - 3, StandardCharsets.US_ASCII));
            words.add(new String(bytes, start, Math.max(0, length), StandardCharsets.UTF_8));
            at = start + length + 2;
        }
        if (bytes[0] != '*' || words.isEmpty()) {
            throw new MalformedRespException("a request is an array of bulk strings");
        }
        return new Request(bytes, words);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** The command in capitals, or the function that it calls. */
    String name() {
        return CALLS.contains(command()) && words.size() > 1 ? words.get(1) : command();
    }

    /** Whether it is a call of this function, or this command. */
    boolean is(String name) {
        return name().equalsIgnoreCase(name) || command().equalsIgnoreCase(name);
    }

    /** Whether questions and answers can no longer be told apart by their order from here on. */
    boolean endsTheDialogue() {
        boolean silences = words.size() > 2
                && command().equals("CLIENT")
                && words.get(1).equalsIgnoreCase("REPLY")
                && !words.get(2).equalsIgnoreCase("ON");
        return silences || LISTENING.contains(command());
    }

    private String command() {
        return words.get(0).toUpperCase(Locale.ROOT);
    }

    private static int endOfLine(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '\n') {
            at++;
        }
        return at + 1;
    }
}
