/** Asking: wakes in doubt get their answers from the second stage, away from the dispatch, and are owed or not. */
@ApplicationModule(allowedDependencies = {"loop", "journal", "interest", "matching", "delivery", "judge"})
@NullMarked
package io.thoughtbus.server.asking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
