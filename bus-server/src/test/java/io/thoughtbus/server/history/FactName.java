package io.thoughtbus.server.history;

import org.jspecify.annotations.Nullable;

/**
 * What tells a fact from the others of a run: its publisher and key, or its publisher and text if it has no key.
 *
 * @param isKeyed whether the bus knows the name, so that it must store one fact of this name only
 */
record FactName(String publisher, String value, boolean isKeyed) {

    static FactName of(String publisher, @Nullable String key, String text) {
        return new FactName(publisher, key == null ? text : key, key != null);
    }

    @Override
    public String toString() {
        return isKeyed ? publisher + "/" + value : publisher + "'s";
    }
}
