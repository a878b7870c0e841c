package io.thoughtbus.server;

import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.protocol.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** JSON that many tests send. */
public final class Samples {
    /** The id of the model that {@link BusTest} works with. */
    public static final String MODEL = new HashingEmbedder().modelId().toString();

    /** Ids that are none: what would break a key, a query or a path if it came through. */
    public static final List<String> HOSTILE_IDS = List.of(
            "a{b}",
            "{b}",
            "*",
            "a*",
            "?",
            "a\"b",
            "a'b",
            "a b",
            " a",
            "a:b",
            "a/b",
            "../b",
            "a\\b",
            "a|b",
            "a@b",
            "(a)",
            "a) | *",
            "a]=>[KNN 9 @v $q",
            "a\nb",
            "a\u0000b",
            "-a",
            ".",
            "..",
            "ä",
            "a\u202eb",
            "a".repeat(10_000));

    private Samples() {}

    /** A JSON string. */
    public static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** A fact that is nothing but its text. */
    public static String fact(String text) {
        return "{\"text\":" + quoted(text) + "}";
    }

    /** A fact about a subject. */
    public static String fact(String text, String subject) {
        return "{\"text\":" + quoted(text) + ",\"subject\":" + quoted(subject) + "}";
    }

    /** A fact with its embedding, made by this model. */
    public static String factWithVector(String model, float... components) {
        return "{\"text\":\"a parcel is late\",\"model\":" + quoted(model) + ",\"vector\":"
                + quoted(Vector.of(components).toBase64()) + "}";
    }

    /** A vector whose components are all the same. */
    public static float[] vectorOf(float component, int dimension) {
        float[] components = new float[dimension];
        Arrays.fill(components, component);
        return components;
    }

    /** A subscription to what a text says. */
    public static String subscription(String interest) {
        return subscription(interest, "");
    }

    /**
     * A subscription to what a text says.
     *
     * @param further fields, each with a comma before it
     */
    public static String subscription(String interest, String further) {
        return "{\"subscriber\":\"agent\",\"interest\":{\"text\":" + quoted(interest) + "}" + further + "}";
    }

    /** An array of JSON values. */
    public static String array(Stream<String> elements) {
        return elements.collect(Collectors.joining(",", "[", "]"));
    }

    /** An array of so many facts with different texts. */
    public static String facts(int count) {
        return array(IntStream.range(0, count).mapToObj(i -> fact("parcel " + i + " is late")));
    }
}
