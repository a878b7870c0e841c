package io.thoughtbus.server.interest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one version of a subscription's interest within a namespace.
 *
 * @param subscription the subscription's id
 * @param revision of the version
 */
public record InterestRef(String subscription, long revision) {
    private static final Pattern FORM = Pattern.compile("([^:]+):(\\d{1,18})");

    /** The name in its written form, if it is one. */
    public static Optional<InterestRef> parse(String value) {
        Matcher form = FORM.matcher(value);
        return form.matches()
                ? Optional.of(new InterestRef(form.group(1), Long.parseLong(form.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return subscription + ":" + revision;
    }
}
