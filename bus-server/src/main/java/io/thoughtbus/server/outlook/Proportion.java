package io.thoughtbus.server.outlook;

/** Shares of what was counted, and how sure they are. */
final class Proportion {
    private static final double Z = 1.96;

    private Proportion() {}

    /** The share of some in all; 0 of none. */
    static double of(int some, int all) {
        return all == 0 ? 0 : (double) some / all;
    }

    /** The lower end of the 95 % confidence interval of a share (Wilson, JASA 22, 1927); 0 of none. */
    static double atLeast(int some, int all) {
        if (all == 0) {
            return 0;
        }
        double share = of(some, all);
        double spread = Z * Math.sqrt(share * (1 - share) / all + Z * Z / (4.0 * all * all));
        return Math.max(0, (share + Z * Z / (2.0 * all) - spread) / (1 + Z * Z / all));
    }
}
