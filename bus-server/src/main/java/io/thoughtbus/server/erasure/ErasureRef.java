package io.thoughtbus.server.erasure;

/** Names one erasure among all namespaces. */
record ErasureRef(String namespace, String id) {
    static ErasureRef parse(String value) {
        int slash = value.indexOf('/');
        return new ErasureRef(value.substring(0, slash), value.substring(slash + 1));
    }

    @Override
    public String toString() {
        return namespace + "/" + id;
    }
}
