/** The second stage: a model or a chat endpoint that is asked where the margin is too small to decide. */
@ApplicationModule(allowedDependencies = {"redis"})
@NullMarked
package io.thoughtbus.server.judge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
