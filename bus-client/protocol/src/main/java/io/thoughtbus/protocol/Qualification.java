package io.thoughtbus.protocol;

/**
 * How a fact reads with respect to one qualifier.
 *
 * @param logOdds natural logarithm of the odds that it is qualified in this way rather than a plain assertion
 * @param limit above this log-odds the guard stops it
 * @param stops whether it does
 */
public record Qualification(Qualifier qualifier, double logOdds, double limit, boolean stops) {}
