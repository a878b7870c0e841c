package io.thoughtbus.server.campaign;

/**
 * How much a run puts the bus through. {@code -Dthoughtbus.campaign.facts=200000} makes it a campaign, and
 * {@code -Dthoughtbus.campaign.seed} repeats its random choices.
 *
 * @param facts how many are published
 * @param subscriptions how many subscriptions there are
 * @param strikes how often the fault happens, evenly among the facts
 * @param seed of every random choice
 */
record Scale(int facts, int subscriptions, int strikes, long seed) {
    private static final int FEW_FACTS = 500;
    private static final int FEW_SUBSCRIPTIONS = 20;
    private static final int FEW_STRIKES = 2;
    private static final int BETWEEN_STRIKES = 10_000;

    /** A run of this many subscriptions in a campaign, and of a few in a short form. */
    static Scale ofThisRun(int subscriptions) {
        int facts = Integer.getInteger("thoughtbus.campaign.facts", FEW_FACTS);
        return new Scale(
                facts,
                isCampaign() ? subscriptions : FEW_SUBSCRIPTIONS,
                Math.max(FEW_STRIKES, facts / BETWEEN_STRIKES),
                Long.getLong("thoughtbus.campaign.seed", System.currentTimeMillis()));
    }

    /** The same with at least so many facts. */
    Scale withFacts(int least) {
        return new Scale(Math.max(facts, least), subscriptions, strikes, seed);
    }

    /** The same with the fault happening at least so often. */
    Scale withStrikes(int least) {
        return new Scale(facts, subscriptions, Math.max(strikes, least), seed);
    }

    /** Whether this is more than the short form. */
    static boolean isCampaign() {
        return Integer.getInteger("thoughtbus.campaign.facts", FEW_FACTS) > FEW_FACTS;
    }

    /** The same with a share of the facts, for faults that make everything slow. */
    Scale over(int divisor) {
        return new Scale(
                Math.max(FEW_FACTS, facts / divisor), subscriptions, Math.max(FEW_STRIKES, strikes / divisor), seed);
    }
}
