package io.thoughtbus.server;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An interest in two matters that no single vector tells from what is half of each. */
public final class TwoMatters {
    /** The examples of the first matter. */
    public static final List<String> APPLES = said("red crimson scarlet apple fruit orchard");

    /** The examples of the second. */
    public static final List<String> BOATS = said("green lime olive boat sail harbour");

    private static final List<String> RED_BOATS = said("red crimson scarlet boat sail harbour");
    private static final List<String> GREEN_APPLES = said("green lime olive apple fruit orchard");

    private TwoMatters() {}

    /** A fact of the first matter that is no example. */
    public static String apple(String word) {
        return "red crimson scarlet apple fruit orchard " + word;
    }

    /** A fact of the second matter that is no example. */
    public static String boat(String word) {
        return "green lime olive boat sail harbour " + word;
    }

    /** A fact that is half of each. */
    public static String redBoat(String word) {
        return "red crimson scarlet boat sail harbour " + word;
    }

    /** The subscription, with further fields that begin with a comma. */
    public static String subscription(String further) {
        return "{\"subscriber\":\"agent\",\"guard\":false,\"interest\":{\"examples\":"
                + json(Stream.concat(APPLES.stream(), BOATS.stream())) + ",\"counterexamples\":"
                + json(Stream.concat(RED_BOATS.stream(), GREEN_APPLES.stream())) + "}" + further + "}";
    }

    private static List<String> said(String matter) {
        return Stream.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
                .map(word -> matter + " " + word)
                .toList();
    }

    private static String json(Stream<String> texts) {
        return texts.map(text -> "\"" + text + "\"").collect(Collectors.joining(",", "[", "]"));
    }
}
