package io.thoughtbus.server.replay;

/** Names one replay of a namespace. */
record ComparisonRef(String namespace, String id) {
    static ComparisonRef parse(String value) {
        int slash = value.indexOf('/');
        return new ComparisonRef(value.substring(0, slash), value.substring(slash + 1));
    }

    @Override
    public String toString() {
        return namespace + "/" + id;
    }
}
