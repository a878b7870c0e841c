package io.thoughtbus.server.interest;

/**
 * Names one version of a subscription's interest within a namespace.
 *
 * @param subscription the subscription's id
 * @param revision of the version
 */
public record InterestRef(String subscription, long revision) {
    @Override
    public String toString() {
        return subscription + ":" + revision;
    }
}
