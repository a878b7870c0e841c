/** Measurements of the whole bus beside the floors it stands on. */
@NullMarked
package io.thoughtbus.benchmarks;

import org.jspecify.annotations.NullMarked;
