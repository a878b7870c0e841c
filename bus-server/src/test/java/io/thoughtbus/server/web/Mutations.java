package io.thoughtbus.server.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Spoils bodies at random. */
final class Mutations {
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "-0.0",
            "99999999999999999999999999",
            "0.1e-400",
            "NaN",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\u202e\"",
            "\ud83d\ude00",
            "[]",
            "{}",
            "[[[[[[[[[[",
            "{\"a\":",
            "\"PT-1S\"",
            "\"PT999999999999999S\"",
            "\"-P1D\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"+999999999-01-01T00:00:00Z\"",
            "\"0-0-0\"",
            "\"9999-9999999999999999-9999999999999999\"",
            "\") | *\"",
            "\"x} | *\"",
            "\"*=>[KNN 99 @v $q AS d]\"",
            "\"@s:{*}\"",
            "\"a.b || true\"",
            "\"[1].all(x, x / 0 == 1)\"",
            "\"attributes\"",
            "\"" + "a".repeat(5000) + "\"",
            ",",
            ":",
            "\\",
            "\"",
            "\n",
            "\u0000");

    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    /** A body with one to four things wrong, if they are wrong. */
    byte[] of(String body) {
        byte[] spoilt = body.getBytes(StandardCharsets.UTF_8);
        for (int left = 1 + random.nextInt(4); left > 0 && spoilt.length > 0; left--) {
            spoilt = mutated(spoilt);
        }
        return spoilt;
    }

    private byte[] mutated(byte[] body) {
        int from = random.nextInt(body.length);
        int to = Math.min(body.length, from + 1 + random.nextInt(12));
        return switch (random.nextInt(7)) {
            case 0 -> flipped(body, from);
            case 1 -> joined(body, from, new byte[0], to);
            case 2 -> joined(body, to, slice(body, from, to), to);
            case 3 -> slice(body, 0, from);
            case 4 -> joined(body, from, token(), from);
            default -> withAnotherValue(body);
        };
    }

    private byte[] flipped(byte[] body, int at) {
        byte[] flipped = body.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    /** A value of the body, as far as one can tell, replaced by a token. */
    private byte[] withAnotherValue(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':', random.nextInt(text.length()));
        if (colon < 0) {
            return joined(body, body.length, token(), body.length);
        }
        int end = colon + 1;
        while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return joined(body, colon + 1, token(), end);
    }

    private byte[] token() {
        return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] body, int until, byte[] middle, int from) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(body, 0, until);
        joined.writeBytes(middle);
        joined.write(body, from, body.length - from);
        return joined.toByteArray();
    }

    private static byte[] slice(byte[] body, int from, int to) {
        return java.util.Arrays.copyOfRange(body, from, to);
    }
}
