package io.thoughtbus.server.interest;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Names one version of a subscription's interest within a namespace.
 *
 * @param subscription the subscription's id
 * @param revision of the version
 */
public record InterestRef(String subscription, long revision) {
    private static final Pattern FORM = Pattern.compile("([^:]+):(\\d{1,18})");
    private static final Pattern DOCUMENT = Pattern.compile("([^:]+):(\\d{1,18})(?::[2-8])?");

    /** The name in its written form, if it is one. */
    public static Optional<InterestRef> parse(String value) {
        return parse(FORM, value);
    }

    /** The interest that a document of the index belongs to: each of its parts is one. */
    public static Optional<InterestRef> ofDocument(String name) {
        return parse(DOCUMENT, name);
    }

    private static Optional<InterestRef> parse(Pattern pattern, String value) {
        Matcher form = pattern.matcher(value);
        return form.matches()
                ? Optional.of(new InterestRef(form.group(1), Long.parseLong(form.group(2))))
                : Optional.empty();
    }

    /** The names that the index has for the parts of the interest, however many it has; the first is its own. */
    List<String> documents() {
        return IntStream.rangeClosed(1, InterestPart.MOST)
                .mapToObj(part -> part == 1 ? toString() : this + ":" + part)
                .toList();
    }

    @Override
    public String toString() {
        return subscription + ":" + revision;
    }
}
