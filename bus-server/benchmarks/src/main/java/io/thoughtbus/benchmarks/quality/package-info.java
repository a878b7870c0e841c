/** How well interests tell facts apart: on CLINC150, and on hard facts of our own. */
@NullMarked
package io.thoughtbus.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
