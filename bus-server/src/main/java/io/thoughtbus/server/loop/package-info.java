/** Work that goes on in the background, on threads of its own. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.thoughtbus.server.loop;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
